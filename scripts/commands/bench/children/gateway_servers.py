"""One of three servers on a free port, printed on the first line: an upstream that answers at once, a bare proxy, the gateway."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

RESPONSE = b'{"job_id": "1", "status": "queued"}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(RESPONSE)


class Upstream(asyncio.Protocol):
    """Answers each request with the same bytes."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to answer."""
        self._transport: Any = transport
        self._received = b""

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head = self._received[:end].lower()
            length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
            if len(self._received) < end + 4 + length:
                return
            self._received = self._received[end + 4 + length :]
            self._transport.write(HEAD + RESPONSE)


async def serve_upstream() -> None:
    """Serve until the process is ended."""
    listener = await asyncio.get_running_loop().create_server(Upstream, "127.0.0.1", 0)
    print(listener.sockets[0].getsockname()[1], flush=True)
    await listener.serve_forever()


def bare_proxy(upstream: str) -> Callable[..., Awaitable[None]]:
    """Return the least that passes requests on with the same libraries, as an ASGI application."""
    import httpx

    limits = httpx.Limits(max_connections=None, max_keepalive_connections=100)
    client = httpx.AsyncClient(timeout=None, limits=limits)  # noqa: S113  # as the gateway, which leaves waiting to the caller

    async def app(scope: Any, receive: Any, send: Any) -> None:
        async def body() -> AsyncIterator[bytes]:
            while True:
                event = await receive()
                yield event.get("body", b"")
                if not event.get("more_body"):
                    return

        headers = [pair for pair in scope["headers"] if pair[0] != b"host"]
        request = httpx.Request(scope["method"], upstream + scope["path"], headers=headers, content=body())
        response = await client.send(request, stream=True)
        await send({"type": "http.response.start", "status": response.status_code, "headers": response.headers.raw})
        async for chunk in response.aiter_raw():
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
        await response.aclose()

    return app


def gateway(upstream: str) -> Any:
    """Return the gateway, without its log."""
    import logging

    from krea_client.legacy.adapter_options import build_rewriter
    from krea_client.legacy.gateway.field_usage import UsageLog
    from krea_client.legacy.gateway.forwarding import Gateway
    from krea_client.legacy.gateway.translation import Translator

    logging.disable()  # the bare proxy logs nothing either
    return Gateway(upstream, Translator(build_rewriter({}), "https://api.krea.ai"), UsageLog())


def main(kind: str, port: str) -> None:
    """Serve one of the three."""
    if kind == "upstream":
        asyncio.run(serve_upstream())
        return
    import uvicorn

    from krea_client.legacy.gateway.listening import listening

    app = (bare_proxy if kind == "bare" else gateway)(f"http://127.0.0.1:{port}")
    with listening("127.0.0.1", 0) as sock:
        print(sock.getsockname()[1], flush=True)
        config = uvicorn.Config(app, log_config=None, access_log=False, lifespan="off", ws="none")
        uvicorn.Server(config).run(sockets=[sock])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
