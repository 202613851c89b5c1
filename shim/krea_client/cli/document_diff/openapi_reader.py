"""The operations of an OpenAPI 3.x document, in comparable form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from krea_client.cli.document_diff.flat_schemas import MISWRITTEN, Shapes
from krea_client.cli.document_diff.operation_facts import Facts, Statement, Unreadable
from krea_client.cli.document_diff.operation_reader import OperationReader, keywords_of, servers_of

METHODS = ("get", "put", "post", "delete", "patch", "head", "options", "trace", "query")
_OF_PATHS = frozenset({"$ref", "summary", "description", "parameters", "servers"})
_OF_DOCUMENTS = frozenset(
    {
        *("openapi", "info", "jsonSchemaDialect", "servers", "paths", "webhooks", "components", "security", "tags"),
        *("externalDocs", "$self"),
    }
)
_OUR_EXTENSIONS = frozenset({"x-krea-gone-models", "x-krea-retired-fields"})
_Operation = tuple[str, str, Facts]


def statements(document: Any) -> list[Statement]:
    """Return what a document says, operation by operation.

    Deprecated names and prices count as unknown in a document that gives them for no operation at all. What is not understood is in
    `Statement.unclear`; an operation of which nothing is understood has nothing else, and a path of which nothing is has no method.

    Raises:
        Unreadable: it is no OpenAPI 3.x document.
    """
    if not isinstance(document, dict) or not str(cast(Facts, document).get("openapi", "")).startswith("3."):
        raise Unreadable("this is no OpenAPI 3.x document: it has no `openapi: 3.x`")
    content = cast(Facts, document)
    if not isinstance(content.get("paths"), dict):
        raise Unreadable("the document has no `paths`", address=("paths",))
    shapes = Shapes(content)
    parts = list(_parts(shapes, content))
    operations = [part for part in parts if not isinstance(part, Statement)]
    reader = OperationReader(shapes, keywords_of([operation for _, _, operation in operations]))
    return [part if isinstance(part, Statement) else _read(reader, *part) for part in parts]


def _read(reader: OperationReader, path: str, method: str, operation: Facts) -> Statement:
    try:
        return reader.statement(path, method, operation)
    except Unreadable as error:
        return _not_understood(path, method, error)
    except MISWRITTEN as error:
        return _not_understood(
            path,
            method,
            Unreadable(f"this operation is not written as OpenAPI 3 says: {error!r}", address=("paths", path, method)),
        )


def _not_understood(path: str, method: str, problem: Unreadable) -> Statement:
    return Statement(method.upper(), path, unclear=(problem,), address=("paths", path, *([method] if method else [])))


def _parts(shapes: Shapes, document: Facts) -> Iterator[_Operation | Statement]:
    """Yield the operations of a document, and in the place of a path or an operation that is not understood a statement that says so."""
    for path, raw_item in cast(dict[str, Any], document["paths"]).items():
        if path.startswith("x-"):
            continue
        try:
            item, where = shapes.resolved(raw_item, ("paths", path))
        except Unreadable as error:
            yield _not_understood(path, "", error)
            continue
        for key in item:
            if key in METHODS:
                yield _operation(path, key, item)
            elif key not in _OF_PATHS and not key.startswith("x-"):
                yield _not_understood(
                    path, "", Unreadable(f"the keyword {key} is not understood", address=(*where, key))
                )


def _operation(path: str, method: str, item: Facts) -> _Operation | Statement:
    """Return an operation with what its path says of all of them."""
    address = ("paths", path, method)
    operation: Any = item[method]
    if not isinstance(operation, dict):
        return _not_understood(path, method, Unreadable("an operation must hold a mapping", address=address))
    own = cast(Facts, operation)
    above = {key: value for key, value in item.items() if key.startswith("x-") or key == "servers"}
    shared, listed = item.get("parameters", []), own.get("parameters", [])
    # What is no list is left for the reader to tell.
    parameters: Any = [*shared, *listed] if isinstance(shared, list) and isinstance(listed, list) else None
    return path, method, {**above, **own, "parameters": parameters}


def document_statement(document: Any) -> Statement:
    """Return what a document says besides its operations: the addresses of the API, its webhooks, extensions at the top."""
    content = cast(Facts, document)
    servers = servers_of(content.get("servers") or [])
    top = {key: item for key, item in content.items() if key.startswith("x-") and key not in _OUR_EXTENSIONS}
    webhooks = {f"webhook {name}": True for name in cast(Facts, content.get("webhooks") or {})}
    unclear = tuple(
        Unreadable(f"the keyword {key} is not understood", address=(key,))
        for key in content
        if key not in _OF_DOCUMENTS and not key.startswith("x-")
    )
    return Statement(
        "", "(document)", extensions={**({"servers": servers} if servers else {}), **webhooks, **top}, unclear=unclear
    )
