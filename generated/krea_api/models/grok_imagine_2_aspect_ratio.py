# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

GrokImagine2AspectRatio = Literal[
    "16:9", "19.5:9", "1:1", "1:2", "20:9", "2:1", "2:3", "3:2", "3:4", "4:3", "9:16", "9:19.5", "9:20"
]

GROK_IMAGINE_2_ASPECT_RATIO_VALUES: set[GrokImagine2AspectRatio] = {
    "16:9",
    "19.5:9",
    "1:1",
    "1:2",
    "20:9",
    "2:1",
    "2:3",
    "3:2",
    "3:4",
    "4:3",
    "9:16",
    "9:19.5",
    "9:20",
}


def check_grok_imagine_2_aspect_ratio(value: str) -> GrokImagine2AspectRatio:
    if value in GROK_IMAGINE_2_ASPECT_RATIO_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GROK_IMAGINE_2_ASPECT_RATIO_VALUES!r}")
