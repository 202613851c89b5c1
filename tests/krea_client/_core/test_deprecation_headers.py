"""Answers may announce the end of a model in their headers; a malformed header counts as absent."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krea_client._core.deprecation_headers import warning_from
from krea_client._request.deprecation_warnings import (
    KreaDeprecationWarning,
    KreaSunsetWarning,
)

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
PAST = "Fri, 19 Jun 2026 00:00:00 GMT"
COMING = "Thu, 31 Dec 2026 23:59:59 GMT"


@pytest.mark.parametrize(
    ("value", "when"),
    [
        ("true", ""),
        ("TRUE", ""),
        ("?1", ""),
        ("@1781827200", " since 2026-06-19"),
        (" @1781827200 ", " since 2026-06-19"),
        (PAST, " since 2026-06-19"),
        ("Fri, 19 Jun 2026 01:00:00 +0200", " since 2026-06-18"),
        ("@4102444800", " from 2100-01-01 on"),
        (COMING, " from 2026-12-31 on"),
    ],
)
def test_every_form_of_a_deprecation_header_is_read(value: str, when: str) -> None:
    warning = warning_from({"deprecation": value}, "z-image/z-image", NOW)
    assert type(warning) is KreaDeprecationWarning
    assert str(warning) == f"z-image/z-image: the model is deprecated{when}; choose another model."
    assert (warning.operation, warning.old, warning.new, warning.date) == (
        "z-image/z-image",
        "z-image/z-image",
        None,
        None,
    )


@pytest.mark.parametrize(
    "value", ["", "false", "?0", "@", "@soon", "@1e9", "@" + "9" * 5000, "@-" + "9" * 30, "yes", "0"]
)
def test_a_malformed_deprecation_header_counts_as_absent(value: str) -> None:
    assert warning_from({"deprecation": value}, "m", NOW) is None


@pytest.mark.parametrize("value", ["", "soon", "@1781827200", "2026-06-19T00:00:00Z", "Fri, 32 Jun 2026 00:00:00 GMT"])
def test_a_malformed_sunset_header_counts_as_absent(value: str) -> None:
    assert warning_from({"sunset": value}, "m", NOW) is None


@pytest.mark.parametrize(
    "value", ["Fri, 31 Dec 9999 23:59:59 -1200", "Fri, 31 Dec 9999 23:59:59 -2359", "Mon, 01 Jan 0001 00:00:00 +2359"]
)
def test_a_date_beyond_the_calendar_does_not_cost_the_caller_a_job(value: str) -> None:
    # Both were seen to raise OverflowError after the submission had been accepted.
    warning_from({"sunset": value}, "m", NOW)
    warning_from({"deprecation": value}, "m", NOW)


def test_a_coming_sunset_says_until_when_the_model_works() -> None:
    warning = warning_from({"deprecation": "true", "sunset": COMING}, "m", NOW)
    assert type(warning) is KreaDeprecationWarning
    assert str(warning) == "m: the model is deprecated, and it works until 2026-12-31; choose another model."
    assert warning.date == date(2026, 12, 31)


def test_a_sunset_alone_is_enough() -> None:
    warning = warning_from({"sunset": COMING}, "m", NOW)
    assert warning is not None
    assert warning.date == date(2026, 12, 31)


def test_a_sunset_in_the_past_is_a_sunset_warning_from_its_very_second_on() -> None:
    at = datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)
    before = warning_from({"sunset": COMING}, "m", at.replace(second=58))
    after = warning_from({"sunset": COMING}, "m", at)
    assert type(before) is KreaDeprecationWarning
    assert type(after) is KreaSunsetWarning
    assert str(after) == "m: the model was switched off on 2026-12-31; choose another model."


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ('<https://krea.ai/old>; rel="deprecation"', "https://krea.ai/old"),
        ("<https://krea.ai/old>; rel=sunset", "https://krea.ai/old"),
        ('<https://a.b/1>; rel="sunset", <https://a.b/2>; rel="deprecation"', "https://a.b/2"),
        ('<https://a.b/1>; rel="next deprecation"; type="text/html"', "https://a.b/1"),
        ('<https://a.b/1>; title="x" ; REL = "Deprecation"', "https://a.b/1"),
        ('<https://a.b/1>; rel="next"', None),
        ("https://a.b/1; rel=deprecation", None),
        ("<<>>; rel", None),
    ],
)
def test_a_link_to_more_is_told_when_it_is_one(link: str, address: str | None) -> None:
    message = str(warning_from({"deprecation": "true", "link": link}, "m", NOW))
    assert message.endswith(f"choose another model. See {address}." if address else "choose another model.")


def test_a_link_alone_announces_nothing() -> None:
    assert warning_from({"link": '<https://a.b>; rel="deprecation"'}, "m", NOW) is None


NUMBERS = st.integers(-99, 99999).map(str)
DATES = st.builds(
    "{}, {} {} {} {}:{}:{} {}".format,
    st.sampled_from(["Fri", "x", ""]),
    NUMBERS,
    st.sampled_from(["Jun", "Dec", "13"]),
    NUMBERS,
    *[NUMBERS] * 3,
    st.sampled_from(["GMT", "-1200", "+2359", "-9999", "EST", ""]),
)
VALUES = st.one_of(st.none(), st.text(), DATES, NUMBERS.map("@{}".format))


@given(VALUES, VALUES, VALUES)
def test_no_header_whatever_raises(deprecation: str | None, sunset: str | None, link: str | None) -> None:
    header_values = {"deprecation": deprecation, "sunset": sunset, "link": link}
    headers = {name: value for name, value in header_values.items() if value is not None}
    warning = warning_from(headers, "m", NOW)
    assert warning is None or str(warning).startswith("m: the model ")
