"""The gateway's report as a browser shows it, after a legacy program has sent requests through the gateway."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import httpx

MODEL = "/generate/image/z-image/z-image"
BODIES: tuple[dict[str, Any], ...] = (
    {"prompt": "A fox", "aspectRatio": "1:1", "resolution": "1K"},
    {"prompt": "An owl", "aspectRatio": "16:9", "resolution": "1K", "skipPromptExpansion": True},
    {"prompt": "A hare", "aspect_ratio": "16:9", "resolution": "1K"},
)
HEADERS = {"Authorization": "Bearer sandbox", "User-Agent": "posters/1.0"}
# A profile of its own, no first-run pages, and no connections of the browser itself.
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--window-size=1100,560"),
)


def screenshot(browser: str, path: Path) -> None:
    """Start a gateway before a sandbox, send legacy requests through it, and take a picture of its report."""
    command = [str(Path(sys.executable).parent / "krea-client"), "gateway", "--port", "0", "--sandbox"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as gateway:
        try:
            url = gateway.stdout.readline().strip() if gateway.stdout else ""
            for body in BODIES:
                httpx.post(url + MODEL, json=body, headers=HEADERS, timeout=30).raise_for_status()
            with tempfile.TemporaryDirectory() as profile:
                subprocess.run(
                    [browser, *FLAGS, f"--user-data-dir={profile}", f"--screenshot={path}", f"{url}/__gateway__"],
                    check=True,
                    capture_output=True,
                    timeout=60,
                    env={**os.environ, "HOME": profile},
                )
        finally:
            gateway.terminate()
