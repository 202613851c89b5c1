"""Write documentation into spec/: what `scripts/adopt` does."""
