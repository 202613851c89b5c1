"""Make the pictures of the gallery."""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx
from PIL import Image

from krea_client import Krea
from krea_client.sandbox import Sandbox, running

from . import scenes, terminal_picture
from .recording import record

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "images" / "gallery"
TIME_SCALE = 4.0  # sandbox seconds per real second: a job is long enough to see its progress
TILE = (480, 270)


def main() -> int:
    """Return the exit code."""
    parser = argparse.ArgumentParser(prog="scripts/gallery", description="Make the pictures of docs/gallery.md.")
    parser.add_argument("--browser", help="a Chromium, for the screenshot of the gateway's report")
    parser.add_argument(
        "--nbconvert", help="jupyter-nbconvert beside an installed krea-client, for the notebook; needs --browser"
    )
    parser.add_argument("--pictures-only", action="store_true", help="leave the recordings of terminals as they are")
    options = parser.parse_args()
    if options.nbconvert and not options.browser:
        parser.error("--nbconvert needs --browser")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        failed = [] if options.pictures_only else _recordings(Path(temporary))
    _contact_sheet(FOLDER / "sandbox.jpg")
    if options.browser:
        from .gateway_report import screenshot

        screenshot(options.browser, FOLDER / "gateway.png")
    if options.nbconvert:
        from . import notebook_page

        notebook_page.screenshot(options.browser, options.nbconvert, FOLDER / "notebook.png")
    return 1 if failed else 0


def _recordings(folder: Path) -> list[str]:
    """Record every scene; return those that ended with another exit code than they should."""
    (folder / "posters.py").write_text(scenes.LEGACY_PROGRAM)
    failed = []
    with running(Sandbox(time_scale=TIME_SCALE)) as url:
        environment = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "KREA_BASE_URL": url,
            "KREA_API_TOKEN": "practice",
        }
        for scene in scenes.SCENES:
            recording = record(scene.command, folder, environment)
            (FOLDER / f"{scene.name}.svg").write_text(terminal_picture.draw(recording, scene.title), "utf-8")
            print(f"{scene.name}: {len(recording.frames)} frames, exit code {recording.code}", flush=True)
            if recording.code != scene.code:
                failed.append(scene.name)
                print(f"scripts/gallery: {scene.name} should have ended with {scene.code}", file=sys.stderr)
    return failed


def _contact_sheet(path: Path) -> None:
    """Draw the sandbox's pictures for some prompts side by side."""
    box = Sandbox(time_scale=0)
    sheet = Image.new("RGB", (TILE[0] * 3, TILE[1] * 2))
    with Krea("sandbox", transport=box.transport(), clock=box.clock) as krea, tempfile.TemporaryDirectory() as folder:
        for number, (prompt, ratio) in enumerate(scenes.PICTURES):
            job = krea.run("z-image/z-image", prompt=prompt, aspect_ratio=ratio, resolution="1K")
            [file] = krea.save(job, Path(folder) / f"{number}.png")
            with Image.open(file) as picture:
                tile = picture.convert("RGB").resize(TILE, Image.Resampling.LANCZOS)
            sheet.paste(tile, (number % 3 * TILE[0], number // 3 * TILE[1]))
    buffer = io.BytesIO()
    sheet.save(buffer, "JPEG", quality=82, optimize=True)
    path.write_bytes(buffer.getvalue())


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (subprocess.CalledProcessError, httpx.HTTPError) as error:
        sys.exit(f"scripts/gallery: {error}")
