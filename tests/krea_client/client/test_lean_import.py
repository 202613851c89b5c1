"""Importing a client leaves out what it does not need, and leaves everything as others expect it."""

import subprocess
import sys

import pytest


def run(program: str) -> str:
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_the_command_line_of_httpx_is_left_out_until_it_is_called() -> None:
    program = """
import sys
from krea_client import Krea
import httpx
assert "click" not in sys.modules and "rich" not in sys.modules, "imported"
assert "httpx._main" not in sys.modules
sys.argv = ["httpx", "--help"]
try:
    httpx.main()
except SystemExit as end:
    assert not end.code
assert "click" in sys.modules
import httpx._main
assert httpx.main is httpx._main.main
"""
    assert "HTTPX" in run(program)


def test_what_was_imported_before_stays_as_it_is() -> None:
    run("""
import httpx
main = httpx.main
import sys
module = sys.modules["httpx._main"]
from krea_client import AsyncKrea
assert httpx.main is main and sys.modules["httpx._main"] is module
""")


@pytest.mark.parametrize("name", ["KreaError", "Job", "aliases", "webhooks"])
def test_names_that_need_no_http_library_do_not_import_it(name: str) -> None:
    run(f"import sys; from krea_client import {name}; assert 'httpx' not in sys.modules; import httpx._main")


@pytest.mark.parametrize("name", ["Krea", "AsyncKrea"])
def test_the_http_library_is_not_imported_from_deep_below(name: str) -> None:
    run(f"""
import inspect, sys
depths = []
class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "httpx":
            depths.append(len(inspect.stack(0)))
sys.meta_path.insert(0, Finder())
from krea_client import {name}
assert depths and max(depths) < 25, depths
""")


@pytest.mark.parametrize("state", ["enable", "disable"])
def test_the_collector_of_garbage_is_left_as_it_was(state: str) -> None:
    run(f"import gc; gc.{state}(); from krea_client import Krea; assert gc.isenabled() is {state == 'enable'}")


def test_an_import_that_fails_leaves_nothing_behind() -> None:
    run("""
import gc, sys
sys.modules["httpcore"] = None
try:
    from krea_client import Krea
except ImportError:
    pass
assert gc.isenabled() and "httpx._main" not in sys.modules
""")


@pytest.mark.parametrize("kind", ["Krea", "AsyncKrea"])
def test_an_address_without_tls_has_no_tls_settings_made(kind: str) -> None:
    run(f"""
import asyncio, gc, socket, ssl
from krea_client import {kind}, ConnectionFailed, Retry
with socket.create_server(("127.0.0.1", 0)) as server:
    port = server.getsockname()[1]
client = {kind}("toy-token", f"http://127.0.0.1:{{port}}", retry=Retry(attempts=1))
async def submit():
    outcome = client.submit("z-image/z-image", prompt="a fox", aspect_ratio="1:1", resolution="1K")
    return await outcome if asyncio.iscoroutine(outcome) else outcome
try:
    asyncio.run(submit())
except ConnectionFailed:
    assert not [made for made in gc.get_objects() if isinstance(made, ssl.SSLContext)]
else:
    raise AssertionError
""")


def test_a_command_leaves_out_the_command_line_of_httpx() -> None:
    run("""
import os, sys
os.environ["KREA_API_TOKEN"] = "a:b"
from krea_client.cli.clients import api_client
with api_client():
    assert "httpx" in sys.modules and "httpx._main" not in sys.modules
""")
