# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

GrokImagine2Resolution = Literal["1K", "2K"]

GROK_IMAGINE_2_RESOLUTION_VALUES: set[GrokImagine2Resolution] = {
    "1K",
    "2K",
}


def check_grok_imagine_2_resolution(value: str) -> GrokImagine2Resolution:
    if value in GROK_IMAGINE_2_RESOLUTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GROK_IMAGINE_2_RESOLUTION_VALUES!r}")
