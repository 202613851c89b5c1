# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TopazVideoUpscaleEnhancementParameters = Literal["Auto", "Manual"]

TOPAZ_VIDEO_UPSCALE_ENHANCEMENT_PARAMETERS_VALUES: set[TopazVideoUpscaleEnhancementParameters] = {
    "Auto",
    "Manual",
}


def check_topaz_video_upscale_enhancement_parameters(value: str) -> TopazVideoUpscaleEnhancementParameters:
    if value in TOPAZ_VIDEO_UPSCALE_ENHANCEMENT_PARAMETERS_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {TOPAZ_VIDEO_UPSCALE_ENHANCEMENT_PARAMETERS_VALUES!r}"
    )
