"""What krea_migrate may know of the client: the operations with their alias tables, what a body is refused for, JSON access, its version.

krea_migrate imports nothing else from krea_client; an import-linter contract holds that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from krea_client import _json as json
from krea_client._spec.catalogue import Alias, Operation, RetiredField, catalogue
from krea_client._spec.suggestions import nearest
from krea_client._version import __version__ as version
from krea_client.errors import ModelGone, ModelUnknown, Problem

__all__ = [
    "Alias",
    "ModelGone",
    "ModelUnknown",
    "Operation",
    "Problem",
    "RetiredField",
    "catalogue",
    "json",
    "nearest",
    "problems",
    "version",
]


def problems(operation: Operation, body: Mapping[str, Any]) -> list[Problem]:
    """Return what the operation refuses in a body. The validator is imported with the first body that is looked at."""
    from krea_client._request import validation

    return validation.problems(operation, body)
