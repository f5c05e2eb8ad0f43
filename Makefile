# `make demo` and `make test` need nothing but Python 3.11 or newer: each sets up .venv by itself.
SHELL := /bin/bash
BIN := .venv/bin
# A name on PATH may be a shim for a version that is not there, so each is run before it is chosen.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python3.14; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)

.PHONY: setup demo test check docs accept model bench bench-judgement wheel clean

setup: .venv/.ready

.venv/.ready: pyproject.toml
	@test -n "$(PYTHON)" || { echo "mougen needs Python 3.11 or newer with venv: apt-get install python3 python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

demo: setup  ## draft a sample agreement and review a poor one
	$(BIN)/mougen demo out/demo --force

check: setup  ## style, types and data, without the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mougen validate

test: check  ## everything
	$(BIN)/pytest

docs: setup  ## write what is generated from data: tables of README.md, docs/requirements.md, docs/clauses.md
	$(BIN)/python docs/generate.py

accept: setup  ## accept what the drafts and reports now look like into tests/golden; look at `git diff` afterwards
	-MOUGEN_ACCEPT=1 $(BIN)/pytest
	git status --short tests/golden

model: setup  ## teach the review model from training/exemplars; the same bytes for the same exemplars
	$(BIN)/python -m training.build_model

bench: setup  ## speed and memory against baselines measured in the same run; three minutes on a quiet machine
	$(BIN)/python -m benchmarks

CORPUS ?= ../shared
bench-judgement: setup  ## score the review against labelled agreements and write docs/judgement.md
	CORPUS=$(CORPUS) $(BIN)/python -m benchmarks.judgement

wheel: setup
	$(BIN)/python -m build --no-isolation

clean:
	rm -rf .venv dist build out .mypy_cache .ruff_cache .pytest_cache .hypothesis
