#!/usr/bin/env bash
# httpcore 1.0.9 below httpx 0.28.1 with anyio 4.16.0: each async request looks for the missing package sniffio again.
#
# Guess before the first run: whether an optional package is there is found out once, when the module is imported.
# Seen: anyio requires sniffio no longer, so an installation of httpx has none; httpcore asks for it inside of a function that runs for each
# lock, event and cancellation scope. A failed import is not remembered by Python: each one searches every folder of sys.path.
# Consequence: CPU time of httpx.AsyncClient goes into looking for a package, the more the longer sys.path is and the more requests wait for
# a connection. With sniffio
# installed beside it, the same requests search for nothing.
#
# Output seen on 2026-11-30 (Python 3.11):
#   without sniffio: 500 requests, 4 searches for it each (5 on another day)
#   with sniffio: 500 requests, 0 searches for it each
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
pip() { "$work/venv/bin/pip" install --quiet --disable-pip-version-check "$@"; }
pip httpx==0.28.1 httpcore==1.0.9 anyio==4.16.0
cat >"$work/program.py" <<'PYTHON'
import asyncio
import sys
from importlib.abc import MetaPathFinder

import httpx

REQUESTS, AT_ONCE = 500, 10
searches = 0


class Counter(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        global searches
        searches += name == "sniffio"
        return None


class Server(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport

    def data_received(self, data):  # a GET without a body comes in one piece
        self.transport.write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")


async def main():
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0)
    url = "http://127.0.0.1:%d/" % server.sockets[0].getsockname()[1]
    async with httpx.AsyncClient(trust_env=False) as client:

        async def some():
            for _ in range(REQUESTS // AT_ONCE):
                (await client.get(url)).raise_for_status()

        await client.get(url)
        sys.meta_path.insert(0, Counter())
        await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    server.close()


asyncio.run(main())
print(f"{sys.argv[1]} sniffio: {REQUESTS} requests, {searches // REQUESTS} searches for it each")
is_missing = sys.argv[1] == "without"
sys.exit(not (searches >= REQUESTS if is_missing else searches == 0))
PYTHON
"$work/venv/bin/python" "$work/program.py" without
pip sniffio==1.3.1
"$work/venv/bin/python" "$work/program.py" with
