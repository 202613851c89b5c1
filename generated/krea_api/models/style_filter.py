# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

StyleFilter = Literal["all", "community", "editor", "gallery", "krea", "public", "shared", "unapproved", "user"]

STYLE_FILTER_VALUES: set[StyleFilter] = {
    "all",
    "community",
    "editor",
    "gallery",
    "krea",
    "public",
    "shared",
    "unapproved",
    "user",
}


def check_style_filter(value: str) -> StyleFilter:
    if value in STYLE_FILTER_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {STYLE_FILTER_VALUES!r}")
