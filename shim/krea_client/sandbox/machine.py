"""The state machine: a pure step from a request to a response. It owns no socket; the clock is given to it."""

from __future__ import annotations

from collections import deque
from datetime import date as Date
from email.utils import format_datetime
from threading import RLock
from typing import TYPE_CHECKING
from urllib.parse import unquote

from krea_client.sandbox import file_serving, handlers, published_document, retired_models
from krea_client.sandbox.account import RESULTS, Account, SandboxSettings
from krea_client.sandbox.api_document import GENERATE, ApiDocument, ApiOperation
from krea_client.sandbox.fault_script import occasion_of
from krea_client.sandbox.handlers.jobs import submit
from krea_client.sandbox.http_messages import Delivery, Request, Response, answer, page_not_found, refusal
from krea_client.sandbox.job_outputs import FILE_PREFIXES
from krea_client.sandbox.job_store import JobStore
from krea_client.sandbox.ledger import Ledger
from krea_client.sandbox.request_log import RequestLog
from krea_client.sandbox.request_parsing import token_of

if TYPE_CHECKING:
    from krea_client._clock import Clock

__all__ = ["IMAGES", "RESULTS", "Machine", "SandboxSettings"]

IMAGES = FILE_PREFIXES  # what the paths of all files begin with


class Machine:
    """Plays the API: answers any request, keeps the account, bills the completed jobs.

    Safe to call from several threads. Never raises for a bad request.
    """

    def __init__(self, document: ApiDocument, clock: Clock, rules: SandboxSettings | None = None) -> None:
        self.document: ApiDocument = document
        self.clock: Clock = clock
        self.rules: SandboxSettings = rules or SandboxSettings()
        self.lock: RLock = RLock()
        self.delivering: RLock = RLock()
        self.requests: RequestLog = RequestLog()
        self.sunsets: dict[str, Date] = {model: retired_models.day(text) for model, text in self.rules.sunsets.items()}
        self._handlers = handlers.by_operation_id()
        self.account: Account = Account(document, clock, self.rules)

    @property
    def job_store(self) -> JobStore:
        """All jobs."""
        return self.account.job_store

    @property
    def ledger(self) -> Ledger:
        """The money."""
        return self.account.ledger

    @property
    def webhooks(self) -> deque[Delivery]:
        """The webhook calls of all jobs that have ended, oldest first."""
        return self.account.webhooks

    @property
    def undelivered(self) -> deque[Delivery]:
        """The webhook calls that were not made yet."""
        return self.account.undelivered

    def reset(self) -> None:
        """Forget every job, file, style, request and delivery, and give the first balance and limits back."""
        with self.lock:
            self.account.reset()
            self.requests.clear()

    def answer(self, request: Request) -> Response:
        """Answer one request; the Date header tells the machine's time."""
        if "%" in request.path and "%2f" not in request.path.lower():
            # An escaped slash belongs to a path segment, so such a path stays escaped.
            request = request._replace(path=unquote(request.path))
        with self.lock:
            self.requests.add(request)
            self.settle()
            date = format_datetime(self.account.today(), usegmt=True)
            response = (
                file_serving.found(self.account, request) if file_serving.is_file(request.path) else self._api(request)
            )
        if not isinstance(response, Response):
            # Drawn outside the lock: a video takes half a second.
            response = response()
        return response._replace(headers={**response.headers, "date": date})

    def half_delay(self, request: Request) -> float:
        """Return the seconds that a paid POST takes before its job exists, and again until it is answered."""
        return self.rules.post_delay / 2 if self.rules.post_delay and occasion_of(request) == "submit" else 0.0

    def settle(self) -> float:
        """Carry out everything that is due by now; return the machine's monotonic time."""
        with self.lock:
            return self.account.settle()

    def _api(self, request: Request) -> Response:
        if request.path == published_document.PATH and request.method in ("GET", "HEAD"):
            return published_document.response(self.document, request)
        if not self._authorised(request):
            # Documented as {error}, seen live as {message}: both are sent.
            text = "The token is missing or not valid."
            return refusal(401, text, message=text)
        model = request.path.removeprefix(GENERATE)
        if model != request.path:
            closed = retired_models.verdict(model, self.account.today(), self.document.retired_models, self.sunsets)
            if closed is not None:
                return closed
        methods = self.document.methods(request.path)
        if not methods:
            return page_not_found(request.path)
        operation = methods.get(request.method)
        if operation is None:
            allowed = ", ".join(sorted(methods))
            text = f"{request.path} answers to {allowed}, not to {request.method}."
            return answer(405, {"error": text}, allow=allowed)
        response = self._handler(operation)(self.account, operation, request)
        return retired_models.announce(response, model, operation, self.sunsets)

    def _handler(self, operation: ApiOperation) -> handlers.Handler:
        if operation.method == "POST" and operation.path.startswith(GENERATE):
            return submit
        return self._handlers.get(operation.operation_id, _unplayed)

    def _authorised(self, request: Request) -> bool:
        token, accepted = token_of(request), self.rules.tokens
        return bool(token) and (accepted is None or token in accepted or token in self.rules.usage_tokens)


def _unplayed(_: Account, operation: ApiOperation, __: Request) -> Response:
    return refusal(501, f"The sandbox does not play {operation.operation_id} yet.")
