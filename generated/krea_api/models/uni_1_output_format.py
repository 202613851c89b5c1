# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Uni1OutputFormat = Literal["jpeg", "png"]

UNI_1_OUTPUT_FORMAT_VALUES: set[Uni1OutputFormat] = {
    "jpeg",
    "png",
}


def check_uni_1_output_format(value: str) -> Uni1OutputFormat:
    if value in UNI_1_OUTPUT_FORMAT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {UNI_1_OUTPUT_FORMAT_VALUES!r}")
