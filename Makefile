# One command each: every target sets up what it needs in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TOOLS := tests/tools/node_modules/.ready

.PHONY: guides test lint check golden pictures studio-pictures bench clean

guides: $(READY)
	$(BIN)/parentguide build --out output

# A file of tests is a process; there are as many at a time as cores.
test: $(READY) $(TOOLS) lint check
	$(BIN)/pytest -n auto --dist loadfile

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: $(READY)
	$(BIN)/parentguide check

golden: $(READY)
	$(BIN)/python -m tests.golden

pictures: $(READY)
	$(BIN)/python -m tests.pictures

studio-pictures: $(READY)
	$(BIN)/python -m tests.studio_pictures

bench: $(READY)
	$(BIN)/python -m tests.bench --write

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $@

# The page checkers come from npm. Without npm the tests that need them are skipped
# here, and fail in CI.
$(TOOLS): tests/tools/package.json
	if command -v npm >/dev/null; then npm install --silent --no-package-lock --no-audit --no-fund --prefix tests/tools; fi
	mkdir -p $(@D) && touch $@

clean:
	rm -rf $(VENV) output tests/tools/node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis
