"""One reader for each language; those of programs make the common tree."""
