# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

GrokImagine2Quality = Literal["low", "medium"]

GROK_IMAGINE_2_QUALITY_VALUES: set[GrokImagine2Quality] = {
    "low",
    "medium",
}


def check_grok_imagine_2_quality(value: str) -> GrokImagine2Quality:
    if value in GROK_IMAGINE_2_QUALITY_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GROK_IMAGINE_2_QUALITY_VALUES!r}")
