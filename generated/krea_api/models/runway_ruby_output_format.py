# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

RunwayRubyOutputFormat = Literal["hdr10", "hdr_prores", "hlg"]

RUNWAY_RUBY_OUTPUT_FORMAT_VALUES: set[RunwayRubyOutputFormat] = {
    "hdr10",
    "hdr_prores",
    "hlg",
}


def check_runway_ruby_output_format(value: str) -> RunwayRubyOutputFormat:
    if value in RUNWAY_RUBY_OUTPUT_FORMAT_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {RUNWAY_RUBY_OUTPUT_FORMAT_VALUES!r}")
