# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

AlephRatio = Literal["1104:832", "1280:720", "1584:672", "640:480", "720:1280", "832:1104", "848:480", "960:960"]

ALEPH_RATIO_VALUES: set[AlephRatio] = {
    "1104:832",
    "1280:720",
    "1584:672",
    "640:480",
    "720:1280",
    "832:1104",
    "848:480",
    "960:960",
}


def check_aleph_ratio(value: str) -> AlephRatio:
    if value in ALEPH_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ALEPH_RATIO_VALUES!r}")
