"""Where values come from and where they go: through names, members, calls, helpers and modules."""
