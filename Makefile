# What an analyst and a developer type. The first target that needs it makes .venv from requirements.lock.
PYTHON ?= python3
BIN := .venv/bin
UV_VERSION := $(shell sed -n 's/^uv==\([0-9.]*\).*/\1/p' requirements.lock)
PORT ?= 3000
# A file of tests stays in one process: what its tests share is made once.
TEST := $(BIN)/python -m pytest -n 2 --dist loadfile

export DAGSTER_DISABLE_TELEMETRY := 1
export DO_NOT_TRACK := 1
# Compiled modules are kept: without them every command starts seconds later.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test kills check ui notebook bench fuzz corpus words lock clean

run: .venv/installed ## sample or real deliveries -> warehouse and report
	$(BIN)/cii run

test: .venv/installed ## all tests but the benchmarks
	$(TEST)

kills: .venv/installed ## both kinds of run killed at a hundred moments each; `make test` takes a sample
	CII_KILLS=100 $(BIN)/python -m pytest tests/durability/test_kills.py

check: .venv/installed ## what every commit must pass
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/dg check toml
	$(BIN)/dg check defs
	$(TEST)

ui: .venv/installed ## Dagster's screens on this machine only (READ_ONLY=1: only to look)
	$(BIN)/cii ui --port $(PORT) $(if $(filter-out 0,$(READ_ONLY)),--read-only)

notebook: .venv/installed ## explore the published copy
	$(BIN)/jupyter lab --no-browser --ip 127.0.0.1 --LabApp.extension_manager=readonly \
	  --LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate notebooks

bench: .venv/installed ## ratios, measured in one run
	$(BIN)/python -m pytest -o addopts="--import-mode=importlib" tests/benchmarks --benchmark-columns=min,median,max,rounds --benchmark-sort=name

fuzz: .venv/installed ## ten times as many damaged files as `make test` tries (CII_FUZZ=100: a hundred times)
	CII_FUZZ=$${CII_FUZZ:-10} $(BIN)/python -m pytest tests/fuzz

corpus: .venv/installed ## the files of tests/corpus anew, after a change to its registry
	$(BIN)/python -m tests.corpus.make

words: .venv/installed ## the German words of the reports: finds what is new, and leaves it to be told
	$(BIN)/python -m tests.words.make

lock: .venv/installed ## resolve the dependencies anew, for every platform
	$(BIN)/uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --upgrade --generate-hashes \
	  --no-header --no-emit-index-url --no-annotate --quiet --output-file requirements.lock

clean: ## everything that was made; deliveries, key and register stay
	rm -rf .venv build *.egg-info warehouse/.build warehouse/.dagster warehouse/reports warehouse/findings warehouse/*.duckdb

.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 ou plus récent est nécessaire (PYTHON=python3.11 make …).")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(BIN)/uv pip sync --quiet --require-hashes --python $(BIN)/python requirements.lock
	$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	touch $@
