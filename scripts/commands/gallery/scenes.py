"""What the gallery shows: commands with their files, and prompts for the sandbox's pictures."""

from __future__ import annotations

from typing import NamedTuple

LEGACY_PROGRAM = """\
import requests

API = "https://api.krea.ai/generate/image/z-image/z-image"


def poster(title, ratio="2:3"):
    body = {"prompt": f"a poster: {title}", "aspectRatio": ratio, "resolution": "1K"}
    return requests.post(API, json=body, headers={"Authorization": "Bearer ..."})
"""


class Scene(NamedTuple):
    """One recording.

    Attributes:
        name: of the picture.
        title: what it shows, for readers who do not see it.
        command: a line of shell.
        code: the exit code that it has.
    """

    name: str
    title: str
    command: str
    code: int = 0


SCENES = (
    # First, because the sandbox's clock runs faster than the real one, and doctor compares them.
    Scene("doctor", "krea-client doctor checks the installation and the connection", "krea-client doctor"),
    Scene(
        "generate",
        "A picture from the command line: a progress line while the job runs, then the name of the file",
        'krea-client generate z-image/z-image -p "A gothic cathedral at dusk" \\\n'
        "    -i aspect_ratio=16:9 -i resolution=1K -o cathedral.png",
    ),
    Scene(
        "mistake",
        "A request with three mistakes: all are reported with a remedy, and nothing is sent",
        'krea-client generate z-image/z-image -p "A fox" -i aspect_ratio=16x9 -i steps=30',
        code=2,
    ),
    Scene("models", "The 3D models with prices and usual times", "krea-client models list --kind 3d"),
    Scene(
        "check", "krea-client check finds a deprecated field name in a program", "krea-client check posters.py", code=1
    ),
    Scene(
        "migrate", "krea-client migrate shows the diff that would be written", "krea-client migrate posters.py", code=1
    ),
)

PICTURES = (
    ("A gothic cathedral at dusk", "16:9"),
    ("A fox in the snow", "16:9"),
    ("A lighthouse in a storm", "16:9"),
    ("A monastery on a cliff", "16:9"),
    ("A quiet harbour in winter", "16:9"),
    ("Waves break on the rocks", "16:9"),
)
