# The environment is made from the lock, with exact versions and hashes, when the lock or the project changed.
PYTHON ?= python3.11
BIN := .venv/bin

.PHONY: demo test check bench lock

$(BIN)/.ready: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: $(BIN)/.ready
	$(BIN)/taskings demo $(DEMO_ARGS)

test: $(BIN)/.ready
	$(BIN)/python -m pytest --numprocesses auto --dist worksteal

check: $(BIN)/.ready
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(BIN)/.ready
	$(BIN)/python -m tests.bench.run $(BENCH_ARGS)

lock:
	uv pip compile pyproject.toml --group dev --generate-hashes --python-version 3.11 --no-emit-index-url \
		--no-emit-find-links --no-annotate --no-header --upgrade --quiet -o requirements.lock
