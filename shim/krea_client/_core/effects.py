"""What a flow may ask for, and what it is told: the whole language between policy and network.

A flow is a generator. It yields one of the effects below; the driver carries it out and sends back the outcome, or throws in
`Undelivered` or `Unanswered`. So retries, polling and deadlines run in tests with neither a clock nor a socket.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from datetime import datetime
from typing import Any, BinaryIO, NamedTuple, Protocol, TypeVar

from krea_client._request.call_site import Site
from krea_client._request.deprecation_warnings import KreaDeprecationWarning

T = TypeVar("T")


class Timeout(Protocol):
    """Any timeout object of the HTTP library; flows only carry it from the caller to the wire."""

    def as_dict(self) -> dict[str, float | None]:
        """Seconds by phase."""
        ...


class Upload(NamedTuple):
    """A file that goes out as a multipart form, streamed.

    Attributes:
        open: gives the file from its beginning; a request that is tried again opens it again.
        name: what the form calls it.
        content_type: its kind.
        size: in bytes.
        fields: the other fields of the form.
        on_progress: is told how many bytes of the file have been read, and of how many.
    """

    open: Callable[[], BinaryIO]
    name: str
    content_type: str
    size: int
    fields: Mapping[str, str]
    on_progress: Callable[[int, int], object] | None = None


class Call(NamedTuple):
    """One HTTP exchange with the API; answered by an `Answer`."""

    method: str
    path: str
    query: Mapping[str, str] | None = None
    headers: Mapping[str, str] | None = None
    body: bytes | None = None
    paid: bool = False  # accepted means charged, so it is never sent again once it may have arrived
    timeout: float | Timeout | None = None  # seconds; None is the client's own
    upload: Upload | None = None


class Sleep(NamedTuple):
    """A pause. With `for_room` it waits for the API to take more jobs, so a job that ends nearby may cut it short."""

    seconds: float
    for_room: bool = False


class Now(NamedTuple):
    """Asks what time it is; answered by a `Moment`."""


class Warn(NamedTuple):
    """A warning for the user's line; with an "error" filter it is thrown back in."""

    warning: KreaDeprecationWarning
    site: Site


class DownloadSink(Protocol):
    """Where a download comes down: takes the bytes, then judges and keeps the whole, or leaves nothing."""

    @property
    def came(self) -> int:
        """How many bytes of the file are there already."""
        ...

    def wants(self) -> Mapping[str, str]:
        """Headers that ask for what is missing: nothing for the whole, else the range."""
        ...

    def begin(self, status: int, headers: Mapping[str, str]) -> None:
        """Takes the head of the answer; raises `InvalidDownload` when it is no result."""
        ...

    def write(self, chunk: bytes) -> None:
        """Takes the next bytes."""
        ...

    def finish(self) -> object:
        """Judges and keeps the whole; raises `InvalidDownload` when it is not whole."""
        ...

    def abandon(self) -> None:
        """Leaves nothing behind; may be called at any time."""
        ...


class Fetch(NamedTuple):
    """A download into a landing, never with the token; answered by what `landing.finish` returns."""

    url: str
    landing: DownloadSink


class Gather(NamedTuple):
    """Starts calls by slot number and waits until any call in flight is answered, or until a monotonic time.

    Answered by a list of (slot, `Answer` or exception); an empty one means that the time came first.
    """

    begin: tuple[tuple[int, Call], ...]
    until: float | None


class Emit(NamedTuple):
    """One result for whoever iterates over the flow."""

    value: object


class Answer(NamedTuple):
    """What the API said, status before body: nothing has been read into it yet."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Moment(NamedTuple):
    """The time twice: `at` for measuring (monotonic seconds), `utc` for dates."""

    at: float
    utc: datetime


class Undelivered(Exception):
    """The request surely never reached the API: no connection was made."""


class Unanswered(Exception):
    """The request may have reached the API, but no whole answer came back."""


class InvalidDownload(Exception):
    """A download came, but not a whole file of the right kind.

    Attributes:
        again: True when another try may do better.
    """

    def __init__(self, why: str, *, again: bool) -> None:
        super().__init__(why)
        self.again = again


class ConsumerClosed(BaseException):
    """Nobody wants the results of an iteration any more; a BaseException, so that no flow mistakes it for a failure."""


Effect = Call | Sleep | Now | Warn | Fetch | Gather | Emit
Flow = Generator[Effect, Any, T]
