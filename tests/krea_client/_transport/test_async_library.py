"""Where sniffio is missing, no request searches for it; where it is there, httpcore asks it as ever."""

import subprocess
import sys

import pytest

PROGRAM = """
import asyncio, sys
from importlib.abc import MetaPathFinder

IS_HIDDEN = sys.argv[1] == "hidden"
searches = 0


class Finder(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        global searches
        if name == "sniffio":
            searches += 1
            if IS_HIDDEN:
                raise ModuleNotFoundError(name)


sys.meta_path.insert(0, Finder())
from krea_client import AsyncKrea
from krea_client.sandbox import Sandbox, running


async def main(url):
    async with AsyncKrea("t", url) as krea:
        for number in range(5):
            if number == 1:  # what the first one needs has been found, or not
                before = searches
            await krea.submit("z-image/z-image", prompt="x", aspect_ratio="1:1", resolution="1K")
    print(searches - before, "sniffio" in sys.modules)


with running(Sandbox(date="2026-11-20", time_scale=0)) as url:
    asyncio.run(main(url))
"""


@pytest.mark.parametrize(("state", "printed"), [("hidden", "0 False"), ("installed", "0 True")])
def test_later_requests_do_not_search_for_sniffio(state: str, printed: str) -> None:
    if state == "installed":
        pytest.importorskip("sniffio")
    completed = subprocess.run([sys.executable, "-c", PROGRAM, state], capture_output=True, text=True, check=True)
    assert completed.stdout.strip() == printed
