"""Resume a bulk run of many lines that is nearly done: time, CPU time and memory until its first POST.

`python -m bench.bulk_resume [LINES] [items]` writes the input and a journal in which all items but 1,000 are saved, resumes the run in a
process of its own, and prints a line of figures. With `items` the input is no file but a generator of dicts with a key function; beside its
figures stands what reading such a generator alone takes.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

from bench.environments import ROOT
from bench.processes import CLEAN
from krea_client.bulk.input_files import open_input
from krea_client.bulk.iterable_input import IterableInput
from krea_client.bulk.journal import BulkItem, Checkpoint, StoredFile, Write
from krea_client.bulk.run_folder import DEFAULTS, ITEMS, MANIFEST_FROM, RUN
from krea_client.bulk.run_parts import BASELINE, CHAIN, CHAIN_ITEMS, EARLIER, FRONTIER
from krea_client.bulk.sqlite_journal import SqliteJournal
from krea_client.bulk.states import ItemState

OPEN_LINES = 1_000  # items that are not saved
GROUP = 1_000  # items of a write, and of a checkpoint
MODEL = "z-image/z-image"
CREATED = 1_764_000_000_000_000  # microseconds since 1970: when the first job was created
PRICE = 3_000  # millionths of a USD
CHILD = """
import json, resource, sys, time
began = time.monotonic()
start = time.process_time()
def generated(lines):
    for number in range(lines):
        yield {"custom_id": f"p{number:08}", "model": "z-image/z-image", "prompt": "a lighthouse at dusk, oil on canvas",
            "aspect_ratio": "1:1", "resolution": "1K"}
alone = 0.0
if sys.argv[2].isdigit():
    for item in generated(int(sys.argv[2])):
        pass
    alone = time.process_time() - start
from krea_client import Hooks, Krea
from krea_client.bulk.progress_figures import RunControl
control = RunControl()
cpu = []
def note(request):
    if request.paid and not cpu:
        cpu.append(time.process_time())
def stop(job):
    if job.counts.of(2, 5, 6) > int(sys.argv[4]):
        control.stopping.set()
requests, key = sys.argv[2], None
if requests.isdigit():
    requests, key = generated(int(requests)), lambda item: item["custom_id"]
with Krea("toy-token", sys.argv[1], hooks=Hooks(on_request=note)) as krea:
    krea.bulk.run(requests, sys.argv[3], at_once=8, key=key, control=control, on_progress=stop)
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"began": began, "memory": memory, "cpu": cpu[0] - alone, "alone": alone}))
"""


def write_input(path: Path, lines: int) -> list[int]:
    """Write the input, and return where every thousandth line begins."""
    positions: list[int] = []
    body = {"prompt": "a lighthouse at dusk, oil on canvas", "aspect_ratio": "1:1", "resolution": "1K"}
    with path.open("wb") as file:
        for first in range(0, lines, GROUP):
            positions.append(file.tell())
            rows = (
                json.dumps({"custom_id": f"p{number:08}", "model": MODEL, "body": body})
                for number in range(first, min(first + GROUP, lines))
            )
            file.write("".join(f"{row}\n" for row in rows).encode())
    return positions


def generated(lines: int) -> Iterator[dict[str, str]]:
    """Yield the items of a Python program; the process that is measured has the same ones."""
    fields = {
        "model": MODEL,
        "prompt": "a lighthouse at dusk, oil on canvas",
        "aspect_ratio": "1:1",
        "resolution": "1K",
    }
    return ({"custom_id": f"p{number:08}", **fields} for number in range(lines))


def settings_of_items(lines: int) -> dict[str, str]:
    """Return the settings of a run over a generator whose items but the last ones were begun."""
    begun = lines - OPEN_LINES
    source = IterableInput(generated(begun), lambda item: item["custom_id"])
    return {CHAIN: source.pass_over(begun, ()).digest, CHAIN_ITEMS: str(begun)}


def write_journal(folder: Path, of_input: dict[str, str], positions: list[int], lines: int) -> float:
    """Write the journal of a run that is nearly done; return the bytes that an item takes in it."""
    path = folder / "journal.sqlite"
    settings: dict[str, str | None] = {RUN: "resume", ITEMS: str(lines), DEFAULTS: "{}", FRONTIER: "1", BASELINE: "1"}
    settings |= {EARLIER: "[]", MANIFEST_FROM: str((lines - OPEN_LINES) // 1_000), **of_input}
    checkpoints = [Checkpoint(number * GROUP, position) for number, position in enumerate(positions[:-1])]
    _write(path, Write([_saved(number) for number in range(GROUP)], checkpoints, settings))
    _multiply(path, lines - OPEN_LINES - GROUP)
    _write(path, Write([_saved(number) for number in range(lines - OPEN_LINES - GROUP, lines - OPEN_LINES)]))
    return path.stat().st_size / (lines - OPEN_LINES)


def _write(path: Path, write: Write) -> None:
    journal = SqliteJournal(path)
    journal.lead("the benchmark")
    journal.write(write)
    journal.close()


def _multiply(path: Path, rows: int) -> None:
    """Add items like those of the journal until it has so many: with keys and jobs of their own, and by SQL, which is much faster."""
    copy = (
        "INSERT INTO items SELECT ordinal + :count, printf('p%08d', ordinal + :count), state, model, randomblob(16), time, seconds, "
        "price, files FROM items WHERE ordinal + :count < :rows"
    )
    with closing(sqlite3.connect(path)) as database, database:
        count = GROUP
        while count < rows:
            database.execute(copy, {"count": count, "rows": rows})
            count *= 2
        blocks = "INSERT OR IGNORE INTO blocks SELECT ordinal / 1000, ? FROM items WHERE ordinal % 1000 = 0"
        database.execute(blocks, (CREATED,))
        total = "UPDATE settings SET value = ? WHERE name = '-counts'"
        database.execute(total, (json.dumps([[ItemState.SAVED, rows, rows * PRICE]]),))


def _saved(number: int) -> BulkItem:
    key = f"p{number:08}"
    job = str(UUID(int=(number * 0x9E3779B97F4A7C15F39CC0605CEDC835) % (1 << 128)))
    file = StoredFile(f"{number // 1_000:03}/{key}.png", 1_234_567, f"{number:064x}")
    return BulkItem(number, key, ItemState.SAVED, MODEL, job, CREATED + number, 4.2, PRICE, files=(file,))


def measure(source: str, folder: Path, lines: int) -> str:
    """Resume the run, and return the figures in words."""
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.job_server", "2000", "0.5", "0.1", "1000", "0.0"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**CLEAN, "PYTHONPATH": str(ROOT / "scripts" / "commands")},
    )
    if server.stdin is None or server.stdout is None:
        raise SystemExit("the server has no pipes")
    url = f"http://127.0.0.1:{int(server.stdout.readline())}"
    began = time.monotonic()
    command = [sys.executable, "-c", CHILD, url, source, str(folder), str(lines - OPEN_LINES)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    child = json.loads(ended.stdout)
    first = _first_post(url)
    server.stdin.close()
    server.wait(10)
    return (
        f"first POST {first - began:.2f} s after the process began ({first - child['began']:.2f} s after Python did), "
        f"{child['cpu']:.2f} s of CPU beside {child['alone']:.2f} s for reading a generator alone, {child['memory'] / 1024:.0f} MB"
    )


def main(arguments: list[str]) -> int:
    """Measure and print."""
    numbers = [int(text) for text in arguments if text.isdigit()]
    lines = numbers[0] if numbers else 10_000_000
    with tempfile.TemporaryDirectory(prefix="bulk-resume-") as name:
        source, folder = Path(name, "input.jsonl"), Path(name, "out")
        folder.mkdir()
        if "items" in arguments:
            per_item = write_journal(folder, settings_of_items(lines), [], lines)
            figures = measure(str(lines), folder, lines)
        else:
            positions = write_input(source, lines)
            per_item = write_journal(folder, open_input(source).fingerprint(), positions, lines)
            figures = measure(str(source), folder, lines)
        print(f"{lines:,} lines: {figures}, {per_item:.0f} bytes of journal an item")
    return 0


def _first_post(url: str) -> float:
    from urllib.request import urlopen

    with urlopen(f"{url}/stats") as response:  # noqa: S310  # its own server on loopback
        return float(json.load(response)["first"])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
