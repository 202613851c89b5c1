"""Eight ways of a request to the wire: each library under its adapter, and each under `install`. Nothing leaves the process.

`sent` gives what came out at the far end: the request line, headers in order, and the body.
"""

import asyncio
import io
import urllib.request
from collections.abc import Mapping
from email.message import Message
from http.client import HTTPResponse
from typing import Any, NamedTuple, cast
from urllib.response import addinfourl

import httpx
import requests
from requests.adapters import BaseAdapter

from krea_client import legacy


class ForwardedRequest(NamedTuple):
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


class Recorder(httpx.MockTransport):
    """The far end of httpx."""

    def __init__(self) -> None:
        self.sent: list[ForwardedRequest] = []
        super().__init__(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        headers = {name.lower(): value for name, value in request.headers.items()}
        self.sent.append(ForwardedRequest(request.method, str(request.url), headers, request.content))
        return httpx.Response(200, json={})


class RecordingAdapter(BaseAdapter):
    """The far end of requests."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[ForwardedRequest] = []

    def send(self, request: requests.PreparedRequest, *_: Any, **__: Any) -> requests.Response:
        body = request.body or b""
        headers = {name.lower(): str(value) for name, value in request.headers.items()}
        raw = (
            body.encode() if isinstance(body, str) else body if isinstance(body, bytes) else b"".join(cast("Any", body))
        )
        self.sent.append(ForwardedRequest(str(request.method), str(request.url), headers, raw))
        answer = requests.Response()
        answer.status_code, answer.request, answer.url = 200, request, str(request.url)
        answer.raw = io.BytesIO(b"{}")
        return answer

    def close(self) -> None:
        pass


class RecordingHandler(urllib.request.HTTPHandler, urllib.request.HTTPSHandler):
    """The far end of urllib, behind what its own handlers do to a request."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[ForwardedRequest] = []

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        headers = {name.lower(): str(value) for name, value in req.header_items()}
        data = req.data if isinstance(req.data, bytes) else b"".join(cast("Any", req.data or ()))
        self.sent.append(ForwardedRequest(req.get_method(), req.full_url, headers, data))
        answer = addinfourl(io.BytesIO(b"{}"), Message(), req.full_url, 200)
        cast("Any", answer).msg = "OK"
        return cast("HTTPResponse", answer)

    https_open = http_open


class Carrier:
    """One way; `options` are those of the adapter. The newest request stands at the end of `sent`."""

    sent: list[ForwardedRequest]

    def __init__(self, **options: Any) -> None:
        raise NotImplementedError

    def post(
        self, url: str, body: bytes, headers: Mapping[str, str] | None = None, method: str = "POST"
    ) -> ForwardedRequest:
        self.send(method, url, body, {"Content-Type": "application/json", **(headers or {})})
        return self.sent[-1]

    def send(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> object:
        raise NotImplementedError


class ByTransport(Carrier):
    def __init__(self, **options: Any) -> None:
        end = Recorder()
        self.sent = end.sent
        self.client = httpx.Client(transport=legacy.Transport(end, **options))

    def send(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> object:
        return self.client.request(method, url, content=body, headers=dict(headers))


class ByAsyncTransport(Carrier):
    def __init__(self, **options: Any) -> None:
        end = Recorder()
        self.sent = end.sent
        self.client = httpx.AsyncClient(transport=legacy.AsyncTransport(end, **options))

    def send(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> object:
        return asyncio.run(self.client.request(method, url, content=body, headers=dict(headers)))


class ByRequestsAdapter(Carrier):
    def __init__(self, **options: Any) -> None:
        end = RecordingAdapter()
        self.sent = end.sent
        self.session = requests.Session()
        for scheme in ("https://", "http://"):
            self.session.mount(scheme, legacy.RequestsAdapter(end, **options))

    def send(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> object:
        return self.session.request(method, url, data=body, headers=dict(headers))


class ByUrllibHandler(Carrier):
    def __init__(self, **options: Any) -> None:
        end = RecordingHandler()
        self.sent = end.sent
        self.opener = urllib.request.build_opener(end, legacy.UrllibHandler(**options))

    def send(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> object:
        return self.opener.open(urllib.request.Request(url, body, dict(headers), method=method))


class Installed(Carrier):
    """As the class beside it, with bare ends, everything being done by `install`."""

    def __init__(self, **options: Any) -> None:
        legacy.install(**options)


class InstalledHttpx(Installed, ByTransport):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        end = Recorder()
        self.sent = end.sent
        self.client = httpx.Client(transport=end)


class InstalledAsyncHttpx(Installed, ByAsyncTransport):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        end = Recorder()
        self.sent = end.sent
        self.client = httpx.AsyncClient(transport=end)


class InstalledRequests(Installed, ByRequestsAdapter):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        end = RecordingAdapter()
        self.sent = end.sent
        self.session = requests.Session()
        for scheme in ("https://", "http://"):
            self.session.mount(scheme, end)


class InstalledUrllib(Installed, ByUrllibHandler):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        end = RecordingHandler()
        self.sent = end.sent
        self.opener = urllib.request.build_opener(end)


CARRIERS: tuple[type[Carrier], ...] = (
    ByTransport,
    ByAsyncTransport,
    ByRequestsAdapter,
    ByUrllibHandler,
    InstalledHttpx,
    InstalledAsyncHttpx,
    InstalledRequests,
    InstalledUrllib,
)
