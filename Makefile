# The menu: every build step, in the order in which they run. `make` alone prints it.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
REPORT ?= reports
STOCK ?= 40
# The tests that ask the mock in their own process; planted bugs run sound rules that no other test runs, so they do not count.
COVERING := laws mock_server command_line wire every_operation published_payloads validation_rules bounds parameter_bounds \
  promotion_bounds promo_code_bounds forgotten_progress

.DEFAULT_GOAL := menu
.PHONY: menu setup lint bundle client docs style types verify test check gate coverage teeth sound sound-far bench bench-sdk lock clean

menu: ## print this menu
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "make: $$($(PYTHON) --version) is too old, 3.11 or newer is needed; set PYTHON=..."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "make: $(PYTHON) can make no virtual environment; install its venv module (Debian: python3-venv)"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@$(BIN)/python -m pip check --quiet --disable-pip-version-check || { $(BIN)/python -m pip check; exit 1; }
	@touch $(READY)

setup: $(READY) ## make .venv with everything in it, as locked

lint: $(READY) ## habits of the description
	@$(BIN)/python scripts/lint_spec.py

bundle: $(READY) ## fold openapi/ into openapi/bundle/liveops.json, and write schemathesis.toml from it
	@$(BIN)/python scripts/bundle_spec.py
	@$(BIN)/python scripts/schemathesis_config.py

client: bundle ## print the SDK from the bundle into generated_client/
	@$(BIN)/python scripts/generate_client.py

docs: $(READY) ## print the documentation of the SDK into reports/docs, and follow every link in it
	@$(BIN)/python scripts/print_docs.py --output $(REPORT)/docs
	@$(BIN)/python scripts/docs_links.py $(REPORT)/docs

style: $(READY) ## ruff on everything hand-written
	@$(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check . && echo "style     ok      ruff check and ruff format"

types: $(READY) ## strict type check
	@$(BIN)/mypy

verify: lint client ## the main job: lint, bundle, SDK, then the contract against the mock, with a report in reports/
	@$(BIN)/liveops-verify --profile quick --report $(REPORT)

test: $(READY) ## all tests
	@$(BIN)/python -m pytest -n 2

check: lint client style types ## before every commit: all steps and the quick tests
	@$(BIN)/python -m pytest -n 2 -m "not slow"

gate: lint style types ## before a merge: no drift, the strict profile, a sample of faulty servers, coverage of the mock
	@$(BIN)/python scripts/bundle_spec.py --check
	@$(BIN)/python scripts/schemathesis_config.py --check
	@$(BIN)/python scripts/generate_client.py --check
	@$(BIN)/liveops-verify --profile gate --report $(REPORT)
	@$(BIN)/python -m liveops_contract.teeth --sample 200 --report $(REPORT)/teeth
	@$(MAKE) --no-print-directory coverage

coverage: $(READY) ## branch coverage of mock_server/, 95 % or more
	@$(BIN)/python -m pytest -n 2 -m "not slow" -k "not planted" $(COVERING:%=contract_tests/test_%.py) --cov --cov-report=term:skip-covered --cov-fail-under=95 -q

teeth: $(READY) ## a faulty server for every promise and every planted bug: which does the suite notice? report in reports/teeth
	@$(BIN)/python -m liveops_contract.teeth --stock $(STOCK) --report $(REPORT)/teeth

sound: $(READY) ## no false alarm: the suite with 30 seeds against a sound mock, each run has to hold; reports in reports/sound
	@$(BIN)/python contract_tests/sound.py --report $(REPORT)/sound

sound-far: $(READY) ## the same through a proxy: 50 ms an answer, headers in any order
	@$(BIN)/python contract_tests/sound.py --far --at-once 3 --report $(REPORT)/sound-far

bench: $(READY) ## speed beside Prism and an empty server (needs wrk; Prism through npm)
	@$(BIN)/python scripts/bench.py

bench-sdk: $(READY) ## what a call of the SDK costs beside raw httpx and the stock generated client
	@$(BIN)/python scripts/bench_sdk.py

lock: ## write requirements.lock anew
	@$(PYTHON) -m venv .venv && $(BIN)/python -m pip install --quiet uv
	@$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --quiet -o requirements.lock

clean: ## remove everything that the steps made outside of git
	@rm -rf .venv reports .pytest_cache .mypy_cache .ruff_cache .hypothesis .schemathesis .coverage* build dist
