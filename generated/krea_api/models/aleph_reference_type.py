# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

AlephReferenceType = Literal["image"]

ALEPH_REFERENCE_TYPE_VALUES: set[AlephReferenceType] = {
    "image",
}


def check_aleph_reference_type(value: str) -> AlephReferenceType:
    if value in ALEPH_REFERENCE_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ALEPH_REFERENCE_TYPE_VALUES!r}")
