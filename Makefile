# Clean Claim. Needs python3 (3.11 or later) and make; the tests also use npm and Chromium where they are.
PORT ?= 8501
PYTHON := .venv/bin/python

.PHONY: help run setup setup-dev test fuzz audit faults check bench bench-large load screens
.DEFAULT_GOAL := help

help:
	@echo "make run      the app at http://localhost:$(PORT)  (PORT=8600 make run for another port; make run DATABASE_URL=postgresql://... keeps the records there; CLEAN_CLAIM_TEAM=password or oidc makes it a team's)"
	@echo "make test     every test, the browser's included where Chromium is installed"
	@echo "make faults   every fault of docs/operating.md, made and held to its promise"
	@echo "make check    proves all content and prints what it covers"
	@echo "make fuzz     broken files for every reader, for an hour (MINUTES=5 make fuzz for less)"
	@echo "make audit    known weaknesses of the packages, asked of the package index"
	@echo "make bench    the benchmarks, each as a ratio to its floor"
	@echo "make bench-large  ten million answers: the fold, a cohort's page, backup and restore (EVENTS=100000 for fewer)"
	@echo "make load     many learners at once over real websockets, beside an empty page (LEARNERS=\"50 200\" SECONDS=20 for less)"
	@echo "make screens  takes docs/screens/ again"

run: setup
	@$(PYTHON) -m app serve --port $(PORT)

# An installation for a team, or on PostgreSQL, needs a few packages more.
TEAM := $(if $(DATABASE_URL)$(CLEAN_CLAIM_TEAM),.venv/.installed-team)
export DATABASE_URL CLEAN_CLAIM_TEAM

# The products behind a readiness are small: on a busy machine several threads for one only wait for each other (a calibration took 17 s instead of 2).
OPENBLAS_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS

setup: .venv/.installed $(TEAM)
	@$(PYTHON) -m app prepare

setup-dev: setup .venv/.installed-dev node_modules/.installed

.venv/bin/python:
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed; this one is $$(python3 --version)." >&2; exit 1; }
	python3 -m venv .venv

.venv/.installed: requirements.txt | .venv/bin/python
	@echo "Installing what the app needs (once)"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/.installed-team: requirements-team.txt .venv/.installed
	@echo "Installing what a team's installation needs (once)"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements-team.txt
	@touch $@

.venv/.installed-dev: requirements-team.txt requirements-dev.txt .venv/.installed
	@echo "Installing what the tests need (once)"
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

# Without npm the accessibility tests skip and say so; REQUIRE_BROWSER=1 makes that a failure.
node_modules/.installed: package.json package-lock.json
	@if command -v npm >/dev/null; then npm ci --silent --no-audit --no-fund && touch $@; \
	elif [ -n "$$REQUIRE_BROWSER" ]; then echo "npm is needed for the accessibility tests." >&2; exit 1; \
	else echo "No npm here: the accessibility tests will be skipped."; fi

test: setup-dev
	$(PYTHON) -m pytest -rs -n auto --dist loadfile

# Kills, power cuts, full disks, a PostgreSQL that goes away: every fault that docs/operating.md makes a promise about.
# Which these are stands in its table; of tests/faults all run, named there or not.
PROMISED = $(shell grep -o 'tests/[a-z0-9_/]*\.py::[A-Za-z0-9_:]*' docs/operating.md | grep -v '^tests/faults/' | sort -u)
faults: setup-dev
	$(PYTHON) -m pytest -rs tests/faults $(PROMISED)

check: setup
	@$(PYTHON) -m app check

# Broken texts for every reader, for an hour; each fault is kept in build/fuzz/ with the seed that makes it again.
MINUTES ?= 60
SEED ?= 1
fuzz: setup-dev
	$(PYTHON) -m tests.fuzz.running --minutes $(MINUTES) --seed $(SEED)

# Known weaknesses of the pinned packages, asked of the package index: a failure where there is one, said aloud where nobody answers. Its own packages stay out of .venv.
audit: .venv/bin/python
	@test -x build/audit/bin/pip-audit || { python3 -m venv build/audit && build/audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit==2.10.1; } || echo "pip-audit cannot be installed here." >&2
	@build/audit/bin/pip-audit --no-deps --disable-pip --progress-spinner off --format json -r requirements.txt -r requirements-team.txt -r requirements-dev.txt 2>build/audit.log | $(PYTHON) .ci/audit.py

bench: setup-dev
	@for file in bench/bench_*.py; do $(PYTHON) "$$file" || exit 1; done

bench-large: setup-dev
	@$(PYTHON) bench/large.py

LEARNERS ?= 50 200 500
SECONDS ?= 30
load: setup-dev
	@$(PYTHON) bench/load.py --learners $(LEARNERS) --seconds $(SECONDS)

screens: setup-dev
	$(PYTHON) -m tests.browser.screens
