"""Warnings obey Python's own filters, at the user's line, and leave nothing behind that grows."""

import logging
import warnings
from collections.abc import Iterator
from typing import Any

import pytest

from krea_client._request.call_site import Site
from krea_client._request.deprecation_warnings import KreaDeprecationWarning, KreaSunsetWarning, log_notes, warn


@pytest.fixture
def recorded_warnings() -> Iterator[list[warnings.WarningMessage]]:
    with warnings.catch_warnings(record=True) as excinfo:
        warnings.resetwarnings()
        yield excinfo


def site(registry: dict[Any, Any] | None = None, *, module: str = "app", is_known: bool = True) -> Site:
    return Site("/srv/shop/app.py", 9, module, {} if registry is None else registry, is_known)


def test_it_is_shown_by_default_even_from_an_imported_module(recorded_warnings: list[warnings.WarningMessage]) -> None:
    warnings.simplefilter("ignore", DeprecationWarning)  # as Python does for everybody but __main__
    warn(KreaDeprecationWarning("old"), site(module="deep.inside"))
    (warning,) = recorded_warnings
    assert (warning.filename, warning.lineno, warning.category) == ("/srv/shop/app.py", 9, KreaDeprecationWarning)


@pytest.mark.parametrize(
    ("action", "category", "module", "count"),
    [
        ("ignore", KreaDeprecationWarning, "", 0),
        ("ignore", FutureWarning, "", 0),
        ("ignore", KreaSunsetWarning, "", 2),
        ("ignore", KreaDeprecationWarning, "other", 2),
        ("ignore", KreaDeprecationWarning, "app", 0),
        ("always", KreaDeprecationWarning, "", 2),
        ("once", KreaDeprecationWarning, "", 1),
        ("default", KreaDeprecationWarning, "", 1),
    ],
)
def test_pythons_filters_decide(
    recorded_warnings: list[warnings.WarningMessage], action: Any, category: type[Warning], module: str, count: int
) -> None:
    warnings.simplefilter("always")
    warnings.filterwarnings(action, category=category, module=module)
    place = site()
    for _ in range(2):
        warn(KreaDeprecationWarning("old"), place)
    assert len(recorded_warnings) == count


def test_a_filter_makes_it_an_error_with_its_attributes(recorded_warnings: list[warnings.WarningMessage]) -> None:
    warnings.simplefilter("error", KreaSunsetWarning)
    warn(KreaDeprecationWarning("not yet"), site())
    with pytest.raises(KreaSunsetWarning) as excinfo:
        warn(KreaSunsetWarning("over", operation="m", old="a", new="b"), site())
    assert (excinfo.value.operation, excinfo.value.old, excinfo.value.new) == ("m", "a", "b")


def test_a_worker_thread_is_told_of_in_the_text_once(recorded_warnings: list[warnings.WarningMessage]) -> None:
    warnings.simplefilter("always")
    place = site(is_known=False)
    for _ in range(2):
        warn(KreaDeprecationWarning("old"), place)
    texts = {str(warning.message) for warning in recorded_warnings}
    assert texts == {"old (the caller is unknown: no line of your code is on the stack, as in a worker thread)"}


def test_what_python_remembers_of_a_line_does_not_grow(recorded_warnings: list[warnings.WarningMessage]) -> None:
    registry: dict[Any, Any] = {}
    for name in ["aspectRatio", "imageUrl"] * 5_000:
        warn(KreaSunsetWarning(f"m: {name!r} is now something else"), site(registry))
    assert len(recorded_warnings) == 2
    assert len(registry) <= 3  # one for each name, and the version of the filters


def test_notes_that_nobody_will_read_go_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    error = RuntimeError()
    error.add_note("job j1 goes on: 100 %")
    with caplog.at_level(logging.WARNING, "krea_client"):
        log_notes(error)
        log_notes(RuntimeError())
    assert caplog.messages == ["job j1 goes on: 100 %"]
