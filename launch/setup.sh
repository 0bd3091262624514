#!/bin/sh
# Sets up .venv (runtime, tests) and .venv-lint from pinned, hashed requirements.
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
    shift
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes "$@" 2>.setup.log ||
        { cat .setup.log >&2; exit 1; }
    rm -f .setup.log
}

case $1 in
runtime)
    python=$(find_python)
    echo "Setting up the environment with $("$python" --version): two to three minutes, once."
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    install .venv -r requirements/runtime.txt
    install .venv --no-deps -r requirements/encoder.txt
    touch .venv/ready
    ;;
test)
    echo "Setting up the test tools."
    install .venv -r requirements/test.txt
    [ -x .venv-lint/bin/python ] || .venv/bin/python -m venv .venv-lint
    install .venv-lint -r requirements/lint.txt
    touch .venv/tested
    ;;
esac
