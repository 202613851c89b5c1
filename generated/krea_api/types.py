# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""Types that models and operations share."""

from collections.abc import Mapping
from typing import IO, BinaryIO, Generic, Literal, TypeVar

from attrs import define, frozen

FileContent = IO[bytes] | bytes | str
FileTypes = tuple[str | None, FileContent, str | None] | tuple[str | None, FileContent, str | None, Mapping[str, str]]
RequestFiles = list[tuple[str, FileTypes]]
"""What httpx takes as `files`: field name, and file name, content, media type, headers of each."""

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


@define
class File:
    """A file to upload; read from where it stands, so give a new one for each call."""

    payload: BinaryIO
    file_name: str | None = None
    mime_type: str | None = None

    def to_tuple(self) -> FileTypes:
        """The file as httpx takes it."""
        return self.file_name, self.payload, self.mime_type


@frozen
class Response(Generic[T_co]):
    """A successful answer: its status, headers and bytes, and what they mean."""

    status_code: int
    content: bytes
    headers: Mapping[str, str]
    parsed: T_co


__all__ = ["UNSET", "File", "FileTypes", "RequestFiles", "Response", "Unset"]
