"""The operations of a document, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from .bundle import Document

METHODS = ("get", "put", "post", "delete", "patch")


def operations(document: Document) -> Iterator[tuple[str, str, Document]]:
    """Yield path, method (lower case) and operation, in the order of the document."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]
