"""Order posters and receive Krea's webhooks, with FastAPI.

Usage: PUBLIC_URL=https://posters.example.com WEBHOOK_SECRET=... uvicorn fastapi_app:app
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hmac import compare_digest
from pathlib import Path

from fastapi import BackgroundTasks, FastAPI, HTTPException, Request

from krea_client import AsyncKrea, KreaError, webhooks

SECRET = os.environ["WEBHOOK_SECRET"]
HOOK = f"{os.environ['PUBLIC_URL']}/krea/{SECRET}"
FOLDER = Path("posters")
pending: set[str] = set()  # job ids; in a real service, rows of a database


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Keep one client for as long as the service runs."""
    async with AsyncKrea() as app.state.krea:
        yield


app = FastAPI(lifespan=lifespan)


@app.post("/posters", status_code=202)
async def order(title: str, request: Request) -> dict[str, str]:
    """Submit a poster and return its id at once."""
    job = await request.app.state.krea.submit(
        "z-image/z-image", prompt=f"a poster: {title}", aspect_ratio="2:3", resolution="1K", webhook_url=HOOK
    )
    pending.add(job.id)
    return {"id": job.id}


@app.post("/krea/{secret}", status_code=204)
async def job_ended(secret: str, request: Request, background: BackgroundTasks) -> None:
    """Receive a webhook; save the poster after the response."""
    if not compare_digest(secret.encode(), SECRET.encode()):
        raise HTTPException(404)
    try:
        job = webhooks.parse(await request.body())
    except KreaError as error:
        raise HTTPException(400) from error
    if job.id in pending:  # otherwise unknown, or handled already
        pending.remove(job.id)
        background.add_task(fetch, request.app.state.krea, job.id)


async def fetch(krea: AsyncKrea, job_id: str) -> None:
    """Save the poster of a job; keep the job pending if that fails, so that it can be repeated."""
    try:
        job = await krea.jobs.get(job_id)  # trust the API, not the call
        if job.succeeded:
            await krea.save(job, FOLDER / f"{job_id}.png")
    except KreaError:
        pending.add(job_id)
        raise


@app.get("/posters/{job_id}")
async def show(job_id: str) -> dict[str, bool]:
    """Say whether a poster is ready."""
    return {"ready": (FOLDER / f"{Path(job_id).name}.png").exists()}
