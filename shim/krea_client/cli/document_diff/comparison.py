"""Comparison of two descriptions of one operation, or of two whole documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from krea_client.cli.document_diff import price_diff, request_diff, response_diff
from krea_client.cli.document_diff.differences import Difference, shown
from krea_client.cli.document_diff.operation_facts import (
    ALIASES,
    Address,
    DocumentedAlias,
    FieldFacts,
    Statement,
    Unreadable,
)


@dataclass(frozen=True)
class OperationDiff:
    """The differences of one operation; none where both descriptions agree."""

    theirs: Statement | None
    ours: Statement | None
    differences: tuple[Difference, ...]

    @property
    def name(self) -> str:
        """Return method and path."""
        statement = self.ours or self.theirs
        return statement.name if statement else ""


def verdicts(source: Sequence[Statement], reference: Sequence[Statement], *, whole: bool) -> list[OperationDiff]:
    """Return one verdict for each operation of the source; with `whole`, operations missing from the source are reported as removed."""
    by_key = {statement.key: statement for statement in reference}
    source_keys = {statement.key for statement in source}
    results = [_verdict(statement, by_key.get(statement.key)) for statement in source]
    unread_paths = {path for method, path in source_keys if not method}
    for statement in reference if whole else ():
        if statement.key not in source_keys and statement.key[1] not in unread_paths:
            removal = Difference(
                "operation_gone", "", "absent", f"the operation is gone: {statement.name}", statement.address
            )
            results.append(OperationDiff(None, statement, (removal,)))
    return results


def _verdict(source: Statement, reference: Statement | None) -> OperationDiff:
    if reference is None:
        unclear = [_unclear(problem, source, ()) for problem in source.unclear]
        new = Difference("operation_new", "", "present", f"new operation: {source.name}")
        return OperationDiff(source, None, tuple(unclear if source.is_unread else [new, *unclear]))
    older, source = _translated(source, reference)
    with_lines = [
        replace(difference, line=difference.line or source.lines.get(difference.about))
        for difference in compared(source, reference)
    ]
    if older:
        names = ", ".join(f"{old} ({new} now)" for old, new in older.items())
        text = f"the source is older than this description: it has the deprecated names {names}"
        relevant = [difference for difference in with_lines if not _is_younger(difference)]
        older_differences = [
            replace(difference, text=f"{difference.text} (in the older source)") for difference in relevant
        ]
        with_lines = [Difference("older", "names", "older", text, reference.address), *older_differences]
    return OperationDiff(source, reference, tuple(with_lines))


def _translated(source: Statement, reference: Statement) -> tuple[dict[str, str], Statement]:
    """Return the deprecated names that a source still has as fields, and the source under the names of today.

    A source that has a deprecated name and not the name of today was written before the change, not after it.
    """
    body = source.body or {}
    current = reference.body or {}
    older = {
        alias.old: alias.new
        for alias in reference.aliases or ()
        if alias.old in body and alias.old not in current and alias.new not in body and not source.aliases
    }
    if not older:
        return {}, source
    renamed = {_with_present_name(path, older): node for path, node in body.items()}
    lines = {_with_present_name(path, older): line for path, line in source.lines.items()}
    return older, replace(source, body=renamed, lines=lines)


def _is_younger(difference: Difference) -> bool:
    """Return whether a difference is only that an older source lacks what came after it."""
    return difference.kind in ("alias_gone", "field_gone") or (
        difference.kind == "price" and difference.says == "absent"
    )


def _with_present_name(path: str, names: Mapping[str, str]) -> str:
    head = re.split(r"[.\[<]", path)[0]
    return names.get(head, head) + path[len(head) :]


def document_verdict(source: Statement, reference: Statement) -> OperationDiff:
    """Return the verdict on what two documents say besides their operations."""
    unclear = (_unclear(problem, source, ()) for problem in source.unclear)
    return OperationDiff(source, reference, (*unclear, *_extensions(source, reference)))


def compared(source: Statement, reference: Statement) -> Iterator[Difference]:
    """Yield every difference between two statements about one operation."""
    for problem in source.unclear:
        yield _unclear(problem, source, reference.address)
    if source.is_unread:
        return
    yield from _extensions(source, reference)
    yield from _body(source, reference)
    if source.parameters is not None:
        yield from _parameters(source.parameters, reference, whole=not _is_unclear(source, "parameters"))
    if source.keys is not None and reference.keys is not None and source.keys != reference.keys:
        summary = shown(sorted(source.keys)) or "nowhere"
        yield Difference(
            "token",
            "token",
            summary,
            f"the token goes {summary} now, went {shown(sorted(reference.keys))}",
            reference.address,
        )
    yield from _answers(source, reference)
    for status in sorted((source.statuses or frozenset()) - (reference.statuses or frozenset())):
        yield Difference(
            "status_new", f"status {status}", "present", f"new status of answers: {status}", reference.address
        )
    yield from _responses(source, reference)
    if source.aliases is not None:
        yield from _aliases(source.aliases, reference, whole=not _is_unclear(source, ALIASES))
    if source.prices is not None:
        yield from price_diff.prices(source, reference)
    if source.deprecated is not None and source.deprecated != bool(reference.deprecated):
        summary = "deprecated" if source.deprecated else "not deprecated"
        yield Difference("deprecation", "deprecated", summary, f"the operation is {summary} now", reference.address)


def _is_unclear(source: Statement, part: str) -> bool:
    """Return whether something in a part of an operation is not understood: what seems to be gone may be that."""
    return any(part in problem.address for problem in source.unclear)


def _unclear(problem: Unreadable, source: Statement, address: Address) -> Difference:
    """Return the difference that something is not understood; its place is told within the operation, so that equal ones group."""
    inner = problem.address
    if source.address and inner[: len(source.address)] == source.address:
        inner = inner[len(source.address) :]
    where = "/".join(map(str, inner)) or ("the operation" if problem.address else "the page")
    text = f"{problem.message}, in {where}; compare it by hand"
    return Difference("not_understood", where, problem.message, text, address, line=problem.line)


def _extensions(source: Statement, reference: Statement) -> Iterator[Difference]:
    for name, value in source.extensions.items():
        if reference.extensions.get(name) != value:
            was = f", was {shown(reference.extensions[name])}" if name in reference.extensions else ", is new"
            yield Difference("extension", name, shown(value), f"{name} is {shown(value)}{was}", reference.address)


def _answers(source: Statement, reference: Statement) -> Iterator[Difference]:
    """Yield the differences of the fields of responses. Of errors only what is new counts: ours describe more than a source does."""
    if source.answer is not None and reference.answer is not None:
        yield from response_diff.compared(source.answer, reference.answer, full=source.full)
    elif reference.answer is not None:
        yield Difference("answer_gone", "answer", "absent", "its response is no longer described", reference.address)
    if source.answer_type and reference.answer_type and source.answer_type != reference.answer_type:
        text = f"the answer was {reference.answer_type}, is {source.answer_type}"
        yield Difference("answer_content", "answer", source.answer_type, text, reference.address)
    for status, fields in source.errors.items():
        if status in reference.errors:
            name = f"answer of status {status}"
            for difference in response_diff.compared(fields, reference.errors[status], full=source.full, name=name):
                if difference.kind not in ("answer_field_gone", "answer_required"):
                    yield difference


def _responses(source: Statement, reference: Statement) -> Iterator[Difference]:
    """Yield the statuses that left, the headers that came or went, and an end that only prose tells."""
    gone = (reference.statuses or frozenset()) - (source.statuses or frozenset())
    for status in sorted(gone) if source.full and source.statuses else ():
        yield Difference(
            "status_gone", f"status {status}", "absent", f"status {status} is no longer documented", reference.address
        )
    for name in sorted((source.headers or frozenset()) - (reference.headers or frozenset())):
        yield Difference(
            "header_new",
            f"header of the answer {name}",
            "present",
            f"new header of the answer: {name}",
            reference.address,
        )
    for name in sorted((reference.headers or frozenset()) - (source.headers or frozenset())) if source.headers else ():
        yield Difference(
            "header_gone",
            f"header of the answer {name}",
            "absent",
            f"the header {name} of the answer is gone",
            reference.address,
        )
    if source.sunset and source.sunset != reference.sunset:
        text = f"its description says that it ends on {source.sunset}"
        yield Difference("sunset", "sunset", source.sunset, text, reference.address)


def _body(source: Statement, reference: Statement) -> Iterator[Difference]:
    if source.body is None or reference.body is None:
        if source.body is not None:
            yield Difference("body_new", "body", "present", "it takes a body now", reference.address)
        elif reference.body is not None:
            yield Difference("body_gone", "body", "absent", "it takes no body any more", reference.address)
        return
    if source.content_type != reference.content_type:
        text = f"the body was {reference.content_type}, is {source.content_type}"
        yield Difference("content_type", "body", str(source.content_type), text, reference.address)
    hints = {(row.old, row.new) for row in (*(source.aliases or ()), *(reference.aliases or ()))}
    yield from request_diff.compared(source.body, reference.body, full=source.full, hints=hints)


def _parameters(source: Mapping[str, FieldFacts], reference: Statement, *, whole: bool) -> Iterator[Difference]:
    own = {_parameter_key(name): (name, node) for name, node in (reference.parameters or {}).items()}
    for name, node in source.items():
        if _parameter_key(name) not in own:
            yield Difference(
                "parameter_new", name, "present", f"new parameter: {name}", reference.address, facts=node.facts
            )
        else:
            yield from request_diff.facts_differ(name, node, own[_parameter_key(name)][1], full=True)
    source_keys = set(map(_parameter_key, source))
    for key, (name, node) in own.items():
        if whole and key not in source_keys:
            yield Difference("parameter_gone", name, "absent", f"the parameter {name} is gone", node.address)


def _parameter_key(name: str) -> str:
    """Return a parameter's name as it is compared: in headers, case does not matter."""
    return name.lower() if name.startswith("header ") else name


def _aliases(rows: tuple[DocumentedAlias, ...], reference: Statement, *, whole: bool) -> Iterator[Difference]:
    old, new = {row.old: row for row in reference.aliases or ()}, {row.old: row for row in rows}
    place = (*reference.address, ALIASES)
    for name, row in new.items():
        field = f"alias {name}"
        if name not in old:
            text = f"new deprecated field name: {name}, use {row.new}, accepted until {row.until}"
            yield Difference("alias_new", field, "present", text, place, facts=row._asdict())
        elif old[name].new != row.new:
            text = f"the deprecated field name {name} led to {old[name].new}, leads to {row.new}"
            yield Difference("alias_target", field, f"to {row.new}", text, place)
        if name in old and row.until and old[name].until != row.until:
            text = f"the deprecated field name {name} was accepted until {old[name].until}, is until {row.until}"
            yield Difference("alias_date", field, f"until {row.until}", text, place)
    for name in old if whole else ():
        if name not in new:
            yield Difference(
                "alias_gone", f"alias {name}", "absent", f"the deprecated field name {name} is no longer listed", place
            )
