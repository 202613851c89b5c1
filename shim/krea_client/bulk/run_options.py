"""The options of a bulk run: what callers may pass, and what the runner makes of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypedDict

from krea_client._core.budget import in_millionths
from krea_client._core.policies import can_be_waited
from krea_client.bulk.progress_figures import BulkProgress, RunControl
from krea_client.bulk.run_parts import RunnerOptions
from krea_client.bulk.webhook_receiver import WebhookAddresses

BulkInput = str | os.PathLike[str] | Iterable[Any]


class BulkOptions(TypedDict, total=False):
    """Options of a bulk run; all have defaults.

    Attributes:
        key: for an iterable: makes the key of what it yields. Items are numbered where None.
        set: fields, and `model`, of the items that have none of their own.
        media: the folder that local files of the input (`@name`) may be in; each is uploaded once.
        at_once: largest number of jobs at a time; 8 by default.
        lane: POSTs that may be unanswered at a time; None widens it from 1 only while slots stand idle.
        downloads: largest number of downloads at a time; 0 leaves them to `batch work`. By default 8, and one for each 16 jobs where more
            than 128 run at once, up to 24: results that wait for their download keep the run from sending.
        budget: in USD, for the whole run, also where it is resumed; the client's own budget holds besides.
        journal: address of the journal; KREA_BULK_JOURNAL, then an SQLite file in the output where None.
        resend_absent: an interrupted POST whose job is not in the account's list is sent again.
        settle_seconds: how long after its intent a POST may still create a job; 5 s and the client's timeout where None.
        shared: whether another program uses the account; None finds out.
        check: False sends the bodies unchecked.
        webhook: where the API reaches a receiver of this process, such as https://example.com/krea; each item gets an address of its
            own there, see `RunningBulk.addresses`. Or a function that makes the address of an item of its number.
        on_plan: called with the number of lines that were checked, now and then.
        on_progress: called with a `BulkProgress`, now and then.
        control: a `RunControl`, by which another thread stops the run.
    """

    key: Callable[[Any], object] | None
    set: Mapping[str, Any]
    media: str | os.PathLike[str] | None
    at_once: int
    lane: int | None
    downloads: int | None
    budget: float | None
    journal: str | os.PathLike[str] | None
    resend_absent: bool
    settle_seconds: float | None
    shared: bool | None
    check: bool
    webhook: str | Callable[[int], str] | None
    on_plan: Callable[[int], object] | None
    on_progress: Callable[[BulkProgress], object] | None
    control: RunControl


class _OptionRule(NamedTuple):
    """What the value of an option must be: a test, and its name for errors."""

    holds: Callable[[Any], bool]
    expected: str


def _is_count(least: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= least


def _is_one_of(*kinds: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, kinds)


def _is_webhook(value: object) -> bool:
    return isinstance(value, str) or callable(value)


_SWITCH = _OptionRule(_is_one_of(bool), "True or False")
_FUNCTION = _OptionRule(callable, "a function")
_RULES: Mapping[str, _OptionRule] = {
    "key": _FUNCTION,
    "set": _OptionRule(_is_one_of(Mapping), "a mapping of fields"),
    "media": _OptionRule(_is_one_of(str, os.PathLike), "the path of a folder"),
    "at_once": _OptionRule(_is_count(1), "1 or more"),
    "lane": _OptionRule(_is_count(1), "1 or more"),
    "downloads": _OptionRule(_is_count(0), "0 or more"),
    "journal": _OptionRule(_is_one_of(str, os.PathLike), "a folder, or an address such as postgresql://host/database"),
    "resend_absent": _SWITCH,
    "settle_seconds": _OptionRule(can_be_waited, "0 or more seconds"),
    "shared": _SWITCH,
    "check": _SWITCH,
    "webhook": _OptionRule(_is_webhook, "an address, or a function"),
    "on_plan": _FUNCTION,
    "on_progress": _FUNCTION,
    "control": _OptionRule(_is_one_of(RunControl), "a RunControl"),
}
_MAY_BE_NONE = frozenset(name for name, kind in BulkOptions.__annotations__.items() if "None" in str(kind))


def check_options(options: BulkOptions) -> None:
    """Check the names and the values of options.

    Raises:
        TypeError: there is no such option, or a value is of another type.
        ValueError: a value is out of its range.
    """
    if unknown := sorted(options.keys() - BulkOptions.__annotations__.keys()):
        raise TypeError(
            f"{unknown[0]!r} is no option of a bulk run; there are {', '.join(BulkOptions.__annotations__)}"
        )
    for name, value in options.items():
        rule = _RULES.get(name)  # the budget is checked where it is counted
        if rule is None or (value is None and name in _MAY_BE_NONE) or rule.holds(value):
            continue
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        error = ValueError if is_number and "or more" in rule.expected else TypeError
        raise error(f"{name}={value!r}: give {rule.expected}")


def runner_options(options: BulkOptions) -> RunnerOptions:
    """Return the options of the runner; raise what `check_options` raises."""
    check_options(options)
    budget, webhook = options.get("budget"), options.get("webhook")
    at_once, downloads = options.get("at_once", 8), options.get("downloads")
    return RunnerOptions(
        at_once=at_once,
        lane=options.get("lane"),
        downloads=min(24, max(8, at_once // 16)) if downloads is None else downloads,
        resend_absent=options.get("resend_absent", False),
        settle_seconds=options.get("settle_seconds"),
        budget=None if budget is None else in_millionths(budget),
        shared=options.get("shared"),
        webhook=WebhookAddresses(webhook).of if isinstance(webhook, str) else webhook,
    )
