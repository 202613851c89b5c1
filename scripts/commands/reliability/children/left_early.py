"""A call that submits a job and waits for it, left by an exception in the middle. Usage: left_early.py SUBJECT URL.

Runs alone, with what its environment holds. Prints a JSON object: how many jobs were billed, and whether the caller was shown their ids: by
the exception with its notes and attributes, or by a log record from WARNING on.
"""

import json
import logging
import os
import signal
import sys
import threading
import time
import traceback
import warnings
from importlib import import_module
from io import StringIO
from typing import Any
from urllib.request import urlopen

TOKEN = "token"  # noqa: S105  # for a server on loopback that asks for none
SECONDS = 1.0  # between the job in the ledger and the exception: the response comes, and the wait begins
PROMPT = "a fox"


TASK_IDS: list[str] = []


class LeftError(Exception):
    """What the caller's own code raises."""


def krea(url: str) -> None:
    """Run a job of krea-client."""
    client = import_module("krea_client").Krea(TOKEN, url)
    client.run("z-image/z-image", {"prompt": PROMPT, "aspect_ratio": "1:1", "resolution": "1K"})


def fal(url: str) -> None:
    """Subscribe to a request of fal-client."""
    module: Any = import_module("fal_client.client")
    module.QUEUE_URL_FORMAT = url + "/fal/"
    module.SyncClient(key=TOKEN).subscribe("fal-ai/z-image", arguments={"prompt": PROMPT})


def replicate(url: str) -> None:
    """Run a model of replicate."""
    client = import_module("replicate").Client(api_token=TOKEN, base_url=url + "/replicate")
    client.run("a/b:" + "c" * 64, input={"prompt": PROMPT}, wait=False)


def runwayml(url: str) -> None:
    """Make a video with runwayml and wait for it."""
    client = import_module("runwayml").RunwayML(api_key=TOKEN, base_url=url + "/runwayml")
    task = client.text_to_video.create(model="veo3.1", prompt_text=PROMPT, ratio="1280:720", duration=4)
    TASK_IDS.append(task.id)  # two calls: the caller has the id before the wait
    task.wait_for_task_output()


SUBJECTS = {"krea": krea, "fal": fal, "replicate": replicate, "runwayml": runwayml}


def leave(*_: object) -> None:
    """Leave the call."""
    raise LeftError


def jobs(url: str) -> list[dict[str, Any]]:
    """Read the ledger."""
    with urlopen(url + "/__ledger__") as answer:  # noqa: S310  # a server on loopback
        billed: list[dict[str, Any]] = json.load(answer)
        return billed


def interrupt(url: str) -> None:
    """Send the signal that leaves the call, some time after the job was billed."""
    while not jobs(url):
        time.sleep(0.05)
    time.sleep(SECONDS)
    os.kill(os.getpid(), signal.SIGALRM)


def main(name: str, url: str) -> None:
    """Make the call, leave it, and print what was shown."""
    warnings.simplefilter("ignore")
    output = StringIO()
    logging.basicConfig(level=logging.WARNING, stream=output)
    signal.signal(signal.SIGALRM, leave)
    threading.Thread(target=interrupt, args=(url,), daemon=True).start()
    try:
        SUBJECTS[name](url)
    except LeftError as error:
        traceback.print_exception(error, file=output)
        output.write(f"{vars(error)} {TASK_IDS}")
    ids = [job["job_id"] for job in jobs(url)]
    print(json.dumps({"billed": len(ids), "shown": sum(job_id in output.getvalue() for job_id in ids)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
