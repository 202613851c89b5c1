"""Everything that can go wrong, as one tree under KreaError. Every error can be pickled and says what to do.

KreaError
    RequestInvalid            the request was refused here; nothing was sent
        AliasConflict           an old and a new name with different values
        ModelUnknown            no such model id
    OverBudget                the client's budget does not allow it; nothing was sent
    ApiError                  the API answered with a status that says no
        Unauthorized 401, OutOfCredits 402, Forbidden 403, NotFound 404, Conflict 409, ModelGone 410,
        Rejected 400/422, Busy 429, ServerFailed 5xx on reads
    UnexpectedAnswer          an answer that this client cannot read
    OutcomeUnknown            a paid request that may or may not have been accepted
    ConnectionFailed          the API was not reached, or a read never came back
    JobFailed, JobCancelled, JobEmpty, WaitTimeout      each carries its job
    SaveFailed                a result did not become a file
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as Date
from datetime import datetime
from typing import Any, NamedTuple

from krea_client.jobs import Job


class KreaError(Exception):
    """The root of every error that this package raises on purpose.

    Attributes:
        job_id: the id of the job it is about, or None where no job is known.
    """

    job_id: str | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        # Exceptions pickle by calling the class with `args`; ours are built from keywords, so the state is carried over as it is.
        return _revive, (type(self), self.args, self.__dict__)


def _revive(kind: type[KreaError], args: tuple[Any, ...], state: dict[str, Any]) -> KreaError:
    error = kind.__new__(kind)
    error.args = args
    error.__dict__.update(state)
    return error


class Problem(NamedTuple):
    """One thing that is wrong with a request.

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
    """A field that the model does not document, and nothing near it either. Who insists can send it all the same."""

    def told(self, way: str) -> str:
        """The problem, with the way to send the field, such as "goes into extra_body="."""
        return f"{super().__str__()}; an undocumented one {way}"

    def __str__(self) -> str:
        return self.told("goes into extra_body=")


class RequestInvalid(KreaError):
    """The request breaks the documented rules. Nothing was sent, nothing was charged.

    Attributes:
        model: the model it was meant for, or None.
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
    """An old and a new name of one field were given with different values. Nothing was sent.

    Attributes:
        names: the given names that disagree, in the order of the body.
        new: the name that the API takes.
    """

    def __init__(self, model: str, names: Sequence[str], new: str) -> None:
        self.names: tuple[str, ...] = tuple(names)
        self.new = new
        given = " and ".join(repr(name) for name in self.names)
        rule = f"is a deprecated name of {new!r}, and {given} have different values"
        super().__init__(model, [Problem(next(name for name in names if name != new), rule, f"give {new!r} only")])


class ModelUnknown(RequestInvalid):
    """No model has this id. Nothing was sent.

    Attributes:
        given: the id as it was given.
        nearest: the ids most like it, the best first.
    """

    def __init__(self, given: str, nearest: Sequence[str]) -> None:
        self.given = given
        self.nearest: tuple[str, ...] = tuple(nearest)
        choices = " or ".join(repr(name) for name in self.nearest)
        remedy = f"did you mean {choices}?" if choices else "the models are listed in the documentation"
        super().__init__(None, [Problem(repr(given), "is not a model of this API", remedy)])


class OverBudget(KreaError):
    """A submission would pass the client's budget, or its price is not known. Nothing was sent.

    Attributes:
        price: the `Price` of the request.
        spent: what the client has spent at most so far.
    """

    def __init__(self, text: str, *, price: object, spent: float) -> None:
        self.price = price
        self.spent = spent
        super().__init__(text)


class FieldMessage(NamedTuple):
    """One complaint of the server about one field."""

    field: str
    message: str


class AnswerError(KreaError):
    """What errors about an answer have in common.

    Attributes:
        status: the HTTP status, or None where no answer came.
        body: the answer's bytes, or None.
        headers: the answer's headers, names in lower case.
        request: the exchange, such as "POST /generate/image/z-image/z-image".
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
    """The API said no, in so many words: nothing was charged."""


class Unauthorized(ApiError):
    """401: no token, or one that the API does not accept."""


class OutOfCredits(ApiError):
    """402: the prepaid balance is empty, or the model needs a plan. Sending it again does not help."""


class Forbidden(ApiError):
    """403: this token may not do that."""


class NotFound(ApiError):
    """404: there is no such thing, or it belongs to someone else."""


class Conflict(ApiError):
    """409: not now; what it acts on is not in the right state."""


class ModelGone(ApiError):
    """410: the model has been switched off, for good.

    Attributes:
        model: its id.
        replacement: the model to use instead, or None where none is documented.
        sunset: the day it went, or None where it is unknown.
    """

    model: str | None = None
    replacement: str | None = None
    sunset: Date | None = None


class Rejected(ApiError):
    """400 or 422: the API refuses the request's content; `messages` has its reasons by field."""


class Busy(ApiError):
    """429: too many jobs at once. The job was not created.

    Attributes:
        retry_after: seconds that the API asked to wait, or None.
    """

    retry_after: float | None = None


class ServerFailed(ApiError):
    """5xx on a read: the API failed, and went on failing when asked again."""


class UnexpectedAnswer(AnswerError):
    """An answer that this client cannot read; `status` and `body` keep it."""


class OutcomeUnknown(AnswerError):
    """A paid request went out and no readable answer came back: a job may exist. It is never sent again by itself.

    `krea.jobs.candidates(error)` lists the jobs that it may have created.

    Attributes:
        model: the model that was asked.
        sent_at: when it was sent, by this machine's clock, in UTC.
        failed_at: when it was given up.
    """

    model: str | None = None
    sent_at: datetime | None = None
    failed_at: datetime | None = None


class ConnectionFailed(KreaError):
    """The API could not be reached, or a read never came back. Nothing was charged by this request."""


class AboutJob(KreaError):
    """What errors about a job have in common: they carry it."""

    def __init__(self, text: str, job: Job) -> None:
        self.job = job
        self.job_id: str | None = job.id
        super().__init__(text)


class JobFailed(AboutJob):
    """The job ended as failed; failed jobs are not billed. `job.error` has the reason where there is one."""


class JobCancelled(AboutJob):
    """The job was cancelled; cancelled jobs are not billed."""


class JobEmpty(AboutJob):
    """The job has no results to give: it is completed without any (often a content refusal), or not completed yet."""


class WaitTimeout(AboutJob):
    """The deadline of a wait passed; the job goes on at Krea. `krea.wait(error.job)` goes on waiting."""


class SaveFailed(KreaError):
    """A result could not be kept as a file; nothing half-written is left under the target's name.

    Attributes:
        url: the result's address without its query.
        path: the file that was not written.
    """

    def __init__(
        self, text: str, *, url: str | None = None, path: str | None = None, job_id: str | None = None
    ) -> None:
        self.url = url
        self.path = path
        self.job_id: str | None = job_id
        super().__init__(text)
