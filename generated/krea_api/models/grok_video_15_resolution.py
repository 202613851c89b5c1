# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

GrokVideo15Resolution = Literal["1080p", "480p", "720p"]

GROK_VIDEO_15_RESOLUTION_VALUES: set[GrokVideo15Resolution] = {
    "1080p",
    "480p",
    "720p",
}


def check_grok_video_15_resolution(value: str) -> GrokVideo15Resolution:
    if value in GROK_VIDEO_15_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GROK_VIDEO_15_RESOLUTION_VALUES!r}")
