"""Status-as-code for key-account projects: YAML in git becomes client sites, a portfolio and PDF reports."""

__version__ = "0.1.0"
