"""A call that submits a job and waits for it, left by an exception in the middle. Usage: left_early.py SUBJECT URL.

Runs alone, with what its environment holds. Prints a JSON object: how many jobs were billed, and whether the caller was shown their ids: by
the exception with its notes and attributes, or by a log record from WARNING on.
"""

import json
import logging
import signal
import sys
import traceback
import warnings
from importlib import import_module
from io import StringIO
from typing import Any
from urllib.request import urlopen

TOKEN = "token"  # noqa: S105  # for a server on loopback that asks for none
SECONDS = 1.5  # in which the job is submitted and the wait begins
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


def main(name: str, url: str) -> None:
    """Make the call, leave it, and print what was shown."""
    warnings.simplefilter("ignore")
    output = StringIO()
    logging.basicConfig(level=logging.WARNING, stream=output)
    signal.signal(signal.SIGALRM, leave)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        SUBJECTS[name](url)
    except LeftError as error:
        traceback.print_exception(error, file=output)
        output.write(f"{vars(error)} {TASK_IDS}")
    with urlopen(url + "/__ledger__") as answer:  # noqa: S310  # a server on loopback
        ids = [job["job_id"] for job in json.load(answer)]
    print(json.dumps({"billed": len(ids), "shown": sum(job_id in output.getvalue() for job_id in ids)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
