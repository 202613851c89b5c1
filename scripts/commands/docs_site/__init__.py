"""The documentation site: pages of the repository and an API reference from docstrings, built by Sphinx."""
