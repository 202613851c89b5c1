"""One client submits one job, waits for its end and prints the machine's monotonic time. Usage: wait_for_one.py CLIENT ADDRESS."""

from __future__ import annotations

import sys
import time
from importlib import import_module
from typing import Any

BODY: dict[str, Any] = {"prompt": "a gothic cathedral at dusk", "aspect_ratio": "16:9", "resolution": "1K"}
TOKEN = "toy-token"  # noqa: S105  # a loopback server asks for none


def krea(address: str) -> None:
    """Wait with our client, as it comes."""
    with import_module("krea_client").Krea(TOKEN, address) as client:
        client.run("z-image/z-image", BODY)


def fal(address: str) -> None:
    """Wait with the queue of fal-client."""
    module: Any = import_module("fal_client.client")
    module.QUEUE_URL_FORMAT = address + "/fal/"
    module.SyncClient(key=TOKEN).subscribe("fal-ai/z-image", arguments=BODY)


def replicate(address: str) -> None:
    """Wait for a prediction of replicate."""
    client = import_module("replicate").Client(api_token=TOKEN, base_url=address + "/replicate")
    client.predictions.create(version="c", input=BODY).wait()


if __name__ == "__main__":
    {"krea": krea, "fal": fal, "replicate": replicate}[sys.argv[1]](sys.argv[2])
    sys.stdout.write(str(time.monotonic()))
