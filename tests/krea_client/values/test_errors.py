"""Every error of the tree survives pickling and copying with all that it knows, and says what happened and what to do."""

import copy
import pickle
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest

from krea_client import errors
from krea_client.errors import FieldMessage, KreaError, Problem
from krea_client.jobs import Job

JOB = Job.from_dict({"job_id": "j1", "status": "failed", "error": {"code": "nsfw", "message": "no"}})
PROBLEM = Problem("styles[0].strength", "is 3, must be at most 2", "lower it")


def tree(kind: type[KreaError] = KreaError) -> Iterator[type[KreaError]]:
    yield kind
    for below in kind.__subclasses__():
        if below.__module__.startswith("krea_client."):
            yield from tree(below)


def one_of(kind: type[KreaError]) -> KreaError:
    """Return an error of this kind with everything set that it can carry."""
    special: dict[type[KreaError], Any] = {
        errors.RequestInvalid: lambda: errors.RequestInvalid("z-image/z-image", [PROBLEM]),
        errors.AliasConflict: lambda: errors.AliasConflict("z-image/z-image", ["imageUrl", "image_url"], "image_url"),
        errors.ModelUnknown: lambda: errors.ModelUnknown("z-imag", ["z-image/z-image"]),
        errors.OverBudget: lambda: errors.OverBudget("text", price=0.003, spent=1.0),
        errors.SaveFailed: lambda: errors.SaveFailed("text", url="https://a.b", path="a.png", job_id="j1"),
    }
    if kind in special:
        error = special[kind]()
    elif issubclass(kind, errors.AboutJob):
        error = kind("text", JOB)
    elif issubclass(kind, errors.AnswerError):
        error = kind(
            "text",
            status=400,
            body=b"\xff",
            headers={"a": "b"},
            request="GET /jobs",
            messages=[FieldMessage("a", "b")],
            job_id="j1",
        )
    else:
        error = kind("text")
    assert isinstance(error, KreaError)
    error.add_note("a note")
    return error


@pytest.mark.parametrize("kind", list(tree()), ids=lambda kind: str(kind.__name__))
def test_every_error_is_a_value(kind: type[KreaError]) -> None:
    error = one_of(kind)
    copies = [pickle.loads(pickle.dumps(error, protocol)) for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)]
    for duplicate in (*copies, copy.copy(error), copy.deepcopy(error)):
        assert type(duplicate) is kind
        assert str(duplicate) == str(error)
        assert duplicate.args == error.args
        assert vars(duplicate) == vars(error)
        assert duplicate.job_id == error.job_id


def test_what_is_set_later_is_kept_too() -> None:
    unknown = errors.OutcomeUnknown("text", request="POST /x")
    unknown.model, unknown.sent_at, unknown.failed_at = "m", datetime(2026, 1, 1, tzinfo=UTC), None
    model_gone = errors.ModelGone("text")
    model_gone.model, model_gone.replacement, model_gone.sunset = "m", "n", date(2026, 5, 13)
    busy = errors.Busy("text", status=429)
    busy.retry_after = 7.0
    for error in (unknown, model_gone, busy):
        assert vars(pickle.loads(pickle.dumps(error))) == vars(error)


def test_every_error_has_a_page_of_its_own_in_words() -> None:
    for kind in tree():
        assert (kind.__doc__ or "").strip(), kind
        if kind.__module__ != errors.__name__:  # of bulk runs, which have pages of their own
            continue
        assert kind.__name__ in (errors.__doc__ or "") or kind in (errors.AnswerError, errors.AboutJob), kind


def test_whoever_catches_a_family_catches_its_members() -> None:
    for kind in (errors.AliasConflict, errors.ModelUnknown):
        assert issubclass(kind, errors.RequestInvalid)
    for kind in (errors.OutcomeUnknown, errors.UnexpectedAnswer, errors.ConnectionFailed):
        assert not issubclass(kind, errors.ApiError)
    for kind in (errors.Rejected, errors.OutOfCredits, errors.Busy, errors.ModelGone, errors.ServerFailed):
        assert issubclass(kind, errors.ApiError)


def test_one_problem_is_one_line_and_several_are_a_list() -> None:
    error = errors.RequestInvalid("z-image/z-image", [PROBLEM])
    assert str(error) == "z-image/z-image: styles[0].strength is 3, must be at most 2: lower it (nothing was sent)"
    two = errors.RequestInvalid(None, [PROBLEM, Problem("seed", "is missing", "")])
    assert str(two) == (
        "2 problems, nothing was sent\n  styles[0].strength is 3, must be at most 2: lower it\n  seed is missing"
    )
    assert two.problems == (PROBLEM, Problem("seed", "is missing", ""))


def test_a_conflict_says_which_names_disagree_and_which_to_give() -> None:
    error = errors.AliasConflict("m", ["image_url", "imageUrl"], "image_url")
    assert str(error) == (
        "m: imageUrl is a deprecated name of 'image_url', and 'image_url' and 'imageUrl' have different values: "
        "give 'image_url' only (nothing was sent)"
    )


def test_an_unknown_model_offers_the_nearest() -> None:
    assert "did you mean 'a' or 'b'?" in str(errors.ModelUnknown("c", ["a", "b"]))
    assert "run `krea-client models list`" in str(errors.ModelUnknown("c", []))


def test_an_error_about_a_job_carries_it() -> None:
    error = errors.JobFailed("text", JOB)
    assert (error.job, error.job_id) == (JOB, "j1")


def test_an_error_keeps_no_hold_on_what_it_was_given() -> None:
    headers = {"a": "b"}
    error = errors.ApiError("text", headers=headers)
    headers["a"] = "c"
    assert error.headers == {"a": "b"}
