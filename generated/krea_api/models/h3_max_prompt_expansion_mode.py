# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

H3MaxPromptExpansionMode = Literal["balanced", "disabled", "fast", "quality"]

H3_MAX_PROMPT_EXPANSION_MODE_VALUES: set[H3MaxPromptExpansionMode] = {
    "balanced",
    "disabled",
    "fast",
    "quality",
}


def check_h3_max_prompt_expansion_mode(value: str) -> H3MaxPromptExpansionMode:
    if value in H3_MAX_PROMPT_EXPANSION_MODE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {H3_MAX_PROMPT_EXPANSION_MODE_VALUES!r}")
