"""A small program that makes posters: what the tests beside it test."""

import json
from pathlib import Path

from krea_client import AsyncKrea, Job, Krea, webhooks

MODEL = "z-image/z-image"


def poster(krea: Krea, title: str, folder: Path) -> Path:
    """Makes a poster and gives its path."""
    job = krea.run(MODEL, prompt=f"a poster: {title}", aspect_ratio="2:3", resolution="1K")
    [path] = krea.save(job, folder / f"{title}.png")
    return path


async def order(krea: AsyncKrea, title: str, webhook_url: str) -> Job:
    """Orders a poster; the webhook hears when it is done."""
    return await krea.submit(
        MODEL, prompt=f"a poster: {title}", aspect_ratio="2:3", resolution="1K", webhook_url=webhook_url
    )


def webhook(body: bytes) -> tuple[int, bytes]:
    """Answers the POST of a webhook, as the view of a web framework would: a status and a body."""
    job = webhooks.parse(body)
    return 200, json.dumps({"ready": job.urls if job.succeeded else []}).encode()
