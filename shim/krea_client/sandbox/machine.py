"""The machine: one pure step from a request to a response. It owns no socket and no clock; time is asked for."""

from __future__ import annotations

from collections import deque
from datetime import date as Date
from email.utils import format_datetime
from threading import RLock
from typing import TYPE_CHECKING
from urllib.parse import unquote

from krea_client.sandbox import file_serving, handlers, retired_models
from krea_client.sandbox.account import RESULTS, Account, Rules
from krea_client.sandbox.api_document import GENERATE, Document, Operation
from krea_client.sandbox.handlers.jobs import submit
from krea_client.sandbox.http_messages import Delivery, Request, Response, answer, page_not_found, refusal
from krea_client.sandbox.job_outputs import PLACES
from krea_client.sandbox.job_store import JobBook
from krea_client.sandbox.ledger import Ledger
from krea_client.sandbox.request_log import RequestLog
from krea_client.sandbox.request_parsing import token_of

if TYPE_CHECKING:
    from krea_client._clock import Clock

__all__ = ["IMAGES", "RESULTS", "Machine", "Rules"]

IMAGES = PLACES  # what the paths of all files begin with


class Machine:
    """Plays the API: answers any request, keeps the account, bills the completed jobs.

    Safe to call from several threads. Never raises for a bad request.
    """

    def __init__(self, document: Document, clock: Clock, rules: Rules | None = None) -> None:
        self.document: Document = document
        self.clock: Clock = clock
        self.rules: Rules = rules or Rules()
        self.lock: RLock = RLock()
        self.delivering: RLock = RLock()
        self.requests: RequestLog = RequestLog()
        self.sunsets: dict[str, Date] = {model: retired_models.day(text) for model, text in self.rules.sunsets.items()}
        self._handlers = handlers.by_operation_id()
        self.account: Account = Account(document, clock, self.rules)

    @property
    def book(self) -> JobBook:
        """All jobs."""
        return self.account.book

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
            # An escaped slash belongs to a name, so it must not become a border between two.
            request = request._replace(path=unquote(request.path))
        with self.lock:
            self.requests.add(request)
            self.settle()
            date = format_datetime(self.account.today(), usegmt=True)
            made = (
                file_serving.found(self.account, request) if file_serving.is_file(request.path) else self._api(request)
            )
        if not isinstance(made, Response):
            # Made outside the lock: a film takes half a second.
            made = made()
        return made._replace(headers={**made.headers, "date": date})

    def settle(self) -> float:
        """Let everything happen that is due by now; give the machine's monotonic time."""
        with self.lock:
            return self.account.settle()

    def _api(self, request: Request) -> Response:
        if not self._authorised(request):
            # Documented as {error}, seen live as {message}: both, so that either reading finds its text.
            text = "The token is missing or not valid."
            return refusal(401, text, message=text)
        model = request.path.removeprefix(GENERATE)
        if model != request.path:
            closed = retired_models.verdict(model, self.account.today(), self.document.gone, self.sunsets)
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

    def _handler(self, operation: Operation) -> handlers.Handler:
        if operation.method == "POST" and operation.path.startswith(GENERATE):
            return submit
        return self._handlers.get(operation.operation_id, _unplayed)

    def _authorised(self, request: Request) -> bool:
        token, known = token_of(request), self.rules.tokens
        return bool(token) and (known is None or token in known or token in self.rules.usage_tokens)


def _unplayed(_: Account, operation: Operation, __: Request) -> Response:
    return refusal(501, f"The sandbox does not play {operation.operation_id} yet.")
