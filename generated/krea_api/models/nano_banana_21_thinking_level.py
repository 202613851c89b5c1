# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

NanoBanana21ThinkingLevel = Literal["high", "medium", "minimal"]

NANO_BANANA_21_THINKING_LEVEL_VALUES: set[NanoBanana21ThinkingLevel] = {
    "high",
    "medium",
    "minimal",
}


def check_nano_banana_21_thinking_level(value: str) -> NanoBanana21ThinkingLevel:
    if value in NANO_BANANA_21_THINKING_LEVEL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {NANO_BANANA_21_THINKING_LEVEL_VALUES!r}")
