# Two commands do everything: `make run` shows the main job, `make test` runs the tests.
PYTHON ?= python3
BIN := .venv/bin
.DEFAULT_GOAL := help
# A third of all there is to compile, and hardly ever loaded.
RARE := /(tests?|pip|pygments|textual|libcst|mypyc?|setuptools)/
unexport PYTHONDONTWRITEBYTECODE  # hundreds of processes would compile the same files, each for itself

help: ## these lines
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: .venv/ready ## a virtual environment from the locked requirements; skipped when nothing changed

.venv/ready: requirements-dev.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m compileall -qq -j 0 -x '$(RARE)' .venv/lib || true  # on every core, where pip takes one
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

run: setup ## the playground: a Slack workspace on this machine (with Slack tokens in .env, the real one)
	$(BIN)/imagelane $(if $(PLAYGROUND),playground,run)

clean-playground: ## forget the playground's store and pictures
	rm -rf var/playground

test: setup ## all tests; long figures in a short form
	$(BIN)/python -m pytest -n auto -m "not soak"

soak: setup ## the long figures of the fault matrix, whole; names each as it ends
	$(BIN)/python -m pytest -n 3 -m soak --timeout 3600 -v

check: setup ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

audit: setup ## does a locked package have a known hole? says "not audited" where nobody can be asked
	-test -x build/audit/bin/pip-audit || { $(PYTHON) -m venv build/audit && \
	  build/audit/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .ci/audit.lock; }
	$(BIN)/python -m tests.kit.audit build/audit/bin/pip-audit requirements-dev.lock

lock: setup ## compile the lock files anew (needs uv)
	uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate pyproject.toml -o requirements.lock
	uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock
	uv pip compile -q --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate --group audit -o .ci/audit.lock

bench: setup ## start-up and ack times, side by side with bare Python and bare Bolt
	$(BIN)/python -m tests.speed.start_up
	$(BIN)/python -m tests.speed.acks

mutants: setup ## 150 small faults in money and rights, each against its own subject's tests
	$(BIN)/python -m tests.mutants

.PHONY: help setup run clean-playground test soak check audit lock bench mutants
