"""Measures the shape of the hand-written code: sizes, inheritance, imports and names. The tests of tests/house use the same functions."""
