# callcoach: two commands do everything.
#   make demo            set up, transcribe and score the bundled recordings, open the coaching page
#   make demo ARGS=--no-serve    the same without the page
#   make test            set up and run the tests
SHELL := /bin/sh
VENV := .venv
RUN := $(VENV)/bin
ARGS ?=
TESTS ?= tests
# The first Python that runs and is new enough, unless PYTHON=... says which.
PYTHON ?= $(shell for name in python3.13 python3.12 python3.11 python3 python3.14; do \
  if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then command -v $$name; break; fi; done)

.PHONY: demo test lint lock screenshots clean

demo: $(VENV)/ready
	@$(RUN)/callcoach demo $(ARGS)

test: $(VENV)/ready-to-test
	@$(RUN)/python -m pytest $(TESTS) $(ARGS)

lint: $(VENV)/ready
	@$(RUN)/python -m pip install --quiet --require-hashes --requirement requirements-lint.lock
	@$(RUN)/ruff check . && $(RUN)/ruff format --check .

# One environment, from the locks alone: every file is checked against its hash.
$(VENV)/ready: requirements.lock pyproject.toml
	@if [ -z "$(PYTHON)" ] || ! "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	  echo "callcoach needs Python 3.11 or newer; found $$("$(or $(PYTHON),python3)" --version 2>/dev/null || echo none). Install one, or run: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; fi
	@if ! "$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null; then \
	  echo "callcoach needs Python's venv module, which is missing here. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; fi
	@echo "Setting up $(VENV) with $$("$(PYTHON)" --version) (about a minute, once)"
	@"$(PYTHON)" -m venv $(VENV)
	@$(RUN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(RUN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/ready-to-test: $(VENV)/ready requirements-test.lock
	@echo "Adding what the tests need"
	@$(RUN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-test.lock
	@touch $@

lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --group build pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --group build --group test --constraint requirements.lock pyproject.toml --output-file requirements-test.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	  --group lint --output-file requirements-lint.lock

screenshots: $(VENV)/ready
	@$(RUN)/python -m callcoach.ui.screenshots

clean:
	rm -rf $(VENV) build dist
