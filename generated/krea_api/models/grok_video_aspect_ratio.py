# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

GrokVideoAspectRatio = Literal["16:9", "1:1", "2:3", "3:2", "3:4", "4:3", "9:16"]

GROK_VIDEO_ASPECT_RATIO_VALUES: set[GrokVideoAspectRatio] = {
    "16:9",
    "1:1",
    "2:3",
    "3:2",
    "3:4",
    "4:3",
    "9:16",
}


def check_grok_video_aspect_ratio(value: str) -> GrokVideoAspectRatio:
    if value in GROK_VIDEO_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GROK_VIDEO_ASPECT_RATIO_VALUES!r}")
