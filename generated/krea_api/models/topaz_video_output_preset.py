# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TopazVideoOutputPreset = Literal[
    "av1-10-bit",
    "av1-8-bit",
    "h264-high",
    "h265-main",
    "h265-main10",
    "prores-422-hq",
    "prores-422-lt",
    "prores-422-proxy",
    "prores-422-std",
    "vp9-best",
    "vp9-good",
]

TOPAZ_VIDEO_OUTPUT_PRESET_VALUES: set[TopazVideoOutputPreset] = {
    "av1-10-bit",
    "av1-8-bit",
    "h264-high",
    "h265-main",
    "h265-main10",
    "prores-422-hq",
    "prores-422-lt",
    "prores-422-proxy",
    "prores-422-std",
    "vp9-best",
    "vp9-good",
}


def check_topaz_video_output_preset(value: str) -> TopazVideoOutputPreset:
    if value in TOPAZ_VIDEO_OUTPUT_PRESET_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TOPAZ_VIDEO_OUTPUT_PRESET_VALUES!r}")
