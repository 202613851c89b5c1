"""Local files in a request body: where they stand, and the body with addresses in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from krea_client import _json
from krea_client._spec.catalogue import Operation
from krea_client.errors import Problem, RequestInvalid

if TYPE_CHECKING:
    from krea_client._request.file_inputs import FileInput

Steps = tuple[str | int, ...]
DEEPEST = 64  # levels of inputs that are searched
STAND_IN = "https://uploads.invalid/"  # stands for an address to come while the rest of a body is checked


class LocalFile(NamedTuple):
    """A file of the caller's, and its place in the body."""

    steps: Steps
    source: FileInput


def local_files(operation: Operation, body: Mapping[str, Any]) -> tuple[LocalFile, ...]:
    """The files in a body, in the places where the operation takes media.

    Raises:
        RequestInvalid: one of them cannot be read; the problem names its place.
    """
    found: list[LocalFile] = []
    problems: list[Problem] = []
    for steps, value in _media(operation, body):
        if value is None or isinstance(value, str):
            continue
        from krea_client._request.file_inputs import FileInput, is_file
        from krea_client._request.validation_messages import address

        if is_file(value):
            try:
                found.append(LocalFile(steps, FileInput(value)))
            except RequestInvalid as error:
                problems += [problem._replace(path=f"{address(steps)}: {problem.path}") for problem in error.problems]
    if problems:
        raise RequestInvalid(operation.model, problems)
    return tuple(found)


def _media(operation: Operation, body: Mapping[str, Any]) -> Iterator[tuple[Steps, object]]:
    if not operation.fields and (operation.schema or {}).get("additionalProperties") is True:
        # The inputs of a node app: the spec knows none of them, and a file can mean nothing else there.
        yield from _leaves(body, (), frozenset())
    for path in operation.media:
        if path[0] in body:
            yield from _values(body, path, ())


def _leaves(value: object, steps: Steps, above: frozenset[int]) -> Iterator[tuple[Steps, object]]:
    if len(steps) > DEEPEST or id(value) in above:  # what holds itself has no end; the check of the JSON says so
        return
    above |= {id(value)}
    if (members := _json.mapping(value)) is not None:
        for name, part in members.items():
            if isinstance(name, str):
                yield from _leaves(part, (*steps, name), above)
    elif (items := _json.sequence(value)) is not None:
        for place, part in enumerate(items):
            yield from _leaves(part, (*steps, place), above)
    else:
        yield steps, value


def _values(value: object, path: tuple[str, ...], steps: Steps) -> Iterator[tuple[Steps, object]]:
    if not path:
        yield steps, value
    elif path[0] == "[]":
        for place, part in enumerate(_json.sequence(value) or ()):
            yield from _values(part, path[1:], (*steps, place))
    else:
        members = _json.mapping(value) or {}
        if path[0] in members:
            yield from _values(members[path[0]], path[1:], (*steps, path[0]))


def with_addresses(body: Mapping[str, Any], addresses: Mapping[Steps, str]) -> dict[str, Any]:
    """A copy of the body with addresses in these places; the body itself stays as it is."""
    copy: dict[str, Any] = dict(body)
    for steps, url in addresses.items():
        copy = _placed(copy, steps, url)
    return copy


def _placed(value: Any, steps: Steps, url: str) -> Any:
    if not steps:
        return url
    copy: Any = dict(value) if isinstance(steps[0], str) else list(value)
    copy[steps[0]] = _placed(copy[steps[0]], steps[1:], url)
    return copy
