"""A small program that generates posters. The tests beside it test it."""

import json
from pathlib import Path

from krea_client import AsyncKrea, Job, Krea, webhooks

MODEL = "z-image/z-image"


def poster(krea: Krea, title: str, folder: Path) -> Path:
    """Generate a poster and return its path."""
    job = krea.run(MODEL, prompt=f"a poster: {title}", aspect_ratio="2:3", resolution="1K")
    [path] = krea.save(job, folder / f"{title}.png")
    return path


async def order(krea: AsyncKrea, title: str, webhook_url: str) -> Job:
    """Submit a poster; the webhook is called when it is done."""
    return await krea.submit(
        MODEL, prompt=f"a poster: {title}", aspect_ratio="2:3", resolution="1K", webhook_url=webhook_url
    )


def webhook(body: bytes) -> tuple[int, bytes]:
    """Return status and body of the response to a webhook, like the view of a web framework."""
    job = webhooks.parse(body)
    return 200, json.dumps({"ready": job.urls if job.succeeded else []}).encode()
