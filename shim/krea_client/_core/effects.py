"""The effects that an operation may yield, and what it gets back: the whole interface between policy and network.

An operation is a generator (a `Flow`). It yields one of the effects below; the driver performs it and sends back the outcome, or
throws in `Undelivered` or `Unanswered`. So retries, polling and deadlines run in tests with neither a clock nor a socket.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple, Protocol, TypeVar

from krea_client._core.tracing import Trace
from krea_client._request.call_site import Site
from krea_client._request.deprecation_warnings import KreaDeprecationWarning

T = TypeVar("T")


class Timeout(Protocol):
    """A timeout object of the HTTP library; operations only pass it from the caller to the transport."""

    def as_dict(self) -> dict[str, float | None]:
        """Return seconds by phase."""
        ...


class Upload(NamedTuple):
    """A file that is sent as a multipart form, streamed.

    Attributes:
        open: opens the file at its beginning; each retry opens it again.
        name: file name in the form.
        content_type: its media type.
        size: in bytes.
        fields: the other fields of the form.
        on_progress: called with the number of bytes read so far, and the size.
    """

    open: Callable[[], BinaryIO]
    name: str
    content_type: str
    size: int
    fields: Mapping[str, str]
    on_progress: Callable[[int, int], object] | None = None


class ApiCall(NamedTuple):
    """One HTTP exchange with the API; its outcome is an `Answer`."""

    method: str
    path: str
    query: Mapping[str, str] | None = None
    headers: Mapping[str, str] | None = None
    body: bytes | None = None
    paid: bool = False  # accepted means charged, so it is never sent again once it may have been delivered
    timeout: float | Timeout | None = None  # seconds; None is the client's own
    upload: Upload | None = None
    trace: Trace | None = None  # the span that the exchange belongs to
    not_after: Moment | None = None  # once either of its clocks is past it, the call is not sent any more


class Sleep(NamedTuple):
    """A pause; the outcome is None.

    Attributes:
        seconds: how long.
        for_room: it waits until the API takes more jobs, so a job that ends in the same batch may cut it short.
        job_id: a look at this job follows. A batch, whose looks are about many jobs, may cut it short, too; the outcome is then the
            job as it was seen.
    """

    seconds: float
    for_room: bool = False
    job_id: str | None = None


class Now(NamedTuple):
    """Reads the clock; the outcome is a `Moment`."""


class Warn(NamedTuple):
    """A warning at the user's line; with an "error" filter it is thrown back in."""

    warning: KreaDeprecationWarning
    site: Site


class Notify(NamedTuple):
    """Calls a function of the user's with a job or an event; an async client awaits what it returns."""

    callback: Callable[[Any], object]
    value: object


class DownloadSink(Protocol):
    """The destination of a download: receives the bytes, then validates and keeps the whole, or leaves nothing."""

    job_id: str | None  # of the job whose result it is, for errors

    @property
    def came(self) -> int:
        """Number of bytes of the file that are there already."""
        ...

    def wants(self) -> Mapping[str, str]:
        """Return the headers that ask for what is missing: none for the whole file, else its range."""
        ...

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Take the head of the response; raise `InvalidDownload` when it is no result."""
        ...

    def write(self, chunk: bytes) -> None:
        """Take the next bytes."""
        ...

    def finish(self) -> object:
        """Validate and keep the whole; raise `InvalidDownload` when it is incomplete."""
        ...

    def abandon(self) -> None:
        """Remove everything; may be called at any time."""
        ...


class Fetch(NamedTuple):
    """A download into a sink, never with the token; the outcome is what `sink.finish` returns, or `then` where there is one.

    Attributes:
        timeout: in seconds; None is the client's own.
        then: work on what came, which may block, such as keeping it.
    """

    url: str
    sink: DownloadSink
    trace: Trace | None = None
    timeout: float | Timeout | None = None
    then: Callable[[], object] | None = None

    def finish(self) -> object:
        """Finish the sink and do the work behind it; drivers call it outside of an event loop."""
        outcome = self.sink.finish()
        return outcome if self.then is None else self.then()


class Perform(NamedTuple):
    """Calls a function that blocks, such as a write that has to be durable; the outcome is what it returns."""

    work: Callable[[], object]


class Gather(NamedTuple):
    """Starts calls by slot number and waits until any call in flight has ended, or until a monotonic time.

    The outcome is a list of (slot, outcome of the call or exception); an empty one means that the time came first.
    """

    begin: tuple[tuple[int, ApiCall | Fetch | Perform], ...]
    until: float | None


class Emit(NamedTuple):
    """One result for whoever iterates over the flow.

    Attributes:
        value: the result.
        slot: the number of the slot whose calls it came of; None where it came of none.
    """

    value: object
    slot: int | None = None


class Answer(NamedTuple):
    """The API's response, with its body as raw bytes.

    Attributes:
        on_kept_connection: whether it came over a connection without numbered responses that had carried another request.
        distrust: has later POSTs use new connections, where this response is no response to its request: the right one still comes.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    on_kept_connection: bool = False
    distrust: Callable[[], None] | None = None


class Moment(NamedTuple):
    """The time twice: `at` for measuring (monotonic seconds), `utc` for dates."""

    at: float
    utc: datetime


class Undelivered(Exception):
    """The request certainly never reached the API: no connection was made."""


class Unanswered(Exception):
    """The request may have reached the API, but no complete response came back."""


class InvalidDownload(Exception):
    """A download ended without a complete file of the expected kind.

    Attributes:
        again: whether a retry may succeed.
    """

    def __init__(self, why: str, *, again: bool) -> None:
        super().__init__(why)
        self.again = again


class ConsumerClosed(BaseException):
    """The consumer of an iteration has left; a BaseException, so that no operation takes it for a failure of its own."""


Effect = ApiCall | Sleep | Now | Warn | Notify | Fetch | Perform | Gather | Emit
Flow = Generator[Effect, Any, T]
