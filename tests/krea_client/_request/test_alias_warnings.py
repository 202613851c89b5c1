"""What a caller of a deprecated name is told, before and after its last day; the text holds no values."""

import copy
import pickle
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from krea_client._request.alias_translation import POLICIES, Policy, Rename, refused, warning_for
from krea_client._request.deprecation_warnings import (
    KreaDeprecationWarning,
    KreaSunsetWarning,
)

RENAME = Rename("aspectRatio", "aspect_ratio", date(2026, 6, 19), "z-image/z-image")
END = datetime(2026, 6, 19, tzinfo=UTC)
HEAD = "z-image/z-image: 'aspectRatio' is now 'aspect_ratio'; Krea "
TOKYO = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("now", "remaining"),
    [
        (datetime(2025, 6, 19, tzinfo=UTC), "365 days left"),
        (datetime(2026, 6, 17, 23, 59, tzinfo=UTC), "2 days left"),
        (datetime(2026, 6, 18, tzinfo=UTC), "1 day left"),
        (END - timedelta(microseconds=1), "1 day left"),
        (datetime(2026, 6, 19, 8, 59, tzinfo=TOKYO), "1 day left"),
    ],
)
def test_before_the_last_day_is_over_it_says_how_long_the_name_is_accepted(now: datetime, remaining: str) -> None:
    warning = warning_for(RENAME, now, "translate")
    assert type(warning) is KreaDeprecationWarning
    assert str(warning) == f"{HEAD}accepts the deprecated name until 2026-06-19 ({remaining}), and it was translated."


@pytest.mark.parametrize("now", [END, datetime(2026, 6, 19, 9, tzinfo=TOKYO), datetime(2040, 1, 1, tzinfo=UTC)])
def test_from_midnight_on_it_says_that_the_api_stopped_accepting_it(now: datetime) -> None:
    warning = warning_for(RENAME, now, "translate")
    assert type(warning) is KreaSunsetWarning
    assert str(warning) == f"{HEAD}stopped accepting the deprecated name on 2026-06-19, so it was translated."


def test_what_was_not_translated_is_not_called_so() -> None:
    assert str(warning_for(RENAME, END, "passthrough")).endswith("on 2026-06-19, so it was sent as given.")
    before = str(warning_for(RENAME, END - timedelta(days=3), "passthrough"))
    assert before.endswith("(3 days left), and it was sent as given.")


@pytest.mark.parametrize("now", [END, END - timedelta(days=1)])
def test_a_warning_is_a_value(now: datetime) -> None:
    warning = warning_for(RENAME, now, "translate")
    assert isinstance(warning, FutureWarning)
    for duplicate in (warning, pickle.loads(pickle.dumps(warning)), copy.copy(warning), copy.deepcopy(warning)):
        assert type(duplicate) is type(warning)
        assert str(duplicate) == str(warning)
        assert (duplicate.operation, duplicate.old, duplicate.new, duplicate.date) == (
            "z-image/z-image",
            "aspectRatio",
            "aspect_ratio",
            date(2026, 6, 19),
        )


def test_sunset_is_a_kind_of_deprecation() -> None:
    assert issubclass(KreaSunsetWarning, KreaDeprecationWarning)


def test_the_policy_error_names_every_old_name_and_the_new_one() -> None:
    error = refused((RENAME, RENAME._replace(old="imageUrl", new="image_url")))
    assert [problem.path for problem in error.problems] == ["aspectRatio", "imageUrl"]
    assert [problem.remedy for problem in error.problems] == ["use 'aspect_ratio'", "use 'image_url'"]
    assert error.model == "z-image/z-image"


def test_there_are_four_policies() -> None:
    expected: tuple[Policy, ...] = ("translate", "silent", "error", "passthrough")
    assert expected == POLICIES
