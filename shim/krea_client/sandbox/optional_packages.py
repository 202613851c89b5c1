"""The packages of the extra `sandbox`, and how to say that one is missing."""

from __future__ import annotations

import sys
from importlib.util import find_spec

# Import names. uvicorn is only required to serve a port.
PACKAGES = ("jsonschema", "PIL", "rfc3986_validator")


def missing(*packages: str) -> str | None:
    """Say which of these packages is not installed and how to get it; None when all are there."""
    absent = [name for name in packages or PACKAGES if not _is_installed(name)]
    if not absent:
        return None
    names = ", ".join(absent)
    return f"the sandbox needs {names}, not installed here; in a checkout of krea-client, run: pip install '.[sandbox]'"


def _is_installed(name: str) -> bool:
    return sys.modules.get(name) is not None or find_spec(name) is not None
