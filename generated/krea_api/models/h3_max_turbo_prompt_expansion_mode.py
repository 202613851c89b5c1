# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

H3MaxTurboPromptExpansionMode = Literal["balanced", "quality"]

H3_MAX_TURBO_PROMPT_EXPANSION_MODE_VALUES: set[H3MaxTurboPromptExpansionMode] = {
    "balanced",
    "quality",
}


def check_h3_max_turbo_prompt_expansion_mode(value: str) -> H3MaxTurboPromptExpansionMode:
    if value in H3_MAX_TURBO_PROMPT_EXPANSION_MODE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {H3_MAX_TURBO_PROMPT_EXPANSION_MODE_VALUES!r}")
