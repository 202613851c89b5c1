"""Legacy programs, and the adapters that let them run."""
