# Two commands are all a newcomer needs: `make demo` and `make test`.
.POSIX:
PYTHON = .venv/bin/python
STATUS_DATE = 2026-11-20

.PHONY: demo test bench soak oracles docs constraints clean

demo: ## build the examples into site/ and say what to open
	@sh tools/setup.sh run
	@.venv/bin/kapm build -o site --status-date $(STATUS_DATE); built=$$?; \
	if [ -f site/internal/index.html ]; then echo; \
	echo "Open site/internal/index.html (the portfolio), or site/clients/harbourline/index.html (what a client sees)."; \
	fi; exit $$built

test: ## everything: lint, types, layers, units, browser, PDF, wheel
	@sh tools/setup.sh test
	@$(PYTHON) -m pytest -n 2 -q

bench: ## time and memory by stage, on generated portfolios
	@sh tools/setup.sh test
	@$(PYTHON) benchmarks/bench.py
	@$(PYTHON) benchmarks/figures.py
	@$(PYTHON) benchmarks/simulation.py
	@$(PYTHON) benchmarks/history.py
	@$(PYTHON) benchmarks/pdf.py

soak: ## every property test with twenty times its examples
	@sh tools/setup.sh test
	@KAPM_SOAK=20 $(PYTHON) -m pytest -n 2 -q tests/unit tests/test_isolation.py

oracles: ## our figures against those of others, matched of total, with the worst differences
	@sh tools/setup.sh test
	@$(PYTHON) tools/oracles.py

docs: ## the generated pages of docs/
	@$(PYTHON) tools/problems.py
	@$(PYTHON) tools/examples.py
	@$(PYTHON) tools/reference.py
	@$(PYTHON) tools/figures.py
	@$(PYTHON) tools/facts.py

constraints: ## pin what is installed now
	@$(PYTHON) tools/constraints.py

clean:
	rm -rf .venv site build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
