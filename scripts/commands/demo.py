"""What scripts/demo shows: two small programs against a sandbox in a process of its own, over real HTTP."""

import json
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
OUTPUT = ROOT / "demo-out"
# The day after Krea stopped accepting the old names: this sandbox refuses them, like the API.
AFTER_THE_CUT_OFF = "2026-06-20"
HASTE = "5"  # the sandbox's seconds in one of ours, so that nobody waits long for a demonstration


def main() -> int:
    """Show everything; gives the exit code."""
    OUTPUT.mkdir(exist_ok=True)
    with sandbox() as url:
        title("1. A sandbox plays the Krea API")
        print(f"{url}, its date is {AFTER_THE_CUT_OFF}: it refuses the old names, as Krea has done since 2026-06-19.")
        title("2. A request of last year, in camelCase")
        run("docs/examples/last_year.py", url, "last-year.png")
        title("3. What it sent: the names of today")
        print(json.dumps(last_body(url), indent=2))
        title("4. The same with a typed request: nothing to warn about")
        run("docs/examples/typed.py", url, "typed.png")
    same = (OUTPUT / "last-year.png").read_bytes() == (OUTPUT / "typed.png").read_bytes()
    title("Done")
    print(
        "Both pictures were drawn by the sandbox, not by Krea. Equal requests give equal pictures"
        + (": these two are." if same else ".")
    )
    return 0


@contextmanager
def sandbox() -> Generator[str, None, None]:
    """The address of `krea-client sandbox`, for as long as the block lasts."""
    command = [
        sys.executable,
        "-m",
        "krea_client.cli",
        "sandbox",
        "--port",
        "0",
        "--date",
        AFTER_THE_CUT_OFF,
        "--time-scale",
        HASTE,
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    ) as process:
        url = process.stdout.readline().strip() if process.stdout else ""
        if not url:
            raise SystemExit(f"scripts/demo: the sandbox did not start: {process.communicate()[1].strip()}")
        try:
            yield url
        finally:
            process.terminate()


def run(program: str, url: str, picture: str) -> None:
    """Run a program as its author would; ends the demonstration when it fails."""
    target = OUTPUT / picture
    print(f"$ python {program} {url} {target.relative_to(ROOT)}", flush=True)
    command = [sys.executable, program, url, str(target.relative_to(ROOT))]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            for line in process.stdout or ():
                print(line, end="", flush=True)
        except BrokenPipeError:  # nobody reads any more: the program is not to stumble over that
            process.kill()
            raise
    if process.returncode:
        raise SystemExit(f"scripts/demo: {program} failed with exit code {process.returncode}, see above")


def last_body(url: str) -> object:
    """The JSON of the last generation that reached the sandbox."""
    received = httpx.get(f"{url}/__sandbox__/requests").json()
    return json.loads(next(request["body"] for request in reversed(received) if request["method"] == "POST"))


def title(text: str) -> None:
    """A heading, bold on a terminal."""
    print(f"\n\x1b[1m{text}\x1b[0m" if sys.stdout.isatty() else f"\n{text}", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # whoever reads has seen enough; what is still in the buffer goes nowhere
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
