"""One reader for each language; those of programs make the common tree."""


def needs(missing: ModuleNotFoundError) -> str:
    """Return what is said of a file that is not read, because what reads it is not installed."""
    return f"needs {missing.name}; in a checkout of krea-client, run: pip install '.[migrate]'"
