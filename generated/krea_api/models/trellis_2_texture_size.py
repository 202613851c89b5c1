# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

Trellis2TextureSize = Literal["1024", "2048", "4096"]

TRELLIS_2_TEXTURE_SIZE_VALUES: set[Trellis2TextureSize] = {
    "1024",
    "2048",
    "4096",
}


def check_trellis_2_texture_size(value: str) -> Trellis2TextureSize:
    if value in TRELLIS_2_TEXTURE_SIZE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {TRELLIS_2_TEXTURE_SIZE_VALUES!r}")
