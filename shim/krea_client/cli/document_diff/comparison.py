"""Compares two statements about one operation, or two whole lists of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from krea_client.cli.document_diff import price_diff, request_diff, response_diff
from krea_client.cli.document_diff.differences import Difference, shown
from krea_client.cli.document_diff.operation_facts import Alias, Node, Statement


@dataclass(frozen=True)
class Verdict:
    """What differs in one operation; nothing, where both say the same."""

    theirs: Statement | None
    ours: Statement | None
    differences: tuple[Difference, ...]

    @property
    def name(self) -> str:
        """Method and path."""
        told = self.ours or self.theirs
        return told.name if told else ""


def verdicts(theirs: Sequence[Statement], ours: Sequence[Statement], *, whole: bool) -> list[Verdict]:
    """Returns one verdict for each operation of the source; `whole`: what the source has not is gone."""
    known = {statement.key: statement for statement in ours}
    told = {statement.key for statement in theirs}
    found = [_verdict(statement, known.get(statement.key)) for statement in theirs]
    for statement in ours if whole else ():
        if statement.key not in told:
            gone = Difference(
                "operation_gone", "", "absent", f"the operation is gone: {statement.name}", statement.address
            )
            found.append(Verdict(None, statement, (gone,)))
    return found


def _verdict(theirs: Statement, ours: Statement | None) -> Verdict:
    if ours is None:
        new = Difference("operation_new", "", "present", f"new operation: {theirs.name}")
        return Verdict(theirs, None, (new,))
    with_lines = (replace(it, line=theirs.lines.get(it.about)) for it in compared(theirs, ours))
    return Verdict(theirs, ours, tuple(with_lines))


def compared(theirs: Statement, ours: Statement) -> Iterator[Difference]:
    """Yields every difference between two statements about one operation."""
    yield from _body(theirs, ours)
    yield from _parameters(theirs.parameters, ours)
    if theirs.keys is not None and ours.keys is not None and theirs.keys != ours.keys:
        said = shown(sorted(theirs.keys)) or "nowhere"
        yield Difference(
            "token", "token", said, f"the token goes {said} now, went {shown(sorted(ours.keys))}", ours.address
        )
    if theirs.answer is not None and ours.answer is not None:
        yield from response_diff.compared(theirs.answer, ours.answer, full=theirs.full)
    elif ours.answer is not None:
        yield Difference("answer_gone", "answer", "absent", "its answer is described no more", ours.address)
    for status in sorted((theirs.statuses or frozenset()) - (ours.statuses or frozenset())):
        yield Difference("status_new", f"status {status}", "present", f"new status of answers: {status}", ours.address)
    if theirs.aliases is not None:
        yield from _aliases(theirs.aliases, ours)
    if theirs.prices is not None:
        yield from price_diff.prices(theirs, ours)
    if theirs.deprecated is not None and theirs.deprecated != bool(ours.deprecated):
        said = "deprecated" if theirs.deprecated else "not deprecated"
        yield Difference("deprecation", "deprecated", said, f"the operation is {said} now", ours.address)


def _body(theirs: Statement, ours: Statement) -> Iterator[Difference]:
    if theirs.body is None or ours.body is None:
        if theirs.body is not None:
            yield Difference("body_new", "body", "present", "it takes a body now", ours.address)
        elif ours.body is not None:
            yield Difference("body_gone", "body", "absent", "it takes no body any more", ours.address)
        return
    if theirs.content_type != ours.content_type:
        text = f"the body was {ours.content_type}, is {theirs.content_type}"
        yield Difference("content_type", "body", str(theirs.content_type), text, ours.address)
    hints = {(row.old, row.new) for row in (*(theirs.aliases or ()), *(ours.aliases or ()))}
    yield from request_diff.compared(theirs.body, ours.body, full=theirs.full, hints=hints)


def _parameters(theirs: Mapping[str, Node], ours: Statement) -> Iterator[Difference]:
    for name, node in theirs.items():
        if name not in ours.parameters:
            yield Difference("parameter_new", name, "present", f"new parameter: {name}", ours.address, facts=node.facts)
        else:
            yield from request_diff.facts_differ(name, node, ours.parameters[name], full=True)
    for name, node in ours.parameters.items():
        if name not in theirs:
            yield Difference("parameter_gone", name, "absent", f"the parameter {name} is gone", node.address)


def _aliases(rows: tuple[Alias, ...], ours: Statement) -> Iterator[Difference]:
    old, new = {row.old: row for row in ours.aliases or ()}, {row.old: row for row in rows}
    place = (*ours.address, "x-krea-deprecated-field-aliases")
    for name, row in new.items():
        field = f"alias {name}"
        if name not in old:
            text = f"new old name: {name}, use {row.new}, accepted until {row.until}"
            yield Difference("alias_new", field, "present", text, place, facts=row._asdict())
        elif old[name].new != row.new:
            text = f"the old name {name} led to {old[name].new}, leads to {row.new}"
            yield Difference("alias_target", field, f"to {row.new}", text, place)
        if name in old and old[name].until != row.until:
            text = f"the old name {name} was accepted until {old[name].until}, is until {row.until}"
            yield Difference("alias_date", field, f"until {row.until}", text, place)
    for name in old:
        if name not in new:
            yield Difference("alias_gone", f"alias {name}", "absent", f"the old name {name} is listed no more", place)
