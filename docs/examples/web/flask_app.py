"""Order posters and receive Krea's webhooks, with Flask.

Usage: PUBLIC_URL=https://posters.example.com WEBHOOK_SECRET=... flask --app flask_app run
"""

import os
from hmac import compare_digest
from pathlib import Path
from threading import Lock

from flask import Flask, abort, jsonify, request

from krea_client import Krea, KreaError, webhooks

SECRET = os.environ["WEBHOOK_SECRET"]
HOOK = f"{os.environ['PUBLIC_URL']}/krea/{SECRET}"
FOLDER = Path("posters")
pending: set[str] = set()  # job ids; in a real service, rows of a database
lock = Lock()

app = Flask(__name__)
krea = Krea()  # threads and forked workers may share a client


@app.post("/posters")
def order():
    """Submit a poster and return its id at once."""
    job = krea.submit(
        "z-image/z-image",
        prompt=f"a poster: {request.args['title']}",
        aspect_ratio="2:3",
        resolution="1K",
        webhook_url=HOOK,
    )
    with lock:
        pending.add(job.id)
    return jsonify(id=job.id), 202


@app.post("/krea/<secret>")
def job_ended(secret):
    """Receive a webhook and save the poster."""
    if not compare_digest(secret.encode(), SECRET.encode()):
        abort(404)
    try:
        job = webhooks.parse(request.get_data())
    except KreaError:
        abort(400)
    with lock:
        if job.id not in pending:  # unknown, or handled already
            return "", 204
        pending.remove(job.id)
    fetch(job.id)
    return "", 204


def fetch(job_id):
    """Save the poster of a job; keep the job pending if that fails, so that it can be repeated."""
    try:
        job = krea.jobs.get(job_id)  # trust the API, not the call
        if job.succeeded:
            krea.save(job, FOLDER / f"{job_id}.png")
    except KreaError:
        with lock:
            pending.add(job_id)
        raise


@app.get("/posters/<job_id>")
def show(job_id):
    """Say whether a poster is ready."""
    return jsonify(ready=(FOLDER / f"{Path(job_id).name}.png").exists())
