# make demo, make test, make check set themselves up in .venv; they need python3 >= 3.11 and a package index.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check

.PHONY: demo test check format contract mutation starts conformance browser prism clean

demo: .venv/demo
	@$(BIN)/supervisely-ext demo

# Beside one another first; then those that measure time, which coverage would make slower.
test: .venv/dev
	@PYTHONHASHSEED=0 $(BIN)/pytest -n auto -m "not alone" --cov --cov-report=term
	@$(BIN)/pytest -m alone

check: .venv/dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/basedpyright
	@$(BIN)/lint-imports
	@./codegen.sh --check

format: .venv/dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# Ten thousand fault plans against starting; make test runs five hundred.
starts: .venv/dev
	@STARTS=10000 $(BIN)/pytest -q -s -p no:logging tests/test_start_once.py

# Strategies, properties and referee with three times as many examples, other ones in each run; then a third party's judge on the mock.
contract: .venv/dev
	@HYPOTHESIS_PROFILE=contract $(BIN)/pytest -n auto tests/contract tests/facts
	@$(BIN)/python -m tests.judges.schemathesis_run --max-examples 50

# Mistakes planted in spec, mock and client, and whether the suite notices; another draw with SEEDS="4 5 6".
SEEDS ?= 1
mutation: .venv/dev
	@$(BIN)/python -m tests.mutation --seeds $(SEEDS)

# The official SDK, in an environment of its own, against our mock.
conformance: .venv/dev .venv-sdk/done
	@$(BIN)/python -m tests.conformance

# What the tests in a browser load; they also need a Chromium, and are skipped without.
browser: tests/browser/node_modules/.package-lock.json

# A mock that no one here wrote, against which our client's requests are judged; skipped without.
prism: tests/judges/prism/node_modules/.package-lock.json

%/node_modules/.package-lock.json: %/package-lock.json
	@echo "Installing what $*/package.json names (up to 200 MB) into $*/node_modules ..."
	@cd $* && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/demo: .venv/python pyproject.toml
	@echo "Installing supervisely-ext into .venv ..."
	@$(PIP) install --editable '.[cli,mock]'
	@touch $@

.venv/dev: .venv/python pyproject.toml requirements-dev.txt
	@echo "Installing supervisely-ext and the development tools into .venv ..."
	@$(PIP) install --editable '.[cli,contract,mock]' --requirement requirements-dev.txt
	@touch $@

.venv-sdk/done: pyproject.toml tests/conformance/requirements.txt
	@echo "Installing the official SDK (841 MB) and ours beside it into .venv-sdk ..."
	@$(PYTHON) -m venv .venv-sdk
	@.venv-sdk/bin/pip --quiet --disable-pip-version-check install --editable '.[mock]' --requirement tests/conformance/requirements.txt
	@touch $@

clean:
	rm -rf .venv .venv-sdk tests/browser/node_modules tests/judges/prism/node_modules
