"""Names of results: folders of 1,000 items, a file named by its item's key, so that no two items can have one name anywhere."""

from __future__ import annotations

import re

ITEMS_PER_FOLDER = 1_000
# Lower case only: some file systems do not tell a from A. Neither . nor ~ is in a plain key, so both can mark what is added.
_PLAIN = re.compile(r"[a-z0-9_][a-z0-9_-]{0,79}")
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))})
_FOLDER_NAME = re.compile(r"[0-9]{3,}")


def result_name(ordinal: int, key: str, number: int = 1) -> str:
    """Return the name of a result without its extension, such as "000/cat", "012/Cat~12345" or "000/cat.2" for the second one."""
    stem = key
    if not _PLAIN.fullmatch(key) or key in _DEVICES:
        stem = f"{re.sub('[^A-Za-z0-9_-]', '_', key)[:60].lstrip('-')}~{ordinal}"
    second = "" if number == 1 else f".{number}"
    return f"{folder_of(ordinal)}/{stem}{second}"


def folder_of(ordinal: int) -> str:
    """Return the folder of an item's results."""
    return f"{ordinal // ITEMS_PER_FOLDER:03d}"


def is_result_folder(name: str) -> bool:
    """Return True for the name of a folder that holds results."""
    return _FOLDER_NAME.fullmatch(name) is not None
