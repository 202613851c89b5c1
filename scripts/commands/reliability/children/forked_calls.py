"""Calls of forked processes that share one client. Usage: forked_calls.py SUBJECT URL ROUNDS CHILDREN.

Runs alone, with what its environment holds. Prints a JSON object: how many calls got the id of their own job, of another one's, an error
although a job was billed ("unknown"), or an error with nothing billed ("refused").
"""

import asyncio
import json
import multiprocessing
import os
import re
import sys
import time
import warnings
from collections import Counter
from importlib import import_module
from typing import Any
from urllib.request import urlopen

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOKEN = "token"  # noqa: S105  # for a server on loopback that asks for none
FIELDS = {"aspect_ratio": "1:1", "resolution": "1K"}


class Subject:
    """A client of one library; `submit` returns the text in which the id of the new job stands."""

    def __init__(self, name: str, url: str) -> None:
        self.name, self.url = name, url
        self.client = getattr(self, f"_{name.replace('-', '_')}")()

    def submit(self, prompt: str) -> str:
        """Make a paid request."""
        submit_by_name: dict[str, Any] = {
            "krea": lambda: self.client.submit("z-image/z-image", FIELDS | {"prompt": prompt}),
            "krea-async": lambda: asyncio.run(self._in_a_loop(prompt)),
            "fal": lambda: self.client.submit("fal-ai/z-image", arguments={"prompt": prompt}).request_id,
            "replicate": lambda: self.client.predictions.create(version="c", input={"prompt": prompt}).id,
            "openai": lambda: self.client.images.generate(model="m", prompt=prompt).data[0].url,
            "runwayml": lambda: (
                self.client.text_to_video.create(model="veo3.1", prompt_text=prompt, ratio="1280:720", duration=4).id
            ),
        }
        return str(submit_by_name[self.name]())

    async def _in_a_loop(self, prompt: str) -> str:
        return str(await self.client.submit("z-image/z-image", FIELDS | {"prompt": prompt}))

    def _krea(self) -> Any:
        return import_module("krea_client").Krea(TOKEN, self.url, timeout=5)

    def _krea_async(self) -> Any:
        return import_module("krea_client").AsyncKrea(TOKEN, self.url, timeout=5)

    def _fal(self) -> Any:
        module: Any = import_module("fal_client.client")
        module.QUEUE_URL_FORMAT = self.url + "/fal/"
        return module.SyncClient(key=TOKEN)

    def _replicate(self) -> Any:
        return import_module("replicate").Client(api_token=TOKEN, base_url=self.url + "/replicate")

    def _openai(self) -> Any:
        return import_module("openai").OpenAI(api_key=TOKEN, base_url=self.url + "/openai")

    def _runwayml(self) -> Any:
        return import_module("runwayml").RunwayML(api_key=TOKEN, base_url=self.url + "/runwayml")


def attempt(subject: Subject, prompt: str) -> str:
    """Return the id of the job that a call gave, or the error."""
    try:
        match = UUID.search(subject.submit(prompt))
    except Exception as error:  # noqa: BLE001  # how each library fails is what is counted
        return f"error {type(error).__name__}"
    return match[0] if match else "error without an id"


def forked(subject: Subject, number: int, children: int) -> dict[str, str]:
    """Use the client, fork, and let every child make a call; return the results by prompt."""
    attempt(subject, f"parent {number}")
    reader, writer = os.pipe()
    pids = []
    for child in range(children):
        if (pid := os.fork()) == 0:
            time.sleep(0.01 * child)
            prompt = f"child {number}.{child}"
            os.write(writer, f"{prompt}\t{attempt(subject, prompt)}\n".encode())
            os._exit(0)
        pids.append(pid)
    for pid in pids:
        os.waitpid(pid, 0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        return dict(line.rstrip("\n").split("\t") for line in stream)


def in_a_pool(subject: Subject, number: int, children: int) -> dict[str, str]:
    """Use the client, then let a pool of forked workers make the calls."""
    attempt(subject, f"parent pool {number}")
    prompts = [f"pool {number}.{child}" for child in range(children)]
    with multiprocessing.get_context("fork").Pool(children, _SHARED.append, (subject,)) as pool:
        return dict(zip(prompts, pool.map(in_worker, prompts), strict=True))


_SHARED: list[Subject] = []  # filled in the workers, which inherit the client by the fork


def in_worker(prompt: str) -> str:
    """Make a call in a worker of the pool."""
    return attempt(_SHARED[-1], prompt)


def main(name: str, url: str, rounds: int, children: int) -> None:
    """Fork in rounds and print what came of it."""
    warnings.simplefilter("ignore")
    subject = Subject(name, url)
    results: dict[str, str] = {}
    for number in range(rounds):
        results |= (forked if number % 2 == 0 else in_a_pool)(subject, number, children)
    with urlopen(url + "/__ledger__") as answer:  # noqa: S310  # a server on loopback
        jobs = json.load(answer)
    owners = {job["job_id"]: job["prompt"] for job in jobs}
    prompts = Counter(job["prompt"] for job in jobs)
    counts: Counter[str] = Counter()
    for prompt, result in results.items():
        if result.startswith("error"):
            counts["unknown" if prompts[prompt] else "refused"] += 1
        else:
            counts["own" if owners.get(result) == prompt else "another's"] += 1
    counts["billed twice"] = sum(count - 1 for count in prompts.values())
    counts["calls"] = len(results)
    print(
        json.dumps({**counts, "errors": sorted({result for result in results.values() if result.startswith("error")})})
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
