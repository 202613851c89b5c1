"""A notebook as a browser shows it, with the outputs of a run against a sandbox."""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
from pathlib import Path

import httpx
from PIL import Image, ImageChops

from krea_client.sandbox import Sandbox, running

from .gateway_report import FLAGS

FIRST_CELL = """\
from krea_client import Krea

krea = Krea()
job = krea.run(
    "z-image/z-image", prompt="A gothic cathedral at dusk", aspect_ratio="16:9", resolution="1K"
)
job"""
CELLS = (
    FIRST_CELL,
    'film = krea.run("kling/kling-3.0", prompt="Northern lights", duration=5)\nfilm',
    'krea.models["z-image/z-image"]',
)
WIDTH, HEIGHT = 900, 1400
BACKGROUND_ROWS = 24  # rows of pixels that are kept below the last one that shows something


def screenshot(browser: str, nbconvert: str, path: Path) -> None:
    """Run the notebook with Jupyter, where krea-client is installed too, and take a picture of what it shows."""
    with tempfile.TemporaryDirectory() as temporary, running(Sandbox(time_scale=500)) as url:
        notebook, page = Path(temporary, "gallery.ipynb"), Path(temporary, "gallery.html")
        notebook.write_text(json.dumps(_notebook()), "utf-8")
        environment = {**os.environ, "HOME": temporary, "KREA_BASE_URL": url, "KREA_API_TOKEN": "practice"}
        subprocess.run(
            [nbconvert, "--to", "html", "--execute", "--output", page.name, str(notebook)],
            check=True,
            capture_output=True,
            timeout=180,
            env=environment,
        )
        # The browser takes the picture when the page is loaded, which then includes the first frame of a video.
        text = page.read_text("utf-8").replace('preload="metadata"', 'preload="auto"')
        page.write_text(text, "utf-8")
        for address in re.findall(rf'src="({re.escape(url)}/[^"]+)"', text):
            httpx.get(address, timeout=60).raise_for_status()  # the sandbox draws a result when it is first asked for
        flags = [flag for flag in FLAGS if not flag.startswith("--window-size")]
        size = [f"--window-size={WIDTH},{HEIGHT}", "--virtual-time-budget=8000"]
        files = [f"--user-data-dir={temporary}/profile", f"--screenshot={path}", page.as_uri()]
        subprocess.run([browser, *flags, *size, *files], check=True, capture_output=True, timeout=90, env=environment)
    _cut(path)


def _notebook() -> dict[str, object]:
    cells: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "execution_count": None,
            "id": f"c{number}",
            "metadata": {},
            "outputs": [],
            "source": source,
        }
        for number, source in enumerate(CELLS)
    ]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    return {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}


def _cut(path: Path) -> None:
    """Cut off what is empty below the last output."""
    with Image.open(path) as file:
        picture = file.convert("RGB")
    paper = Image.new("RGB", picture.size, picture.getpixel((1, picture.height - 1)))
    bounds = ImageChops.difference(picture, paper).getbbox()
    bottom = min(picture.height, (bounds[3] if bounds else picture.height) + BACKGROUND_ROWS)
    picture.crop((0, 0, picture.width, bottom)).quantize(256).save(path, optimize=True)
