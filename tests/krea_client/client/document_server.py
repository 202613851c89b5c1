"""A server on loopback that publishes a document of the API, and counts who asks for it."""

import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class DocumentServer:
    """Answers GET /openapi.json with `content`; with 304 where the ETag is the same. Everything else is 500."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.status = 200
        self.headers: dict[str, str] = {"ETag": '"1"'}
        self.hold: threading.Event | None = None
        self.seen: list[tuple[str, Mapping[str, str]]] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        if self.hold is not None:
            self.hold.set()
        self.server.shutdown()
        self.server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.seen.append((self.path, dict(self.headers)))
                if outer.hold is not None:
                    outer.hold.wait(20)
                status, content = outer.status, outer.content
                if status == 200 and self.headers.get("If-None-Match") == outer.headers.get("ETag", "-"):
                    status, content = 304, b""
                self.send_response(status)
                for name, value in outer.headers.items():
                    self.send_header(name, value)
                if status != 304:
                    self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        return Handler
