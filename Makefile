# The commands of the project; CI calls the same ones.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
BENCH_VENV ?= .venv-bench
BENCH ?=

.PHONY: demo test test-all lint types gate speed bench fuzz audit model notebooks clean

MINUTES ?= 1
TARGETS ?=

demo: $(VENV)/demo.done  ## Install summlib and summarize a German document of seeds/.
	@$(BIN)/summlib summarize seeds/waermenetz/de.txt --offline --show-sources

test: $(VENV)/test.done  ## Run the tests (those marked slow or train are left to test-all).
	$(BIN)/python -m pytest
	@echo "make test leaves out the tests marked slow or train; make test-all runs them"

test-all: $(VENV)/train.done  ## Run every test; needs some gigabytes for torch.
	$(BIN)/python -m pytest -m ""

notebooks: $(VENV)/notebook.done  ## Run the notebooks from top to bottom, offline.
	$(BIN)/python -m pytest -m notebook tests/test_notebooks.py

lint: $(VENV)/test.done
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/test.done
	$(BIN)/mypy

gate: $(VENV)/test.done  ## Print the measured figures beside their bars.
	$(BIN)/python -m summlib.scores.gate

speed: $(VENV)/test.done  ## Time start-up, summaries and translation.
	$(BIN)/python benchmarks/speed.py

bench: $(BENCH_VENV)/bench.done  ## Measure summlib beside its peers; BENCH="--rounds 1 ..." takes less.
	$(BENCH_VENV)/bin/python benchmarks/peers.py $(BENCH)

fuzz: $(VENV)/test.done  ## Fuzz each reader of text and files for MINUTES; TARGETS="split html" names some.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[fuzz]"
	$(BIN)/python fuzz/run.py --minutes $(MINUTES) $(TARGETS)

audit: $(VENV)/test.done  ## Look the pinned packages up among known weaknesses.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[audit]"
	PYTHON=$(BIN)/python bash .ci/audit

model: $(VENV)/train.done  ## Say how models/de-en is made again; see models/de-en/recipe.toml.
	$(BIN)/python -m summlib.training --help

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/demo.done: setup.cfg constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/test.done: setup.cfg constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test]"
	@touch $@ $(VENV)/demo.done

$(VENV)/notebook.done: $(VENV)/test.done
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test,notebook]"
	@touch $@

$(VENV)/train.done: setup.cfg constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt torch
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[test,train]"
	@touch $@ $(VENV)/test.done $(VENV)/demo.done

# In a place of its own: the peers take 1.8 GB. Argos Translate asks for a sacremoses below 0.2, which
# its packages with a BPE vocabulary read alone; what else it asks for stands in the extra.
$(BENCH_VENV)/bench.done: setup.cfg constraints.txt
	$(PYTHON) -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt torch
	$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[bench]"
	$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps -c constraints.txt argostranslate
	@touch $@

clean:
	rm -rf $(VENV) $(BENCH_VENV) build dist *.egg-info
