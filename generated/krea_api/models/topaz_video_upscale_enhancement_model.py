# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

TopazVideoUpscaleEnhancementModel = Literal[
    "aaa-9",
    "ahq-12",
    "alq-13",
    "alqs-2",
    "amq-13",
    "amqs-2",
    "ddv-3",
    "dtd-4",
    "dtds-2",
    "dtv-4",
    "dtvs-2",
    "gcg-5",
    "ghq-5",
    "iris-2",
    "iris-3",
    "nxf-1",
    "nyx-3",
    "prob-4",
    "rhea-1",
    "sl-1",
    "thd-3",
    "thf-4",
    "thm-2",
]

TOPAZ_VIDEO_UPSCALE_ENHANCEMENT_MODEL_VALUES: set[TopazVideoUpscaleEnhancementModel] = {
    "aaa-9",
    "ahq-12",
    "alq-13",
    "alqs-2",
    "amq-13",
    "amqs-2",
    "ddv-3",
    "dtd-4",
    "dtds-2",
    "dtv-4",
    "dtvs-2",
    "gcg-5",
    "ghq-5",
    "iris-2",
    "iris-3",
    "nxf-1",
    "nyx-3",
    "prob-4",
    "rhea-1",
    "sl-1",
    "thd-3",
    "thf-4",
    "thm-2",
}


def check_topaz_video_upscale_enhancement_model(value: str) -> TopazVideoUpscaleEnhancementModel:
    if value in TOPAZ_VIDEO_UPSCALE_ENHANCEMENT_MODEL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TOPAZ_VIDEO_UPSCALE_ENHANCEMENT_MODEL_VALUES!r}")
