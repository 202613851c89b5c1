# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""Types that models and operations share."""

from collections.abc import Mapping
from typing import Generic, Literal, TypeVar

from attrs import frozen

T_co = TypeVar("T_co", covariant=True)


class Unset:
    """The type of UNSET."""

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "UNSET"

    def __reduce__(self) -> str:
        return "UNSET"  # copy and pickle give back the one that `is` finds


UNSET: Unset = Unset()
"""Stands for a field that is not sent, or was not answered."""


@frozen
class Response(Generic[T_co]):
    """A successful answer: its status, headers and bytes, and what they mean."""

    status_code: int
    content: bytes
    headers: Mapping[str, str]
    parsed: T_co


__all__ = ["UNSET", "Response", "Unset"]
