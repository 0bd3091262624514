# Every target calls one program. "make run" and "make test" are all that anyone needs.
.PHONY: run shell test train facts evaluate
.DEFAULT_GOAL := run
# The two environments are set up side by side.
MAKEFLAGS += --jobs=2
# Python keeps what it has compiled, whatever the shell says: Rasa takes half a minute to
# compile, and is started many times.
unexport PYTHONDONTWRITEBYTECODE

PORT ?= 5005
export PORT LIMIT PEERS
PY := .venv/bin/python

run: .venv/ready ## the assistant on http://127.0.0.1:5005 (PORT changes it)
	@$(PY) -m launch.run serve

shell: .venv/ready ## the assistant in this terminal, for staff
	@$(PY) -m launch.run shell

test: .venv/tested .venv-lint/ready ## everything that CI runs
	@$(PY) -m launch.tests

train: .venv/ready ## a new model of the current data
	@$(PY) -m launch.model

facts: .venv/ready ## check the fact store and the red flags
	@$(PY) -m knowledge.check

evaluate: .venv/ready ## every figure, beside peers (PEERS=no skips them, LIMIT=20 is a first look)
	@$(PY) -m evaluation

# The setup scripts find Python 3.10 and install what requirements/ pins.
.venv/ready: requirements/setup.txt requirements/runtime.txt requirements/encoder.txt launch/setup.sh
	@sh launch/setup.sh runtime

.venv/tested: .venv/ready requirements/test.txt
	@sh launch/setup.sh test

.venv-lint/ready: requirements/setup.txt requirements/lint.txt launch/setup.sh
	@sh launch/setup.sh lint
