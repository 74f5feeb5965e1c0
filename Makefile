# `make` lists what there is.
PYTHON ?= python

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

check: lint types test  ## everything that must be green before a commit

lint:  ## format and lint
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .

fix:  ## format, and mend what ruff can mend
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

types:  ## mypy, strict
	$(PYTHON) -m mypy

test:  ## all tests but the slow ones
	$(PYTHON) -m pytest -n auto

SUITE ?=
suite:  ## the CSL fixtures of a folder (SUITE=FOLDER), by group
	$(PYTHON) tests/csl/csl_suite.py $(SUITE)

BENCH ?= --quick
bench:  ## citation styles beside other engines (BENCH= for the long run, some of them for minutes a cell)
	$(PYTHON) bench/csl_speed.py $(BENCH)

FUZZ_S ?= 600
fuzz:  ## readers against inputs that atheris makes up (FUZZ_S seconds each)
	for name in bibtex ris pdf docx; do $(PYTHON) tests/fuzz/run.py $$name -max_total_time=$(FUZZ_S) || exit 1; done

accept:  ## rewrite the goldens, to be read in the diff
	$(PYTHON) -m pytest --accept

.PHONY: help check lint fix types test suite bench fuzz accept
