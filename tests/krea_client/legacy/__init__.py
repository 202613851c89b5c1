"""Programs of last year, and the adapters that let them run."""
