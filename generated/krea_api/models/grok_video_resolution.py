# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

GrokVideoResolution = Literal["480p", "720p"]

GROK_VIDEO_RESOLUTION_VALUES: set[GrokVideoResolution] = {
    "480p",
    "720p",
}


def check_grok_video_resolution(value: str) -> GrokVideoResolution:
    if value in GROK_VIDEO_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GROK_VIDEO_RESOLUTION_VALUES!r}")
