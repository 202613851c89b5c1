# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Gen4VideoAspectRatio = Literal["1280:720", "720:1280"]

GEN_4_VIDEO_ASPECT_RATIO_VALUES: set[Gen4VideoAspectRatio] = {
    "1280:720",
    "720:1280",
}


def check_gen_4_video_aspect_ratio(value: str) -> Gen4VideoAspectRatio:
    if value in GEN_4_VIDEO_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GEN_4_VIDEO_ASPECT_RATIO_VALUES!r}")
