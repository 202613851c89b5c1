"""Order posters and receive Krea's webhooks, with Django in one file.

Usage: PUBLIC_URL=https://posters.example.com WEBHOOK_SECRET=... python django_app.py runserver
"""

import os
import sys
from hmac import compare_digest
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.core.management import execute_from_command_line
from django.http import HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from krea_client import Krea, KreaError, webhooks

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY=os.urandom(32).hex(), USE_TZ=True)

SECRET = os.environ["WEBHOOK_SECRET"]
HOOK = f"{os.environ['PUBLIC_URL']}/krea/{SECRET}"
FOLDER = Path("posters")
pending: set[str] = set()  # job ids; in a real service, rows of a database
lock = Lock()
krea = Krea()  # threads and forked workers may share a client


@csrf_exempt
def order(request):
    """Submit a poster and return its id at once."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    job = krea.submit(
        "z-image/z-image",
        prompt=f"a poster: {request.GET['title']}",
        aspect_ratio="2:3",
        resolution="1K",
        webhook_url=HOOK,
    )
    with lock:
        pending.add(job.id)
    return JsonResponse({"id": job.id}, status=202)


@csrf_exempt  # Krea sends no CSRF token; the secret in the address takes its place
def job_ended(request, secret):
    """Receive a webhook and save the poster."""
    if request.method != "POST" or not compare_digest(secret.encode(), SECRET.encode()):
        return HttpResponse(status=404)
    try:
        job = webhooks.parse(request.body)
    except KreaError:
        return HttpResponse(status=400)
    with lock:
        if job.id not in pending:  # unknown, or handled already
            return HttpResponse(status=204)
        pending.remove(job.id)
    fetch(job.id)
    return HttpResponse(status=204)


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


def show(_request, job_id):
    """Say whether a poster is ready."""
    return JsonResponse({"ready": (FOLDER / f"{Path(job_id).name}.png").exists()})


urlpatterns = [path("posters", order), path("krea/<secret>", job_ended), path("posters/<job_id>", show)]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)
