# The commands of Waymark. A machine needs Python 3.11 or newer and make; the rest is fetched into .venv/.

PYTHON ?= python3
BIN ?= .venv/bin
# A virtual environment of one's own choice (BIN=…) is left as it is.
TOOLS = $(if $(filter .venv/bin,$(BIN)),$(BIN)/.tools)
SOURCES = website blog careers tests benchmarks manage.py
TEMPLATES = $(shell git ls-files 'templates/*.html')
# Only what `check --deploy` wants to see; nothing is served with these.
DEPLOY = DJANGO_SETTINGS_MODULE=website.settings.prod ALLOWED_HOSTS=example.org \
	SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(60))')

.PHONY: run dev test check format lock help

help:  ## what you can ask for
	@grep -E '^[a-z]+:.*##' Makefile | sed 's/:.*##/ -/'

run:  ## the whole site, as in production, at http://127.0.0.1:8000 (PORT, HOST, DATA_DIR)
	@$(PYTHON) website/start.py run

dev:  ## the development server, which reloads as you edit
	@$(PYTHON) website/start.py dev

test: $(TOOLS)  ## every test, on SQLite, PostgreSQL and in Chromium
	@$(BIN)/python -m tests

check: $(TOOLS)  ## everything a machine can judge without running the site
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/django-upgrade --check --target-version 5.2 $$(git ls-files '*.py')
	$(BIN)/djade --check --target-version 5.2 $(TEMPLATES)
	$(BIN)/djhtml --check --tabwidth 2 $(TEMPLATES)
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(DEPLOY) $(BIN)/python manage.py check --deploy --fail-level WARNING
	@echo "All checks passed."

format: $(TOOLS)  ## mends what can be mended by itself
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djade --target-version 5.2 $(TEMPLATES) || true
	$(BIN)/djhtml --tabwidth 2 $(TEMPLATES)

# Versions and hashes of everything, for every platform. No index is named in them: any registry will do.
LOCK = $(BIN)/uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
	--no-emit-find-links --custom-compile-command 'make lock'
lock: $(TOOLS)  ## requirements.in → requirements.txt, with versions and hashes
	$(LOCK) $(UPGRADE) requirements.in -o requirements.txt
	$(LOCK) $(UPGRADE) requirements-machines.in -o requirements-machines.txt
	$(LOCK) $(UPGRADE) requirements-dev.in -o requirements-dev.txt

.venv/bin/.tools: requirements-dev.txt
	@$(PYTHON) website/start.py tools
