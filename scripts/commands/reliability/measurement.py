"""A measured figure beside its goal."""

from __future__ import annotations

from typing import NamedTuple


class Measurement(NamedTuple):
    """One row of docs/reliability.md."""

    name: str
    title: str
    measured: str
    goal: str
    is_met: bool
