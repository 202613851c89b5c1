# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TopazVideoUpscaleEnhancementFocusFix = Literal["None", "Normal", "Strong"]

TOPAZ_VIDEO_UPSCALE_ENHANCEMENT_FOCUS_FIX_VALUES: set[TopazVideoUpscaleEnhancementFocusFix] = {
    "None",
    "Normal",
    "Strong",
}


def check_topaz_video_upscale_enhancement_focus_fix(value: str) -> TopazVideoUpscaleEnhancementFocusFix:
    if value in TOPAZ_VIDEO_UPSCALE_ENHANCEMENT_FOCUS_FIX_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TOPAZ_VIDEO_UPSCALE_ENHANCEMENT_FOCUS_FIX_VALUES!r}")
