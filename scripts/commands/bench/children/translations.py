"""What deprecated field names cost before a request goes out, beside its JSON text. Prints JSON: CPU seconds of every batch.

Usage: translations.py ROUNDS BATCH. Warnings are made, and suppressed by Python's own filter.
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from krea_client._request import alias_translation
from krea_client._request.build import SubmitOptions, TranslationRules, build_request
from krea_client._request.call_site import call_site
from krea_client._spec.catalogue import catalogue

MODEL = "z-image/z-image"
NEW = {
    "prompt": "a gothic cathedral at dusk",
    "aspect_ratio": "16:9",
    "resolution": "1K",
    "image_url": "https://example.com/a.png",
    "skip_prompt_expansion": True,
}


def with_old_names(count: int) -> dict[str, object]:
    """Return the same body with so many of its fields under their deprecated names."""
    table = {alias.new: alias.old for alias in catalogue().of_model(MODEL).aliases.values()}
    old = [name for name in NEW if name in table][:count]
    return {(table[name] if name in old else name): value for name, value in NEW.items()}


def subjects() -> dict[str, Callable[[], object]]:
    """Return what is measured, by name."""
    rules = TranslationRules(lambda: datetime(2026, 11, 20, tzinfo=UTC), catalogue())
    site, options = call_site(), SubmitOptions()
    calls_by_name: dict[str, Callable[[], object]] = {"json": lambda: json.dumps(NEW)}
    for count in (0, 1, 3):
        body = with_old_names(count)
        calls_by_name[f"translate {count}"] = partial(alias_translation.translate, MODEL, body)
        calls_by_name[f"prepare {count}"] = partial(build_request, MODEL, body, {}, options, rules, site)
    return calls_by_name


def main(rounds: str, size: str) -> None:
    """Measure and print."""
    warnings.simplefilter("ignore")
    calls = subjects()
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for number in range(int(rounds) + 1):
        for name, call in calls.items():
            began = time.process_time()
            for _ in range(int(size)):
                call()
            if number:  # the first round is for warming up
                seconds[name].append(time.process_time() - began)
    print(json.dumps(seconds))


if __name__ == "__main__":
    main(*sys.argv[1:])
