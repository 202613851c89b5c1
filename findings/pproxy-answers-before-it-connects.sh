#!/usr/bin/env bash
# pproxy 2.7.9 (a proxy server, Python package): as a SOCKS 5 server it reports success before it has a connection.
#
# Guess before the first run: RFC 1928 lets a server answer CONNECT once it knows the outcome, so a target port on which nobody listens
# gives reply 5 (connection refused).
# Seen: reply 0 (succeeded) at once; the client sends its request, and only then the connection is closed without a byte.
# Consequence for clients that must not send a request twice: behind such a proxy "never connected" looks like "answer lost".
#
# Output seen on 2026-11-30 (Python 3.11):
#   reply to CONNECT: 0
#   after sending a request: b''
set -euo pipefail
work=$(mktemp -d)
trap 'kill "${server:-0}" 2>/dev/null || true; rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pproxy==2.7.9
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$work/venv/bin/pproxy" -l "socks5://127.0.0.1:$port" >"$work/log" 2>&1 &
server=$!
python3 - "$port" <<'PYTHON'
import socket
import sys
import time

with socket.socket() as unused:  # a port on which nobody listens
    unused.bind(("127.0.0.1", 0))
    target = unused.getsockname()[1]
for _ in range(100):
    try:
        client = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 10)
        break
    except OSError:
        time.sleep(0.1)
with client:
    client.sendall(b"\x05\x01\x00")
    assert client.recv(2) == b"\x05\x00"
    client.sendall(b"\x05\x01\x00\x01\x7f\x00\x00\x01" + target.to_bytes(2, "big"))
    reply = client.recv(10)[1]
    print("reply to CONNECT:", reply)
    client.sendall(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n")
    try:
        rest = client.recv(100)
    except ConnectionResetError:
        rest = b""
    print("after sending a request:", rest)
sys.exit(not (reply == 0 and rest == b""))
PYTHON
