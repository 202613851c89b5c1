"""Pages whose code is run."""
