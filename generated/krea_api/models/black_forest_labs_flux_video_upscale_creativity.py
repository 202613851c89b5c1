# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

BlackForestLabsFluxVideoUpscaleCreativity = Literal["creative", "precise"]

BLACK_FOREST_LABS_FLUX_VIDEO_UPSCALE_CREATIVITY_VALUES: set[BlackForestLabsFluxVideoUpscaleCreativity] = {
    "creative",
    "precise",
}


def check_black_forest_labs_flux_video_upscale_creativity(value: str) -> BlackForestLabsFluxVideoUpscaleCreativity:
    if value in BLACK_FOREST_LABS_FLUX_VIDEO_UPSCALE_CREATIVITY_VALUES:
        return value
    raise TypeError(
        f"Unexpected value {value!r}. Expected one of {BLACK_FOREST_LABS_FLUX_VIDEO_UPSCALE_CREATIVITY_VALUES!r}"
    )
