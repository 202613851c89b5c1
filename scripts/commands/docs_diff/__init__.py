"""Compares documentation with spec/: what `scripts/docs-diff` does."""
