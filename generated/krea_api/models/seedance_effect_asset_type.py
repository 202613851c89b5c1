# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

SeedanceEffectAssetType = Literal["image", "video"]

SEEDANCE_EFFECT_ASSET_TYPE_VALUES: set[SeedanceEffectAssetType] = {
    "image",
    "video",
}


def check_seedance_effect_asset_type(value: str) -> SeedanceEffectAssetType:
    if value in SEEDANCE_EFFECT_ASSET_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {SEEDANCE_EFFECT_ASSET_TYPE_VALUES!r}")
