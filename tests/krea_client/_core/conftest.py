"""Requests and jobs as the flows see them."""

from typing import Any

from krea_client._core.effects import Answer
from krea_client._core.retrying import CallContext
from krea_client._request.build import PreparedRequest
from krea_client._request.call_site import Site
from krea_client._spec.catalogue import catalogue

from .scripted import says

Z_IMAGE = catalogue().operation("generate_z_image")
SITE = Site("app.py", 9, "app", {})
CONTEXT = CallContext("z-image/z-image", SITE)
PREPARED = PreparedRequest(Z_IMAGE, Z_IMAGE.path, {"prompt": "x"}, b'{"prompt":"x"}', (), (), SITE)
POST = "POST /generate/image/z-image/z-image"
LOOK = "GET /jobs/j1"


def job(status: str = "processing", job_id: str = "j1", **more: Any) -> Answer:
    """Return an answer that holds a job."""
    return says(job_id=job_id, status=status, created_at="2026-11-20T12:00:00Z", **more)


def completed_answer(job_id: str = "j1") -> Answer:
    """Return an answer that holds a completed job with one result."""
    return job("completed", job_id, result={"urls": ["https://gen.krea.ai/1.png"]})
