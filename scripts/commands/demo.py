"""Run two small programs against a sandbox in a separate process, over real HTTP."""

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
# The day after Krea stopped accepting the deprecated names: this sandbox rejects them, like the API.
AFTER_THE_CUT_OFF = "2026-06-20"
TIME_SCALE = "5"  # sandbox seconds per real second, so that the demonstration is short


def main() -> int:
    """Run the demonstration and return its exit code."""
    OUTPUT.mkdir(exist_ok=True)
    with sandbox() as url:
        title("1. Start a sandbox, a local imitation of the Krea API")
        print(f"{url}, its date is {AFTER_THE_CUT_OFF}: like Krea since 2026-06-19, it rejects the deprecated names.")
        title("2. A legacy request with deprecated camelCase names")
        run("docs/examples/legacy.py", url, "legacy.png")
        title("3. The body that was sent has the current names")
        print(json.dumps(last_body(url), indent=2))
        title("4. The same request as a typed object, without a warning")
        run("docs/examples/typed.py", url, "typed.png")
    equal = (OUTPUT / "legacy.png").read_bytes() == (OUTPUT / "typed.png").read_bytes()
    title("Done")
    print(
        "Both pictures were drawn by the sandbox, not by Krea. Equal requests give equal pictures"
        + (": these two are." if equal else ".")
    )
    return 0


@contextmanager
def sandbox() -> Generator[str, None, None]:
    """Start `krea-client sandbox` and yield its address; stop it at the end of the block."""
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
        TIME_SCALE,
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
    """Run a program like its author would; exit when it fails."""
    target = OUTPUT / picture
    print(f"$ python {program} {url} {target.relative_to(ROOT)}", flush=True)
    command = [sys.executable, program, url, str(target.relative_to(ROOT))]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        try:
            for line in process.stdout or ():
                print(line, end="", flush=True)
        except BrokenPipeError:  # the reader is gone; the program must not fail because of it
            process.kill()
            raise
    if process.returncode:
        raise SystemExit(f"scripts/demo: {program} failed with exit code {process.returncode}, see above")


def last_body(url: str) -> object:
    """Return the JSON body of the last generation request that the sandbox received."""
    received = httpx.get(f"{url}/__sandbox__/requests").json()
    return json.loads(next(request["body"] for request in reversed(received) if request["method"] == "POST"))


def title(text: str) -> None:
    """Print a heading, bold on a terminal."""
    print(f"\n\x1b[1m{text}\x1b[0m" if sys.stdout.isatty() else f"\n{text}", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:  # the reader is gone; discard what is still buffered
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
