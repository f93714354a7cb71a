# hrplan: every target sets up what it needs in .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DEMO_DATA ?= data/demo
MARKS := not slow and not long

.PHONY: help demo test fast serve check bench long docs words vendor lock clean

help:
	@echo "make demo    furnish a demonstration, run the whole chain, write deliverables/, serve"
	@echo "make test    all tests; what needs an absent server or browser is skipped by name"
	@echo "make fast    the tests one runs while writing"
	@echo "make serve   the web process and one worker"
	@echo "make check   lint, layers, types, settings, migrations"
	@echo "make bench | long | docs | words | vendor | lock"

$(VENV)/runtime: requirements.lock tools.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "hrplan needs Python 3.11 or newer; set PYTHON=... to one."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's venv module is missing: install the package python3-venv (Debian: apt install python3-venv)."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tools.lock
	@test -f $(VENV)/dev || $(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes -p $(BIN)/python requirements.lock
	@touch $@

$(VENV)/dev: requirements-dev.lock $(VENV)/runtime
	@$(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes -p $(BIN)/python requirements-dev.lock
	@touch $@

# The engine is compiled when it is set up, so that nobody waits for it when a plan is made.
$(VENV)/kernels: $(VENV)/runtime $(wildcard training_calendar/solver/*.py)
	@$(BIN)/python -m compileall -q hrplan competencies diagnostics training_calendar
	@$(BIN)/python manage.py solve_instance tests/data/planning/mini-1 --out $(VENV)/solved --effort 20 >/dev/null
	@touch $@

# The demonstration lives in a database of its own, made anew each time.
demo: export HRPLAN_DATA = $(DEMO_DATA)
demo: $(VENV)/runtime $(VENV)/kernels
	@rm -rf $(DEMO_DATA)
	@mkdir -p $(DEMO_DATA)
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py demo --administration belize
	@$(BIN)/python manage.py plan belize --effort 40
	@$(BIN)/python manage.py demo_review belize
	@$(BIN)/python manage.py deliverables belize --out deliverables
	@if [ "$(SERVE)" != "0" ]; then $(BIN)/python manage.py serve --port $(PORT); fi

serve: $(VENV)/runtime
	@mkdir -p data
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py serve --port $(PORT)

# The tables all tests begin with, migrated once until a migration changes.
TABLES := $(VENV)/tables.sqlite3
$(TABLES): $(wildcard */migrations/*.py hrplan/*/migrations/*.py) | $(VENV)/dev
	@rm -f $(TABLES)*
	@DATABASE_URL=sqlite:///$(abspath $(TABLES)).part $(BIN)/python manage.py migrate --verbosity 0
	@mv $(TABLES).part $(TABLES)

# A file of tests stays with one worker; those that build a whole come first, so that none is last.
PYTEST := $(BIN)/python -m pytest -q -n 2 --dist loadfile --no-loadscope-reorder

test: $(VENV)/dev $(TABLES)
	HRPLAN_TEST_TABLES=$(abspath $(TABLES)) $(PYTEST) -o addopts="" -m "$(MARKS)" $(if $(LAWS),--hypothesis-profile $(LAWS))

# What needs long to be read is not.
fast: $(VENV)/dev $(TABLES)
	env -u DATABASE_URL HRPLAN_TEST_TABLES=$(abspath $(TABLES)) $(PYTEST) --hypothesis-profile quick -p no:schemathesis \
	  --ignore tests/test_api.py --ignore tests/test_house.py --ignore tests/browser

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy hrplan competencies diagnostics training_calendar
	HRPLAN_DEBUG=0 HRPLAN_SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))') HRPLAN_HOSTS=hrplan.example $(BIN)/python manage.py check --deploy --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run

bench: $(VENV)/dev
	$(BIN)/python -m tests.bench $(if $(WRITE),--write)
	$(BIN)/python -m tests.bench.gaps $(if $(WRITE),--write)
	$(BIN)/python -m tests.bench.pages $(if $(WRITE),--write)
	$(BIN)/python -m tests.bench.documents $(if $(WRITE),--write)
	$(BIN)/python -m tests.bench.editor $(if $(WRITE),--write)
	$(BIN)/python -m tests.bench.room $(if $(WRITE),--write)
	$(BIN)/python -m tests.bench.engine $(INSTANCES) $(if $(WRITE),--write)
	$(BIN)/python -m tests.bench.bound $(if $(WRITE),--write)

long: $(VENV)/dev $(TABLES)
	HRPLAN_TEST_TABLES=$(abspath $(TABLES)) $(PYTEST) -o addopts="" -m "slow or long"
	HRPLAN_TEST_TABLES=$(abspath $(TABLES)) $(PYTEST) -o addopts="" -m "law and not slow and not long" --hypothesis-profile thorough
	$(BIN)/python -m tests.bench.room --seconds 1800

# WORDS="es other.po" takes in what another file translates.
words: $(VENV)/dev  ## new messages into the catalogues of the documents' languages, compiled
	$(BIN)/python -m tests.catalogues $(WORDS)

docs: $(VENV)/dev
	$(BIN)/python -m sphinx -q -W -b html docs docs/_build

lock: $(VENV)/dev
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml --extra redis -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml --extra redis --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) data deliverables staticfiles docs/_build

# The front-end files others wrote: pinned here, fetched by npm, kept in the repository.
VENDOR      := hrplan/static/vendor
TABLER      := 1.6.1
ICONS       := 3.51.0
CALENDAR    := 5.10.1

vendor:  ## refresh the vendored front-end files and vendor.lock
	@command -v npm >/dev/null || { echo "npm is needed for this target only: install Node.js 20 or newer"; exit 1; }
	@set -e; box=$$(mktemp -d); trap 'rm -rf "$$box"' EXIT; here=$$PWD/$(VENDOR); cd "$$box"; \
	npm pack --silent @tabler/core@$(TABLER) @tabler/icons@$(ICONS) @event-calendar/build@$(CALENDAR); \
	for pack in *.tgz; do mkdir "$${pack%.tgz}" && tar -xzf "$$pack" -C "$${pack%.tgz}" --strip-components=1; done; \
	for file in tabler-core-$(TABLER)/dist/css/tabler.min.css tabler-core-$(TABLER)/dist/js/tabler.min.js \
	  event-calendar-build-$(CALENDAR)/dist/event-calendar.min.css event-calendar-build-$(CALENDAR)/dist/event-calendar.min.js; do \
	  sed -E 's,(/\*|//)# sourceMappingURL=[^ ]*( \*/)?,,' "$$file" > "$$here/$${file##*/}"; done; \
	{ echo '<svg xmlns="http://www.w3.org/2000/svg">'; \
	  while read -r name; do \
	    echo "<symbol id=\"$$name\" viewBox=\"0 0 24 24\">"; \
	    grep -E '^ +<(path|circle|rect|line)' "tabler-icons-$(ICONS)/icons/outline/$$name.svg" | grep -v 'stroke="none"' | sed 's/^ *//'; \
	    echo '</symbol>'; done < "$$here/icons.txt"; \
	  echo '</svg>'; } > "$$here/icons.svg"; \
	cd "$$here"; { echo "# file | package | version | licence | sha256"; \
	  for row in "tabler.min.css|@tabler/core|$(TABLER)" "tabler.min.js|@tabler/core|$(TABLER)" "icons.svg|@tabler/icons|$(ICONS)" \
	    "event-calendar.min.css|@event-calendar/build|$(CALENDAR)" "event-calendar.min.js|@event-calendar/build|$(CALENDAR)"; do \
	    file=$${row%%|*}; set -- $$(sha256sum "$$file"); echo "$$row|MIT|$$1" | sed 's/|/ | /g'; done; } > vendor.lock
.PHONY: vendor
