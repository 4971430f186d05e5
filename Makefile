# One command for each task. Each target installs what it needs:
# .venv has the program and what it runs with; .venv-dev has the tools of tests and lint too.
PYTHON ?= python3
VENV := .venv
DEV := .venv-dev
BIN := $(VENV)/bin
DEV_BIN := $(DEV)/bin
READY := $(VENV)/.ready
DEV_READY := $(DEV)/.ready
BENCH_READY := $(DEV)/.ready-bench
TOOLS := tests/tools/node_modules/.ready
# Without bytecode a package takes half the space; Python compiles what it imports.
INSTALL := -m pip install --quiet --disable-pip-version-check --no-compile --constraint constraints.txt --editable
PYTEST := $(DEV_BIN)/pytest -n auto --dist worksteal

.PHONY: guides unit test pytest soak ci mutants lint check golden pictures studio-pictures bench release clean

# Build all guides into output/.
guides: $(READY)
	$(BIN)/parentguide build --out output

# The fast tests: no browser, no other program.
unit: $(DEV_READY)
	$(DEV_BIN)/pytest tests/unit

# Lint, check and a quick run of all tests, at the same time. The last line names what was left out.
test: $(DEV_READY) $(TOOLS)
	@status=0; $(MAKE) --no-print-directory -j3 lint check pytest || status=$$?; \
	  $(DEV_BIN)/python -m tests.left_out; exit $$status

pytest: $(DEV_READY) $(TOOLS)
	$(PYTEST)

# All languages, all slow tests and all random cases.
soak: $(DEV_READY) $(TOOLS)
	$(PYTEST) --profile soak

# What .ci/run calls: every test with CI's profile, on the guides that `make guides` has built.
ci: $(DEV_READY) $(TOOLS)
	$(MAKE) --no-print-directory -j3 lint check pytest PYTEST='$(PYTEST) --profile ci --built=output --cov --cov-fail-under=90 --cov-report=term:skip-covered $(PYTEST_OPTIONS)'

# Plant small faults in a copy of the program, and see what the tests find. OPTIONS='--count 30 --seed 1'
mutants: $(DEV_READY) $(TOOLS)
	$(DEV_BIN)/python -m tests.mutants $(OPTIONS)

lint: $(DEV_READY)
	$(DEV_BIN)/ruff check .
	$(DEV_BIN)/ruff format --check .
	$(DEV_BIN)/mypy
	$(DEV_BIN)/lint-imports

check: $(DEV_READY)
	$(DEV_BIN)/parentguide check

# Accept how many words PDF readers move on each sheet. Look at the diff first.
golden: $(DEV_READY)
	$(DEV_BIN)/python -m tests.output.golden

pictures: $(DEV_READY)
	$(DEV_BIN)/python -m tests.output.pictures

studio-pictures: $(DEV_READY)
	$(DEV_BIN)/python -m tests.studio.pictures

bench: $(BENCH_READY)
	$(DEV_BIN)/python -m tests.bench --write

# The ZIP file from which people start Studio by double click.
release: $(READY)
	$(BIN)/python release/make_archive.py --out dist

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python $(INSTALL) .
	touch $@

$(DEV_READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(DEV)
	$(DEV_BIN)/python $(INSTALL) '.[dev]'
	touch $@

$(BENCH_READY): $(DEV_READY)
	$(DEV_BIN)/python $(INSTALL) '.[dev,bench]'
	touch $@

# The checkers of pages come from npm. Without npm nothing is installed, and the tests that need them
# are skipped; in CI they fail.
$(TOOLS): tests/tools/package.json
	if command -v npm >/dev/null; then \
	  npm install --silent --no-package-lock --no-audit --no-fund --prefix tests/tools && touch $@; fi

# output/ itself and its note stay: they belong to the repository.
clean:
	rm -rf $(VENV) $(DEV) tests/tools/node_modules output.zip dist
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage
	if [ -d output ]; then \
	  find output -mindepth 1 -maxdepth 1 ! -name ABOUT-THIS-FOLDER.txt -exec rm -rf {} +; fi
