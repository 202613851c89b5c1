"""The package from outside: its public names, its archives, its installation."""
