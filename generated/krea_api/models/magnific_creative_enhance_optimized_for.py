# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

MagnificCreativeEnhanceOptimizedFor = Literal[
    "3d_renders",
    "art_n_illustration",
    "films_n_photography",
    "hard_portraits",
    "nature_n_landscapes",
    "science_fiction_n_horror",
    "soft_portraits",
    "standard",
    "videogame_assets",
]

MAGNIFIC_CREATIVE_ENHANCE_OPTIMIZED_FOR_VALUES: set[MagnificCreativeEnhanceOptimizedFor] = {
    "3d_renders",
    "art_n_illustration",
    "films_n_photography",
    "hard_portraits",
    "nature_n_landscapes",
    "science_fiction_n_horror",
    "soft_portraits",
    "standard",
    "videogame_assets",
}


def check_magnific_creative_enhance_optimized_for(value: str) -> MagnificCreativeEnhanceOptimizedFor:
    if value in MAGNIFIC_CREATIVE_ENHANCE_OPTIMIZED_FOR_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {MAGNIFIC_CREATIVE_ENHANCE_OPTIMIZED_FOR_VALUES!r}")
