# `make` alone prints what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RELEASE ?= 2026.11.0
PIP := $(BIN)/pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev dataset test lint check bench campaign lock clean

help: ## Print this help
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1|\2/' | column -t -s '|'

# Everything is pinned with hashes; --no-deps, because the lock names all there is.
$(VENV)/.setup: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Khaldun needs Python 3.11 or later; this is %d.%d. Try make PYTHON=python3.12" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv $(VENV)
	$(PIP) --no-deps --require-hashes -r requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.setup-dev: $(VENV)/.setup requirements-dev.lock
	$(PIP) --no-deps --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(VENV)/.setup ## Make the environment in .venv

setup-dev: $(VENV)/.setup-dev ## Add what tests and checks need

dataset: setup ## Build the sample dataset and publish it as a release (RELEASE=2026.11.0)
	$(BIN)/khaldun ingest seeds/sample/articles.jsonl --quiet
	$(BIN)/khaldun build --release $(RELEASE)
	$(BIN)/khaldun verify data/processed/releases/$(RELEASE)

test: setup-dev ## Run the tests
	$(BIN)/pytest -n 2 --dist worksteal

lint: setup-dev ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint test ## All that must hold before a change is handed in

campaign: setup-dev ## The long campaigns: kills at random moments, random edits
	$(BIN)/pytest -m campaign --override-ini addopts="-ra --import-mode=importlib" -n 2

bench: setup-dev ## Measure speed against named baselines
	$(BIN)/python -m benchmarks

lock: setup-dev ## Pin what pyproject.toml asks for, with hashes
	$(PIP) uv
	$(BIN)/uv pip compile pyproject.toml --group build --generate-hashes --no-header --python-version 3.11 --universal --quiet --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --group build --group dev --constraint requirements.lock --generate-hashes --no-header --python-version 3.11 --universal --quiet --output-file requirements-dev.lock

clean: ## Remove what can be rebuilt; data/raw and releases stay
	rm -rf data/processed/state .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage htmlcov dist
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
