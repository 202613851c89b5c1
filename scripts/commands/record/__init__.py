"""Cassettes: what goes into one, what must not, and the program that records them."""
