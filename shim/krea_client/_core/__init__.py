"""The client's operations as generators of effects: they decide, and neither open a socket nor read a clock."""
