# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

RunwayRubyProresProfile = Literal["422", "422 HQ", "4444"]

RUNWAY_RUBY_PRORES_PROFILE_VALUES: set[RunwayRubyProresProfile] = {
    "422",
    "422 HQ",
    "4444",
}


def check_runway_ruby_prores_profile(value: str) -> RunwayRubyProresProfile:
    if value in RUNWAY_RUBY_PRORES_PROFILE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RUNWAY_RUBY_PRORES_PROFILE_VALUES!r}")
