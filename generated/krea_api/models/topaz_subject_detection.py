# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TopazSubjectDetection = Literal["All", "Background", "Foreground"]

TOPAZ_SUBJECT_DETECTION_VALUES: set[TopazSubjectDetection] = {
    "All",
    "Background",
    "Foreground",
}


def check_topaz_subject_detection(value: str) -> TopazSubjectDetection:
    if value in TOPAZ_SUBJECT_DETECTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TOPAZ_SUBJECT_DETECTION_VALUES!r}")
