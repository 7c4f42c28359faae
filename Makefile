# `make run` and `make test` are all a new machine needs: Python 3.11, pip and make are there already.

PORT ?= 8501
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
# Debian's python3 comes without ensurepip: the machine's pip installs into the environment.
INSTALL := $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check install --require-hashes
# Exit status 1 says that rows were rejected: the sample has some on purpose.
ROWS_REJECTED := test $$? -eq 1
SAMPLE := $(BIN)/python -m etl sample || $(ROWS_REJECTED)
# Loading knows no metrics, so it is asked here: on a wrong card nothing is loaded, nor served.
CHECK := $(BIN)/python -m metrics check
APT := $(if $(filter 0,$(shell id -u)),,sudo) env DEBIAN_FRONTEND=noninteractive apt-get
BROWSER := chromium fonts-noto-cjk

.PHONY: run load setup test check fix bench soak sample screenshots browser

run: .venv/.run
	@if test -e "$${GOVERNANCE_DATA:-data}/CURRENT"; then $(BIN)/python -m etl refresh; else $(CHECK) && { $(SAMPLE); }; fi
	@$(CHECK)
	exec $(BIN)/streamlit run app.py --server.port $(PORT)

# make load FILES="exports/ more.xlsx"
load: .venv/.run
	@test -n "$(FILES)" || { echo 'Which files? make load FILES="exports/"'; exit 2; }
	@$(BIN)/python -m etl refresh
	@$(CHECK)
	$(BIN)/python -m etl load $(FILES) || $(ROWS_REJECTED)
	@$(CHECK)

setup: .venv/.run .venv/.test

test: check browser
	$(BIN)/python -m pytest -n 3 --dist worksteal -m "not slow"

check: .venv/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/ty check

fix: .venv/.test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/.test
	$(BIN)/python -m benchmarks

soak: browser
	$(BIN)/python -m pytest -m slow

sample: .venv/.run
	@$(BIN)/python -m etl refresh
	@$(CHECK)
	$(SAMPLE)

screenshots: browser
	cd tests && ../$(BIN)/python -m browser.screenshots

# CHROMIUM=/path/to/chromium names one that is already there.
browser: .venv/.test
	@test -n "$(CHROMIUM)" || { command -v chromium && fc-list :lang=zh family | grep .; } >/dev/null \
	|| { command -v apt-get >/dev/null && $(APT) update && $(APT) install -y $(BROWSER); } \
	|| { echo "The browser tests need: $(BROWSER). Install them, or set CHROMIUM=/path/to/chromium."; exit 1; }

$(BIN)/python:
	$(PYTHON) -m venv .venv || $(PYTHON) -m venv --clear --without-pip .venv

.venv/.run: requirements.txt | $(BIN)/python
	$(INSTALL) -r $<
	@touch $@

.venv/.test: requirements-dev.txt | $(BIN)/python
	$(INSTALL) -r $<
	@touch $@
