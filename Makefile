# One door: `make run`, `make demo`, `make test`, `make check`, `make bench`, `make fuzz`, `make pictures`, `make clean`.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
# File by file, in the order of tests/conftest.py: over as many processes as cores where tests compute,
# over one more where many wait for a store, a browser or a limit of time.
SPREAD := --dist loadfile --no-loadscope-reorder
CORES ?= 2
DEMO := demo-data
# Tests start hundreds of processes, and pytest rewrites hundreds of modules: compiled once, not each time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run demo test check format bench fuzz pictures clean lock browser virtuoso spark faults reports editor

run: editor demo
	$(BIN)/qkg serve --home $(DEMO) --port $(PORT)

demo: .venv/product
	$(BIN)/qkg demo --home $(DEMO)

test: .venv/dev browser virtuoso spark faults reports editor
	$(BIN)/pytest -n $$(($(CORES) + 1)) $(SPREAD)

check: .venv/dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python -m tests.audit
	$(BIN)/pytest -q -n $(CORES) $(SPREAD) -m "not slow and not browser"

format: .venv/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/dev
	$(BIN)/python -m bench

# Cases made of sound documents, clauses, queries, sheets and uploads, then from the OpenAPI document;
# other ones each time. `make fuzz CASES=1000000` for a night.
CASES ?= 100000
fuzz: .venv/dev
	$(BIN)/python -m tests.fuzz --cases $(CASES)
	FUZZ_CASES=5000 $(BIN)/pytest -s tests/api/test_openapi_cases.py

# The answers and pictures of the tutorial and the README, as commands and pages give them now.
pictures: .venv/dev browser
	QKG_REWRITE_EXPECTED=1 $(BIN)/pytest -q tests/docs/test_tutorial.py tests/docs/test_readme.py

# Debian's chromium and CJK fonts, where apt may; the tests say what they skip where it may not.
browser:
	@bash tests/browser/install.sh

# Debian's Virtuoso 7, where apt may: the store's contract is held against it too.
virtuoso:
	@bash tests/contract/install.sh

# The Java that Spark runs on, where apt may: the rules are held against DuckDB on it.
spark:
	@bash tests/engines/install.sh

# A clock that jumps, where apt may: what faults leave is tested with it.
faults:
	@bash tests/faults/install.sh

# The libraries that make pdf, and what opens reports again, where apt may.
reports:
	@bash tests/quality/install.sh

# The better editor of the query page, where there is node; the plain one stands in where not.
editor: .venv/bin/python
	@$(BIN)/python editor/build.py

.venv/bin/python:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"

.venv/product: .venv/bin/python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[report]'
	@touch $@

.venv/dev: .venv/product
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[all]' --group dev
	@touch $@

lock: .venv/dev
	( sed -n 1,2p constraints.txt; $(BIN)/python -m pip freeze --exclude-editable ) > constraints.new
	mv constraints.new constraints.txt

clean:
	rm -rf .venv $(DEMO) qkg-data dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
