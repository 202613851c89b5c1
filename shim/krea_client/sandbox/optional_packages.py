"""The packages of the extra `sandbox`, and how to say that one is missing."""

from __future__ import annotations

from importlib.util import find_spec

# Import names. uvicorn is only required to serve a port.
PACKAGES = ("jsonschema", "PIL", "rfc3986_validator")


def missing(*packages: str) -> str | None:
    """Say which of these packages is not installed and how to get it; None when all are there."""
    absent = [name for name in packages or PACKAGES if find_spec(name) is None]
    if not absent:
        return None
    names = ", ".join(absent)
    return f"the sandbox needs {names}, not installed here; in a checkout of krea-client, run: pip install '.[sandbox]'"
