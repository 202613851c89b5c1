"""Job: one frozen value, the same from a submission, a poll, a list and a webhook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import InitVar, asdict, dataclass, field, fields, replace
from datetime import datetime
from typing import Any, NamedTuple, Self, TypeVar

from krea_client import _json
from krea_client._redaction import redact_url

# The three states that end a job. Every other state, known or not, means that it is still running.
COMPLETED, FAILED, CANCELLED = "completed", "failed", "cancelled"
TERMINAL = frozenset({COMPLETED, FAILED, CANCELLED})
J = TypeVar("J", bound="Job")
UNKNOWN = "unknown"  # of a result of `run_all`: a job may exist, and its state could not be learned


class _Unpickled:
    """Base of values that were tuples in earlier versions, whose pickles pass the parts to `__new__` and nothing to `__init__`."""

    __slots__ = ()

    def __new__(cls, *parts: object, **_: object) -> Self:
        value = object.__new__(cls)
        names: tuple[str, ...] = cls.__slots__
        for name, part in zip(names, parts, strict=False):
            object.__setattr__(value, name, part)
        return value


@dataclass(frozen=True, slots=True)
class JobError(_Unpickled):
    """Why a job failed, as far as the API says.

    Attributes:
        code: the API's short word, such as "internal" or "nsfw", or None.
        message: its sentence, or None.
    """

    code: str | None
    message: str | None

    def __str__(self) -> str:
        return ": ".join(part for part in (self.code, self.message) if part)


@dataclass(frozen=True, slots=True)
class Output(_Unpickled):
    """One result of a job.

    Attributes:
        url: its address.
        kind: what it is, such as "model" or "preview" with 3D, or None where the API does not say.
        key: which output of a node app it is, or None elsewhere.
    """

    url: str
    kind: str | None = None
    key: str | None = None


class JobOrigin(NamedTuple):
    """Where a job of this process comes from; the API tells neither.

    Attributes:
        model: the model's id.
        price: the documented price of its request, such as "0.003 USD", or "".
    """

    model: str
    price: str


_Parts = tuple[Mapping[str, Any], tuple[Output, ...]]
_Details = tuple[Mapping[str, Any], tuple[Output, ...], JobOrigin | None]


class _JobDetails:
    """What a job knows and does not list among its dataclass fields, so that frameworks show the public names only."""

    __slots__ = ("_document", "_origin", "_outputs")
    _document: Mapping[str, Any]
    _outputs: tuple[Output, ...]
    _origin: JobOrigin | None  # for the display


@dataclass(frozen=True, slots=True, eq=False)
class Job(_JobDetails):
    """A generation at Krea, in the state of its last poll. Holds no client, never changes, can be pickled.

    `dataclasses.asdict`, FastAPI and pydantic give the same names as `to_dict`.

    Attributes:
        id: the job's id; the one thing that every job has.
        status: the API's word for its state, "" when it gave none. An unknown word means still running.
        created_at: when the API accepted it, aware, or None when the API does not say.
        completed_at: when it ended, aware, or None.
        error: why it failed, or None.
        urls: addresses of the results, in the API's order; download them soon, their lifetime is not documented.
        outputs: results with what the API says of each: its kind with 3D, its key with node apps.
        result: the job's result as the API wrote it; None while there is none.
    """

    id: str
    status: str = ""
    created_at: datetime | None = None
    completed_at: datetime | None = None
    error: JobError | None = None
    # Properties, set below the class: each use gives a new list, so that a job never changes.
    urls: list[str] = field(init=False, repr=False)
    outputs: list[Output] = field(init=False, repr=False)
    result: Any = field(init=False, repr=False)
    # What `dataclasses.replace` hands on, and `dataclasses.fields` does not list.
    _details: InitVar[_Details | _Parts] = ({}, (), None)

    def __post_init__(self, details: _Details | _Parts) -> None:
        document, outputs, origin = details if len(details) == 3 else (*details, None)  # two in earlier pickles
        object.__setattr__(self, "_document", document)
        object.__setattr__(self, "_outputs", outputs)
        object.__setattr__(self, "_origin", origin)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read a job as the API writes it; only the id is required.

        Raises:
            ValueError: it has no job id.
        """
        return job_from(cls, data, None)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: Any, handler: Any) -> Any:
        """Return the JSON schema that pydantic makes of the class, without `_details`."""
        document = handler(core_schema)
        handler.resolve_ref_schema(document)["properties"].pop("_details", None)
        return document

    def _compared(self) -> tuple[object, ...]:
        return (self.id, self.status, self.created_at, self.completed_at, self.error, self._outputs)

    def __eq__(self, other: object) -> bool:
        return self._compared() == other._compared() if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(Job._compared(self))

    def __reduce__(self) -> tuple[Any, ...]:
        values = {name.name: getattr(self, name.name) for name in fields(self) if name.init}
        return _restored, (type(self), {**values, "_details": (self._document, self._outputs, self._origin)})

    def __setstate__(self, state: Sequence[object]) -> None:
        """Take the state of a pickle of an earlier version, which lists the values in its order of fields."""
        names = ("id", "status", "created_at", "completed_at", "error", "_outputs", "_document", "request", "failure")
        for name, value in zip(names, state, strict=False):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "_origin", None)

    @property
    def finished(self) -> bool:
        """Whether the job is completed, failed or cancelled; nothing else ends one."""
        return self.status in TERMINAL

    @property
    def succeeded(self) -> bool:
        """Whether the job is completed."""
        return self.status == COMPLETED

    @property
    def style_id(self) -> str | None:
        """Id of the style that a training job made, or None."""
        return _json.text(_json.members(self._document.get("result")).get("style_id"))

    def to_dict(self) -> dict[str, Any]:
        """Return the job as plain JSON values, for a web response or a file: names as here, dates in ISO form."""
        return {
            "id": self.id,
            "status": self.status,
            "created_at": self.created_at.isoformat() if self.created_at else None,
            "completed_at": self.completed_at.isoformat() if self.completed_at else None,
            "error": asdict(self.error) if self.error else None,
            "urls": self.urls,
            "outputs": [asdict(output) for output in self._outputs],
            "result": self.result,
        }

    def with_result(self, number: int) -> Job:
        """Return the same job with one of its results only; they are counted from 0.

        Raises:
            IndexError: it has fewer results. A job without any is returned as it is.
        """
        if not self._outputs:
            return self
        if not -len(self._outputs) <= number < len(self._outputs):
            raise IndexError(f"job {self.id} has {len(self._outputs)} results: number {number} is none of them")
        return replace(self, _details=(self._document, (self._outputs[number],), self._origin))

    def __repr__(self) -> str:
        error = f", error={str(self.error)!r}" if self.error else ""
        return f"{type(self).__name__}(id={self.id!r}, status={self.status!r}{error}, urls={self._shown_urls()!r})"

    def _shown_urls(self) -> list[str]:
        return [redact_url(url) for url in self.urls]  # a query may sign it

    def _repr_html_(self) -> str:
        from krea_client._job_html import job_in_html

        return job_in_html(self._shown_facts(), str(self.error or ""), self.urls)

    def _shown_facts(self) -> dict[str, str]:
        began, ended, origin = self.created_at, self.completed_at, self._origin
        unbilled = self.status in (FAILED, CANCELLED)
        return {
            "status": self.status or "submitted",
            "model": origin.model if origin else "",
            "price": origin.price if origin and not unbilled else "",
            "time": f"{(ended - began).total_seconds():.1f} s" if began and ended else "",
            "id": self.id,
        }

    @property
    def raw(self) -> dict[str, Any]:
        """The whole response, with fields that this version does not know; a new dict each time."""
        return _json.copied({**self._document})  # type: ignore[no-any-return]  # a copy of a dict


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RunResult(Job):
    """How one request of `run_all` ended: a Job in its last known state, with the request it belongs to.

    Attributes:
        request: the item of the input.
        failure: the error that ended it, or None for a completed job. Where no job was created, the id is "". Where one may exist
            and its state could not be learned, the status is "unknown".
    """

    request: object = None
    failure: Exception | None = None

    def __repr__(self) -> str:
        failure = f", failure={self.failure!r}" if self.failure is not None else ""
        return f"RunResult(id={self.id!r}, status={self.status!r}, urls={self._shown_urls()!r}{failure}, request={self.request!r})"

    def _repr_html_(self) -> str:
        from krea_client._job_html import job_in_html

        problem = str(self.failure or self.error or "")
        return job_in_html(self._shown_facts(), problem, self.urls, prompt=_prompt_of(self.request))

    def __setstate__(self, state: Sequence[object]) -> None:  # a dataclass with slots makes one of its own otherwise
        Job.__setstate__(self, state)

    @classmethod
    def of(cls, request: object, job: Job, failure: Exception | None = None) -> RunResult:
        """Make the result of a request out of its job."""
        return cls(
            id=job.id,
            status=job.status,
            created_at=job.created_at,
            completed_at=job.completed_at,
            error=job.error,
            request=request,
            failure=failure,
            _details=_details_of(job),
        )

    def _compared(self) -> tuple[object, ...]:
        return (*Job._compared(self), self.request)  # noqa: SLF001  # super() fails in a dataclass with slots; no exception is equal to its own copy


def _prompt_of(request: object) -> str:
    """Return the prompt of a request object or of a pair of a model and a body, or ""."""
    pair = _json.sequence(request)
    body = pair[1] if pair is not None and len(pair) == 2 else request
    prompt = _json.members(body).get("prompt") if _json.is_object(body) else getattr(body, "prompt", None)
    return _json.text(prompt) or ""


def origin_of(job: Job) -> JobOrigin | None:
    """Return where a job comes from, as far as this process knows."""
    return _details_of(job)[2]


def job_from(kind: type[J], data: Mapping[str, Any], origin: JobOrigin | None) -> J:
    """Return what `Job.from_dict` returns, with the origin of the job; raise what it raises."""
    job_id = _json.text(data.get("job_id"))
    if job_id is None:
        raise ValueError("it has no job_id")
    return kind(
        id=job_id,
        status=_json.text(data.get("status")) or "",
        created_at=_json.moment(data.get("created_at")),
        completed_at=_json.moment(data.get("completed_at")),
        error=_error(data),
        _details=(dict(data), tuple(_outputs(result)) if (result := data.get("result")) else (), origin),
    )


def with_origin(job: Job, origin: JobOrigin | None) -> Job:
    """Return the same job with its origin, where that is known."""
    document, outputs, _ = _details_of(job)
    if origin is None:
        return job
    details = (document, outputs, origin)
    return Job(job.id, job.status, job.created_at, job.completed_at, job.error, _details=details)


def _restored(cls: type[Job], values: dict[str, Any]) -> Job:
    return cls(**values)


def _urls_of(job: Job) -> list[str]:
    """Return addresses of the results, in the API's order; download them soon, their lifetime is not documented."""
    return [output.url for output in job._outputs]  # noqa: SLF001  # a property of Job


def _outputs_of(job: Job) -> list[Output]:
    """Return results with what the API says of each: its kind with 3D, its key with node apps."""
    return list(job._outputs)  # noqa: SLF001  # a property of Job


def _result_of(job: Job) -> Any:
    """Return the job's result as the API wrote it; None while there is none."""
    return _json.copied(job._document.get("result"))  # noqa: SLF001  # a property of Job


def _details_of(job: Job) -> tuple[Mapping[str, Any], tuple[Output, ...], JobOrigin | None]:
    """Return what is not among the dataclass fields."""
    return job._document, job._outputs, job._origin  # noqa: SLF001  # a property of Job


setattr(Job, "_details", property(_details_of))  # noqa: B010  # a type checker knows an InitVar as no attribute
for _name, _getter in (("urls", _urls_of), ("outputs", _outputs_of), ("result", _result_of)):
    setattr(Job, _name, property(_getter))
    for _class in (Job, RunResult):
        _class.__dataclass_fields__[_name].default = None  # pydantic leaves out fields without __init__ and default


def _error(data: Mapping[str, Any]) -> JobError | None:
    # The schema has `error` beside the result, the guides inside it: both are read.
    for error in (data.get("error"), _json.members(data.get("result")).get("error")):
        if error is None:
            continue
        if _json.is_object(error):
            details = _json.members(error)
            return JobError(_json.text(details.get("code")), _json.text(details.get("message")))
        if _json.text(error):
            return JobError(None, _json.text(error))
    return None


def _outputs(result: object) -> list[Output]:
    # Observed: a list of strings, a list of {type, url} (3D), a map of key to url or list (node apps).
    urls = _json.members(result).get("urls")
    by_key = _json.members(urls)
    pending: list[tuple[object, str | None]] = [(value, key) for key, value in reversed(by_key.items())] or [
        (urls, None)
    ]
    outputs: list[Output] = []
    while pending:
        value, key = pending.pop()
        entry = _json.members(value)
        if url := _json.text(value) or _json.text(entry.get("url")):
            outputs.append(Output(url, _json.text(entry.get("type")), key))
        pending += [(part, key) for part in reversed(_json.items(value))]
    return outputs
