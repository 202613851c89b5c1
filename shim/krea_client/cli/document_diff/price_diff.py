"""Comparison of published prices."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from krea_client.cli.document_diff.differences import Difference
from krea_client.cli.document_diff.operation_facts import PriceRow, Statement


def prices(source: Statement, reference: Statement) -> Iterator[Difference]:
    """Yield one difference for each price that changed, was added or removed; for the whole where rows cannot be told apart."""
    new, old = source.prices or (), reference.prices or ()
    place = (*reference.address, "x-krea-pricing") if old else reference.address
    if not new or not old:
        if new:
            yield Difference("price", "price", _said(new), f"a price is published now: {_said(new)}", place)
        elif old:
            yield Difference("price", "price", "absent", f"no price is published any longer, was {_said(old)}", place)
        return
    if reference.span:
        yield from _range(new, old, place)
    elif (len(new) == len(old) == 1) or not (pairs := _paired(new, old)):
        if _sums(new) != _sums(old):
            yield Difference("price", "price", _said(new), f"the price was {_said(old)}, is {_said(new)}", place)
    else:
        yield from _rows(pairs, new, old, place)


def _rows(
    pairs: list[tuple[PriceRow, PriceRow]],
    new: tuple[PriceRow, ...],
    old: tuple[PriceRow, ...],
    place: tuple[str | int, ...],
) -> Iterator[Difference]:
    for now, was in pairs:
        if (now.amount, now.per or was.per) != (was.amount, was.per):
            text = f"the price for {was.label} was {was}, is {now}"
            yield Difference("price", f"price {was.label}", str(now), text, place)
    for row in new:
        if row not in [now for now, _ in pairs]:
            yield Difference("price", f"price {row.label}", str(row), f"new price for {row.label}: {row}", place)
    for row in old:
        if row not in [was for _, was in pairs]:
            yield Difference("price", f"price {row.label}", "absent", f"the price for {row.label} is gone", place)


def _range(new: tuple[PriceRow, ...], old: tuple[PriceRow, ...], place: tuple[str | int, ...]) -> Iterator[Difference]:
    lowest, highest = min(row.amount for row in new), max(row.amount for row in new)
    if lowest != old[0].amount or (len(old) > 1 and highest != old[-1].amount):
        yield Difference("price", "price", _said(new), f"the prices were {_said(old)}, are {_said(new)}", place)


def _paired(new: tuple[PriceRow, ...], old: tuple[PriceRow, ...]) -> list[tuple[PriceRow, PriceRow]]:
    """Return pairs of rows that hold for the same values; empty unless most find their partner."""
    pairs: list[tuple[PriceRow, PriceRow]] = []
    for row in new:
        partners = [
            row_before for row_before in old if row_before.label and _tight(row.label) in _spellings(row_before.label)
        ]
        if len(partners) == 1:
            pairs.append((row, partners[0]))
    return pairs if len(pairs) * 2 >= len(old) and len(pairs) * 2 > len(new) else []


def _tight(label: str) -> str:
    return label.lower().replace(" ", "")


def _spellings(label: str) -> set[str]:
    """Return the values of a row in any order, as a table copied without its borders shows them."""
    return {"".join(order) for order in permutations(label.split()[:4])}


def _sums(rows: tuple[PriceRow, ...]) -> set[tuple[float, str]]:
    return {(row.amount, row.per or "request") for row in rows}


def _said(rows: tuple[PriceRow, ...]) -> str:
    return ", ".join(dict.fromkeys(map(str, rows)))
