"""Makes posters with httpx, from a dataclass."""

import os
import sys
from dataclasses import asdict, dataclass

import httpx


@dataclass
class Request:
    prompt: str
    aspectRatio: str = "1:1"  # noqa: N815  # the API's own name in 2025
    resolution: str = "1K"
    skipPromptExpansion: bool = True  # noqa: N815  # so is this


def main() -> None:
    headers = {"Authorization": f"Bearer {os.environ['KREA_TOKEN']}"}
    base = os.environ.get("KREA_HOST", "https://api.krea.ai")
    with httpx.Client(base_url=base, headers=headers, transport=httpx.HTTPTransport(retries=2)) as client:
        for prompt in ("A fox", "A hare"):
            answer = client.post("/generate/image/z-image/z-image", json=asdict(Request(prompt)))
            if answer.is_error:
                sys.exit(f"refused: {answer.text}")
    sys.stdout.write("2 jobs\n")


main()
