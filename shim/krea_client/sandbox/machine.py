"""The machine: one pure step from a request to a response. It owns no socket and no clock; time is asked for."""

from __future__ import annotations

import json
import random
from collections import deque
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from datetime import date as Date
from email.utils import format_datetime
from threading import RLock
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qsl, unquote
from uuid import UUID

from . import gone, pictures
from .document import GENERATE, Document, Operation
from .jobbook import JobBook
from .judge import Judge, Problem, translate
from .ledger import DEFAULT_PRICE, Ledger, micro
from .life import Job, describe, stamp, status, steering
from .messages import Delivery, Request, Response, answer, page_not_found, refusal
from .reading import is_of, is_web_address, moment, read_object
from .requestlog import RequestLog

if TYPE_CHECKING:
    from krea_client.clocks import Clock

RESULTS = "https://gen.krea.ai"  # where finished pictures were seen to live (guides.yaml, jobs)
IMAGES = "/images/"
DEFAULT_PAGE = 100


class Rules(NamedTuple):
    """What a machine is told at the start; sizes bound its memory."""

    balance: float = 10.0
    concurrent: int = 8
    backlog: int = 0
    tokens: Collection[str] | None = None
    seed: int = 0
    keep: int = 20_000
    sunsets: Mapping[str, str] = MappingProxyType({})


class Machine:
    """Plays the API: answers any request, keeps the jobs, bills the completed ones.

    Safe to call from several threads. Never raises for a bad request.
    """

    def __init__(self, document: Document, clock: Clock, rules: Rules | None = None) -> None:
        self.document: Document = document
        self.clock: Clock = clock
        self.rules: Rules = rules or Rules()
        self.lock: RLock = RLock()
        self.delivering: RLock = RLock()
        self.judge: Judge = Judge(document)
        self.requests: RequestLog = RequestLog()
        self.sunsets: dict[str, Date] = {model: gone.day(text) for model, text in self.rules.sunsets.items()}
        self._routes: dict[tuple[str, str], Callable[[Operation, Request], Response]] = {
            ("GET", "/jobs"): self._list,
            ("GET", "/jobs/{}"): self._show,
            ("DELETE", "/jobs/{}"): self._cancel,
        }
        self.reset()

    def reset(self) -> None:
        """Forget every job, request and delivery, and give the first balance and limits back."""
        with self.lock:
            rules = self.rules
            self.book: JobBook = JobBook(rules.concurrent, rules.backlog, rules.keep)
            self.ledger: Ledger = Ledger(rules.balance)
            self.requests.clear()
            self.webhooks: deque[Delivery] = deque(maxlen=rules.keep)
            self.undelivered: deque[Delivery] = deque(maxlen=rules.keep)
            self._random = random.Random(rules.seed)

    def answer(self, request: Request) -> Response:
        """Answer one request; the Date header tells the machine's time."""
        if "%" in request.path and "%2f" not in request.path.lower():
            # An escaped slash belongs to a name, so it must not become a border between two.
            request = request._replace(path=unquote(request.path))
        with self.lock:
            self.requests.add(request)
            self.settle()
            date = format_datetime(self._today(), usegmt=True)
            made = self._picture_of(request) if request.path.startswith(IMAGES) else self._api(request)
        if not isinstance(made, Response):
            # Drawn outside the lock: it takes a tenth of a second.
            made = pictures.response(*made)
        return made._replace(headers={**made.headers, "date": date})

    def settle(self) -> float:
        """Let everything happen that is due by now; give the machine's monotonic time."""
        with self.lock:
            now = self.clock.monotonic()
            for job in self.book.settle(now):
                self._close(job, now)
            return now

    def _api(self, request: Request) -> Response:
        if not self._authorised(request):
            # Documented as {error}, seen live as {message}: both, so that either reading finds its text.
            text = "The token is missing or not valid."
            return refusal(401, text, message=text)
        model = request.path.removeprefix(GENERATE)
        if model != request.path:
            closed = gone.verdict(model, self._today(), self.document.gone, self.sunsets)
            if closed is not None:
                return closed
        methods = self.document.methods(request.path)
        if not methods:
            return page_not_found(request.path)
        operation = methods.get(request.method)
        if operation is None:
            allowed = ", ".join(sorted(methods))
            return refusal_405(request, allowed)
        response = self._route(operation)(operation, request)
        return gone.announce(response, model, operation, self.sunsets)

    def _route(self, operation: Operation) -> Callable[[Operation, Request], Response]:
        if operation.method == "POST" and operation.path.startswith(GENERATE):
            return self._submit
        return self._routes.get((operation.method, _nameless(operation.path)), _unplayed)

    def _authorised(self, request: Request) -> bool:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        known = self.rules.tokens
        return scheme.lower() == "bearer" and bool(token.strip()) and (known is None or token.strip() in known)

    def _submit(self, operation: Operation, request: Request) -> Response:
        body = read_object(request.body)
        if isinstance(body, Response):
            return body
        fields, problems = translate(operation, body, self._today().date())
        problems += self.judge.problems(operation, fields)
        webhook = request.headers.get("x-webhook-url")
        if webhook is not None and not is_web_address(webhook):
            problems.append(Problem("X-Webhook-URL", "is not an http or https URL"))
        if problems:
            return invalid(problems)
        price = micro(DEFAULT_PRICE if operation.price is None else operation.price)
        if not self.ledger.covers(price):
            return refusal(
                402, f"The balance does not cover {price / 1e6:g} USD for this request. Top up and send it again."
            )
        if self.book.full:
            text = f"{self.book.active} jobs are running or waiting, which is the limit. Wait for one to end."
            return refusal(429, text, code="CONCURRENCY_LIMIT_REACHED")
        job = self._make(operation, request, fields, price, webhook)
        return answer(200, describe(job, job.submitted))

    def _make(
        self, operation: Operation, request: Request, fields: Mapping[str, Any], price: int, webhook: str | None
    ) -> Job:
        now = self.clock.monotonic()
        ending, seconds = steering(operation, fields.get("prompt"))
        job = Job(
            job_id=str(UUID(int=self._random.getrandbits(128), version=4)),
            operation=operation,
            body=request.body,
            created_at=self.book.moment(self._today()),
            submitted=now,
            seconds=seconds,
            ending=ending,
            price=price,
            home=request.origin if request.origin not in ("", self.document.server) else RESULTS,
            webhook=webhook,
        )
        self.book.add(job, now)
        self.ledger.accept(job)
        return job

    def _list(self, operation: Operation, request: Request) -> Response:
        query = dict(parse_qsl(request.query, keep_blank_values=True))
        problems = self.judge.query_problems(operation, query)
        before = moment(query["cursor"]) if "cursor" in query else None
        if "cursor" in query and before is None:
            problems.append(Problem("cursor", "is not a date-time"))
        if problems:
            return refusal(400, "; ".join(f"{problem.field}: {problem.message}" for problem in problems))
        now = self.clock.monotonic()
        types, state = [one for one in query.get("types", "").split(",") if one], query.get("status")
        jobs, more = self.book.page(
            before,
            int(query.get("limit", DEFAULT_PAGE)),
            lambda job: (
                (state is None or status(job, now) == state) and (not types or is_of(job.operation.model, types))
            ),
        )
        cursor = stamp(jobs[-1].created_at) if more else None
        return answer(200, {"items": [describe(job, now) for job in jobs], "next_cursor": cursor})

    def _show(self, _: Operation, request: Request) -> Response:
        job = self.book.find(request.path.rpartition("/")[2])
        return answer(200, describe(job, self.clock.monotonic())) if job else _no_job()

    def _cancel(self, _: Operation, request: Request) -> Response:
        now = self.clock.monotonic()
        job = self.book.find(request.path.rpartition("/")[2])
        if job is None:
            return _no_job()
        if not self.book.cancel(job, now):
            # 404 is the only refusal that the page documents.
            return refusal(
                404, f"Job {job.job_id} is {status(job, now)}: only a job that has not ended can be cancelled."
            )
        self._close(job, now)
        return Response(200)

    def _close(self, job: Job, now: float) -> None:
        self.ledger.close(job)
        if job.webhook:
            delivery = Delivery(job.job_id, job.webhook, json.dumps(describe(job, now)).encode())
            self.webhooks.append(delivery)
            self.undelivered.append(delivery)

    def _picture_of(self, request: Request) -> tuple[bytes, bool] | Response:
        name = request.path.removeprefix(IMAGES).removesuffix(".png")
        preview = name.endswith("/preview")
        job = self.book.find(name.removesuffix("/preview"))
        if job is None or job.ending == "empty" or request.method != "GET":
            return refusal(404, "There is no such result.")
        state = status(job, self.clock.monotonic())
        if state != "completed" and not (preview and state == "intermediate-complete"):
            return refusal(404, f"Job {job.job_id} is {state}: it has no such result.")
        fields, _ = translate(job.operation, json.loads(job.body), job.created_at.date())
        return pictures.recipe(job.operation.path, fields), preview

    def _today(self) -> datetime:
        return self.clock.now().astimezone(UTC)


def invalid(problems: list[Problem]) -> Response:
    """Make the 422 of a request that the document refuses, one message per field."""
    details = [{"field": problem.field, "message": problem.message} for problem in problems]
    return refusal(422, "The request is not valid.", details=details)


def refusal_405(request: Request, allowed: str) -> Response:
    """Make the 405 of a path that is served with other methods only."""
    return answer(405, {"error": f"{request.path} answers to {allowed}, not to {request.method}."}, allow=allowed)


def _unplayed(operation: Operation, _: Request) -> Response:
    return refusal(501, f"The sandbox does not play {operation.operation_id} yet.")


def _no_job() -> Response:
    return refusal(404, "There is no such job.")


def _nameless(path: str) -> str:
    return "/".join("{}" if part.startswith("{") else part for part in path.split("/"))
