# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TopazVideoUpscaleEnhancementVideoType = Literal["Interlaced", "Progressive", "ProgressiveInterlaced"]

TOPAZ_VIDEO_UPSCALE_ENHANCEMENT_VIDEO_TYPE_VALUES: set[TopazVideoUpscaleEnhancementVideoType] = {
    "Interlaced",
    "Progressive",
    "ProgressiveInterlaced",
}


def check_topaz_video_upscale_enhancement_video_type(value: str) -> TopazVideoUpscaleEnhancementVideoType:
    if value in TOPAZ_VIDEO_UPSCALE_ENHANCEMENT_VIDEO_TYPE_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {TOPAZ_VIDEO_UPSCALE_ENHANCEMENT_VIDEO_TYPE_VALUES!r}"
    )
