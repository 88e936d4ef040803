# The targets that people and CI call alike. Each works in an environment with ".[dev]" installed.
NBVAL = python -m pytest -p no:cacheprovider --nbval --nbval-sanitize-with tests/nbval.cfg

.PHONY: check lint types test notebooks notebooks-check install-check schemas

check: lint types test notebooks-check

lint:
	ruff check .
	ruff format --check .

types:
	mypy

test:
	pytest

# Run every notebook from top to end and keep its outputs.
notebooks:
	python tools/execute_notebooks.py

# Run every notebook again and compare with the kept outputs, as a new learner without answers.
notebooks-check:
	answers=$$(mktemp -d) && LESSON_ANSWERS=$$answers/answers $(NBVAL) notebooks

# Install from a wheel and as Binder does, each into a fresh environment. Needs the network.
install-check:
	pytest -m install

schemas:
	python tools/make_schemas.py
