"""Programs that run before and after `migrate --write`: the API gets the same bodies under new names, everybody else the same bytes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from krea_client.aliases import translate
from krea_migrate import engine
from krea_migrate.findings import Certainty
from krea_migrate.report import Report
from tests.krea_migrate.test_metamorphic import OTHER, SHAPES, URL, Files, _also_sent

HOST = "https://api.krea.ai"
# Python's clients are recorded below themselves, where a request is a method, an address and bytes.
RECORDING = """
import json, sys, httpx, requests

def _note(address, body):
    sys.stderr.write(json.dumps([address, body]) + "\\n")

def _send(self, request, **options):
    _note(request.url, request.body.decode() if isinstance(request.body, bytes) else request.body)
    answer = requests.Response()
    answer.status_code, answer._content = 200, b'{"job_id": "1", "status": "completed", "urls": []}'
    return answer

def _handle(self, request):
    _note(str(request.url), request.read().decode())
    return httpx.Response(200, json={"job_id": "1", "status": "completed"})

async def _handle_async(self, request):
    _note(str(request.url), (await request.aread()).decode())
    return httpx.Response(200, json={"job_id": "1", "status": "completed"})

requests.Session.send = _send
httpx.HTTPTransport.handle_request = _handle
httpx.AsyncHTTPTransport.handle_async_request = _handle_async
"""
# One process has imported the clients, and forks for each program whose folder it reads: importing takes longer than the programs do.
LAUNCHER = f"""{RECORDING}
import os, runpy, traceback

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        os.chdir(line.rstrip("\\n"))
        sys.path.insert(0, os.getcwd())
        os.dup2(os.open("stderr", os.O_CREAT | os.O_WRONLY), 2)
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
        code = 0
        try:
            runpy.run_path("main.py", run_name="__main__")
        except BaseException:
            traceback.print_exc()
            code = 1
        sys.stderr.flush()
        os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
RECORDING_SCRIPT = """
globalThis.fetch = async (address, options) => {
  process.stderr.write(JSON.stringify([String(address), options.body]) + "\\n");
  return { ok: true, status: 200, json: async () => ({ job_id: "1", status: "completed" }) };
};
"""
NODE = shutil.which("node")


class Sent(NamedTuple):
    """A request as it left the program."""

    address: str
    body: str


class Launcher:
    """Runs programs in folders, each in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def run(self, files: Files, folder: Path) -> list[Sent]:
        """Return what a program sends."""
        folder.mkdir()
        for file, text in files.items():
            (folder / file).write_text(text)
        code, stderr = self._script(folder) if "main.mjs" in files else self._program(folder)
        assert code == 0, stderr
        return [Sent(*json.loads(line)) for line in stderr.splitlines()]

    def _program(self, folder: Path) -> tuple[int, str]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(f"{folder}\n")
        self.process.stdin.flush()
        code = int(self.process.stdout.readline())
        return code, (folder / "stderr").read_text()

    def _script(self, folder: Path) -> tuple[int, str]:
        (folder / "recording.mjs").write_text(RECORDING_SCRIPT)
        command = [str(NODE), "--import", "./recording.mjs", "main.mjs"]
        completed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
        return completed.returncode, completed.stderr


@pytest.fixture(scope="module")
def launcher() -> Iterator[Launcher]:
    command = [sys.executable, "-c", LAUNCHER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield Launcher(process)


# Programs with more than one destination, models that the run chooses, mappings, loops, defaults and reads.
PROGRAMS: dict[str, Files] = {
    "two vendors": {
        "main.py": f"""import requests

def ours(body):
    return requests.post("{URL}", json=body).json()

def theirs(body):
    return requests.post("{OTHER}", json=body).json()

for ratio in ("1:1", "16:9"):
    ours({{"prompt": "a fox", "aspectRatio": ratio}})
    theirs({{"prompt": "a fox", "aspectRatio": ratio}})
shared = {{"prompt": "an owl", "aspectRatio": "4:3"}}
ours(shared)
theirs(shared)
"""
    },
    "a vendor by the environment": {
        "main.py": f"""import os

import requests

VENDORS = {{"krea-ai": "{URL}", "other": "{OTHER}"}}

def submit(vendor):
    requests.post(VENDORS[vendor], json={{"prompt": "a fox", "aspectRatio": "1:1"}})

submit(os.environ.get("IMAGE_VENDOR", "krea-ai"))
os.environ["IMAGE_VENDOR"] = "other"
submit(os.environ.get("IMAGE_VENDOR", "krea-ai"))
"""
    },
    "a body told to others": {
        "main.py": f"""import json

import requests

def ours(body):
    text = json.dumps(body)
    requests.post("{URL}", data=text)
    requests.post("{OTHER}", json={{"text": f"sent {{text}}"}})

def archived(body):
    requests.post("{URL}", json=body)
    requests.post("{OTHER}", json={{"input": body}})

ours({{"prompt": "a fox", "aspectRatio": "1:1"}})
archived({{"prompt": "an owl", "aspectRatio": "1:1"}})
"""
    },
    "a model by the run": {
        "main.py": f"""import requests

BASE = "{HOST}/generate/"
MODELS = {{"still": "image/google/nano-banana-pro", "clip": "video/kling/kling-2.6"}}

def generate(kind, **fields):
    body = {{"prompt": "a fox", "aspectRatio": "16:9"}}
    body.update(fields)
    if kind == "clip":
        body["startImage"] = "https://files.example/a.png"
    assert body["aspectRatio"] == "16:9"
    return requests.post(BASE + MODELS[kind], json=body)

generate("still")
generate("clip", generateAudio=True)
"""
    },
    "keys in a loop": {
        "main.py": f"""import requests

body = {{"prompt": "a fox"}}
for key, value in (("aspectRatio", "1:1"), ("imageUrls", ["https://files.example/a.png"])):
    body[key] = value
requests.post("{URL}", json=body)
given = {{"aspectRatio": "1:1", "seed": 3}}
copied = {{"prompt": "a fox"}}
for key in ("aspectRatio", "seed"):
    copied[key] = given[key]
requests.post("{OTHER}", json=copied)
"""
    },
    "classes": {
        "main.py": f"""import asyncio
from dataclasses import asdict, dataclass

import httpx

@dataclass
class Clip:
    prompt: str
    aspectRatio: str = "16:9"

class Client:
    def __init__(self, base):
        self.base = base

    async def post(self, path, body):
        async with httpx.AsyncClient(base_url=self.base) as client:
            return await client.post(path, json=body)

class Studio(Client):
    def __init__(self):
        super().__init__("{HOST}")

    async def clip(self, clip):
        return await self.post("/generate/video/kling/kling-2.6", asdict(clip))

async def main():
    await Studio().clip(Clip("a fox"))
    await Client("https://api.other.example").post("/v1", {{"aspectRatio": "1:1"}})

asyncio.run(main())
"""
    },
    "a script": {
        "main.mjs": f"""const ours = (body) => fetch("{URL}", {{ method: "POST", body: JSON.stringify(body) }});
const theirs = (body) => fetch("{OTHER}", {{ method: "POST", body: JSON.stringify(body) }});
const aspectRatio = "1:1";
await ours({{ prompt: "a fox", aspectRatio }});
await theirs({{ prompt: "a fox", aspectRatio }});
const body = {{ prompt: "an owl" }};
body.imageUrls = ["https://files.example/a.png"];
await ours({{ ...body, aspectRatio: "4:3" }});
await theirs({{ ...body, aspectRatio: "4:3" }});
"""
    },
    "a script that chooses": {
        "main.mjs": f"""const MODELS = {{ still: "image/google/nano-banana-pro", clip: "video/kling/kling-2.6" }};
async function generate(kind, {{ aspectRatio, ...more }}) {{
  const body = {{ prompt: "a fox", aspectRatio, ...more }};
  return fetch(`{HOST}/generate/${{MODELS[kind]}}`, {{ method: "POST", body: JSON.stringify(body) }});
}}
await generate("still", {{ aspectRatio: "1:1" }});
await generate("clip", {{ aspectRatio: "16:9", startImage: "https://files.example/a.png" }});
"""
    },
}
for shape in SHAPES:
    PROGRAMS[f"{shape.__name__} to one"] = shape(URL, 3)
    PROGRAMS[f"{shape.__name__} to two"] = _also_sent(shape(OTHER, 3))
CALLS = {"coroutines": "\nimport asyncio\nasyncio.run(main())\n", "rows": '\nsend("row1")\n'}


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("lowest", [Certainty.CERTAIN, Certainty.LIKELY])
def test_the_same_requests(name: str, lowest: Certainty, launcher: Launcher, tmp_path: Path) -> None:
    files = dict(PROGRAMS[name])
    files = {
        file: text + CALLS.get(name.split(maxsplit=1)[0], "") * (file == "main.py") for file, text in files.items()
    }
    if "main.mjs" in files and NODE is None:
        pytest.skip("needs node, to run a script")
    report = Report()
    engine.analyse({file: text.encode() for file, text in files.items()}, report, engine.Settings())
    new = {file: source.text.decode() for file, source in engine.migrated(report, lowest).items()}
    before, after = launcher.run(files, tmp_path / "before"), launcher.run(files | new, tmp_path / "after")
    assert before
    if name.endswith("to one"):
        assert any("aspect_ratio" in request.body for request in after)
    assert [request.address for request in before] == [request.address for request in after]
    for old, now in zip(before, after, strict=True):
        if old.address.startswith(HOST):
            assert translated(now) == translated(old)
        else:
            assert now.body == old.body


def translated(request: Sent) -> Any:
    """Return the body under the names of today."""
    return translate(request.address.removeprefix(HOST + "/generate/"), json.loads(request.body))[0]
