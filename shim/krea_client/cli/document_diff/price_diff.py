"""Compares published prices."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from krea_client.cli.document_diff.differences import Difference
from krea_client.cli.document_diff.operation_facts import PriceRow, Statement


def prices(theirs: Statement, ours: Statement) -> Iterator[Difference]:
    """Yields one difference for each price that changed, came or went; for the whole where rows cannot be told apart."""
    new, old = theirs.prices or (), ours.prices or ()
    place = (*ours.address, "x-krea-pricing") if old else ours.address
    if not new or not old:
        if new:
            yield Difference("price", "price", _said(new), f"a price is published now: {_said(new)}", place)
        elif old:
            yield Difference("price", "price", "absent", f"no price is published any more, was {_said(old)}", place)
        return
    if ours.span:
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
    least, most = min(row.amount for row in new), max(row.amount for row in new)
    if least != old[0].amount or (len(old) > 1 and most != old[-1].amount):
        yield Difference("price", "price", _said(new), f"the prices were {_said(old)}, are {_said(new)}", place)


def _paired(new: tuple[PriceRow, ...], old: tuple[PriceRow, ...]) -> list[tuple[PriceRow, PriceRow]]:
    """Rows that hold for the same values; empty unless most find their partner."""
    pairs: list[tuple[PriceRow, PriceRow]] = []
    for row in new:
        partners = [it for it in old if it.label and _tight(row.label) in _spellings(it.label)]
        if len(partners) == 1:
            pairs.append((row, partners[0]))
    return pairs if len(pairs) * 2 >= len(old) and len(pairs) * 2 > len(new) else []


def _tight(label: str) -> str:
    return label.lower().replace(" ", "")


def _spellings(label: str) -> set[str]:
    """The values of a row in any order, as a table copied without its borders shows them."""
    return {"".join(order) for order in permutations(label.split()[:4])}


def _sums(rows: tuple[PriceRow, ...]) -> set[tuple[float, str]]:
    return {(row.amount, row.per or "request") for row in rows}


def _said(rows: tuple[PriceRow, ...]) -> str:
    return ", ".join(dict.fromkeys(map(str, rows)))
