# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

GrokVideo15AspectRatio = Literal["16:9", "1:1", "9:16"]

GROK_VIDEO_15_ASPECT_RATIO_VALUES: set[GrokVideo15AspectRatio] = {
    "16:9",
    "1:1",
    "9:16",
}


def check_grok_video_15_aspect_ratio(value: str) -> GrokVideo15AspectRatio:
    if value in GROK_VIDEO_15_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GROK_VIDEO_15_ASPECT_RATIO_VALUES!r}")
