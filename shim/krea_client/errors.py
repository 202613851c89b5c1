"""Every error that this package raises on purpose, as one tree under KreaError. Each can be pickled and says what to do.

KreaError
    RequestInvalid            the request was refused here; nothing was sent
        AliasConflict           a deprecated and a current field name with different values
        ModelUnknown            no such model id
    OverBudget                the client's budget does not allow it; nothing was sent
    ApiError                  the API refused the request with an error status
        Unauthorized 401, OutOfCredits 402, Forbidden 403, NotFound 404, Conflict 409, ModelGone 410,
        Rejected 400/422, Busy 429, ServerFailed 5xx on reads
    UnexpectedAnswer          a response that this client cannot read
    OutcomeUnknown            a paid request that may or may not have been accepted
    ConnectionFailed          the API was not reached, or a read got no response
    JobFailed, JobCancelled, JobEmpty, WaitTimeout      each carries its job
    SaveFailed                a result could not be saved as a file
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Date
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from krea_client.jobs import Job

OPEN_JOBS = "krea_open_jobs"  # the attribute in which any exception carries them


def open_jobs(error: BaseException) -> tuple[Job, ...]:
    """Return the jobs that went on at Krea when an exception ended their wait, in their last known state.

    Any exception may carry them: a cancellation, an interrupt, the error of a callback. Its causes and the members of an exception
    group are searched too.
    """
    jobs: dict[str, Job] = {}
    pending: list[BaseException | None] = [error]
    visited: set[int] = set()
    while pending:
        part = pending.pop()
        if part is None or id(part) in visited:
            continue
        visited.add(id(part))
        jobs.update((job.id, job) for job in getattr(part, OPEN_JOBS, ()))
        pending += [part.__cause__, part.__context__]
        pending += getattr(part, "exceptions", ())  # of a group
    return tuple(jobs.values())


class KreaError(Exception):
    """Base class of every error that this package raises on purpose.

    Attributes:
        job_id: id of the job that it is about, or None where no job is known.
    """

    job_id: str | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions pickle by calling the class with `args`; ours are built from keywords, so the state is restored as it is.
        return _revive, (type(self), self.args, self.__dict__)


def _revive(kind: type[KreaError], args: tuple[Any, ...], state: dict[str, Any]) -> KreaError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class Problem(NamedTuple):
    """One problem of a request.

    Attributes:
        path: where in the body, such as "styles[0].strength".
        rule: what is wrong with it, such as "is 3, must be at most 2".
        remedy: what to do about it.
    """

    path: str
    rule: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.path} {self.rule}" + (f": {self.remedy}" if self.remedy else "")


class Undocumented(Problem):
    """A field that the model does not document, with no similar name among those it does. It can be sent all the same."""

    def with_remedy(self, remedy: str) -> str:
        """Return the text of the problem with a way to send the field, such as "goes into extra_body="."""
        return f"{super().__str__()}; an undocumented one {remedy}"

    def __str__(self) -> str:
        return self.with_remedy("goes into extra_body=")


class RequestInvalid(KreaError):
    """The request breaks the documented rules. Nothing was sent, nothing was charged.

    Attributes:
        model: the model of the request, or None.
        problems: every `Problem`, in the order of the body.
    """

    def __init__(self, model: str | None, problems: Sequence[Problem]) -> None:
        self.model = model
        self.problems: tuple[Problem, ...] = tuple(problems)
        where = f"{model}: " if model else ""
        if len(self.problems) == 1:
            text = f"{where}{self.problems[0]} (nothing was sent)"
        else:
            lines = "".join(f"\n  {problem}" for problem in self.problems)
            text = f"{where}{len(self.problems)} problems, nothing was sent{lines}"
        super().__init__(text)


class AliasConflict(RequestInvalid):
    """A deprecated and a current name of one field have different values. Nothing was sent.

    Attributes:
        names: the names that disagree, in the order of the body.
        new: the current name.
    """

    def __init__(self, model: str, names: Sequence[str], new: str) -> None:
        self.names: tuple[str, ...] = tuple(names)
        self.new = new
        conflicting = " and ".join(repr(name) for name in self.names)
        rule = f"is a deprecated name of {new!r}, and {conflicting} have different values"
        super().__init__(model, [Problem(next(name for name in names if name != new), rule, f"give {new!r} only")])


class ModelUnknown(RequestInvalid):
    """No model has this id. Nothing was sent.

    Attributes:
        given: the id that was passed.
        nearest: the most similar ids, best first.
    """

    UNCHECKED = "check=False"

    def __init__(self, given: str, nearest: Sequence[str]) -> None:
        self.given = given
        self.nearest: tuple[str, ...] = tuple(nearest)
        choices = " or ".join(repr(name) for name in self.nearest)
        remedy = f"did you mean {choices}?" if choices else "run `krea-client models list`"
        if " " in given.strip():
            remedy = f"the model comes first, and a prompt is one of its fields: 'z-image/z-image', prompt={given!r}"
        elif "/" in given.strip("/"):
            newer = f"a newer one goes by its full path, such as image/vendor/name, with {self.UNCHECKED}"
            remedy = f"{remedy}{'' if choices else ';'} {newer}"
        super().__init__(None, [Problem(repr(given), "is not a model that this version knows", remedy)])


class OverBudget(KreaError):
    """A submission would pass the client's budget, or its price is not known. Nothing was sent.

    Attributes:
        price: the `Price` of the request.
        spent: upper bound of what the client has spent so far.
        limit_reached: True where the request would pass the limit, False where its price is not known.
    """

    def __init__(self, text: str, *, price: object, spent: float, limit_reached: bool = False) -> None:
        self.price = price
        self.spent = spent
        self.limit_reached = limit_reached
        super().__init__(text)


class FieldMessage(NamedTuple):
    """One complaint of the server about one field."""

    field: str
    message: str


class AnswerError(KreaError):
    """Base class of the errors about a response.

    Attributes:
        status: the HTTP status, or None where there was no response.
        body: the response's bytes, or None.
        headers: the response's headers, names in lower case.
        request: the method and path, such as "POST /generate/image/z-image/z-image".
        messages: the server's messages by field.
    """

    def __init__(
        self,
        text: str,
        *,
        status: int | None = None,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        request: str | None = None,
        messages: Sequence[FieldMessage] = (),
        job_id: str | None = None,
    ) -> None:
        self.status = status
        self.body = body
        self.headers: dict[str, str] = dict(headers or {})
        self.request = request
        self.messages: tuple[FieldMessage, ...] = tuple(messages)
        self.job_id: str | None = job_id
        super().__init__(text)


class ApiError(AnswerError):
    """The API refused the request with an error status: nothing was charged."""


class Unauthorized(ApiError):
    """401: no token, or one that the API does not accept."""


class OutOfCredits(ApiError):
    """402: the prepaid balance is empty, or the model needs a plan. Sending the request again does not help."""


class Forbidden(ApiError):
    """403: this token may not do that."""


class NotFound(ApiError):
    """404: the resource does not exist, or belongs to another account."""


class Conflict(ApiError):
    """409: the resource is not in a state that allows the request; try again later."""


class ModelGone(ApiError):
    """410: the model has been switched off, for good.

    Attributes:
        model: its id.
        replacement: the model to use instead, or None where none is documented.
        sunset: the day it was switched off, or None where it is unknown.
    """

    model: str | None = None
    replacement: str | None = None
    sunset: Date | None = None


class Rejected(ApiError):
    """400 or 422: the API refuses the request's content; `messages` has the reasons by field."""


class Busy(ApiError):
    """429: too many concurrent jobs. The job was not created.

    Attributes:
        retry_after: seconds that the API asks to wait, or None.
    """

    retry_after: float | None = None


class ServerFailed(ApiError):
    """5xx on a read: the API failed, on every retry too."""


class UnexpectedAnswer(AnswerError):
    """A response that this client cannot read; `status` and `body` keep it."""


class OutcomeUnknown(AnswerError):
    """A paid request was sent and no readable response came back: a job may exist. It is never retried automatically.

    `krea.jobs.candidates(error)` lists the jobs that it may have created.

    Attributes:
        model: the model of the request.
        sent_at: when it was sent, by this machine's clock, in UTC.
        failed_at: when the exchange ended without a response, by the same clock.
        clock_offset: how far the API's clock was ahead of this machine's, or None where it had not been measured yet.
    """

    model: str | None = None
    sent_at: datetime | None = None
    failed_at: datetime | None = None
    clock_offset: timedelta | None = None


class ConnectionFailed(KreaError):
    """The API could not be reached, or a read got no response. This request charged nothing."""


class AboutJob(KreaError):
    """Base class of the errors that carry a job."""

    def __init__(self, text: str, job: Job) -> None:
        self.job = job
        self.job_id: str | None = job.id
        super().__init__(text)


class JobFailed(AboutJob):
    """The job ended as failed; failed jobs are not billed. `job.error` has the reason where there is one."""


class JobCancelled(AboutJob):
    """The job was cancelled; cancelled jobs are not billed."""


class JobEmpty(AboutJob):
    """The job has no results: it is completed without any (often a content refusal), or not completed yet."""


class WaitTimeout(AboutJob):
    """The deadline of a wait passed; the job goes on at Krea. `krea.wait(error.job)` goes on waiting."""


class SaveFailed(KreaError):
    """A result could not be saved as a file; no partial file has the target's name.

    Attributes:
        url: the result's address, without its query.
        path: the file that was not written.
    """

    def __init__(
        self, text: str, *, url: str | None = None, path: str | None = None, job_id: str | None = None
    ) -> None:
        self.url = url
        self.path = path
        self.job_id: str | None = job_id
        super().__init__(text)
