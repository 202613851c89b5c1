"""Upload a picture, edit it, and animate the edit. Every field of a request is sent, also those that ask for nothing."""

import argparse
import dataclasses
import functools
import json
import os
import pathlib
import sys
import time

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry


class Session(requests.Session):
    def __init__(self):
        super().__init__()
        retries = Retry(total=5, backoff_factor=0.01, status_forcelist=[429], allowed_methods=None, respect_retry_after_header=False)
        self.mount("https://", HTTPAdapter(max_retries=retries))
        self.headers["Authorization"] = "Bearer " + os.environ["KREA_API_TOKEN"]

    def request(self, method, url, **options):
        response = super().request(method, "https://api.krea.ai" + url, timeout=30, **options)
        if not response.ok:
            sys.exit(f"{method} {url}: {response.status_code} {response.text}")
        return response


@dataclasses.dataclass
class Edit:
    prompt: str
    imageUrls: list
    aspectRatio: str
    numImages: int = 1
    styleImages: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Clip:
    prompt: str
    startImage: str
    duration: int = 5
    startVideo: str | None = None


def to_the_end(submit):
    @functools.wraps(submit)
    def run(session, poll, *args):
        job = submit(session, *args).json()
        while job["status"] not in ("completed", "failed", "cancelled"):
            time.sleep(poll)
            job = session.get("/jobs/" + job["job_id"]).json()
        return job["result"]["urls"][0]

    return run


@to_the_end
def generate(session, model, request):
    headers = {"Content-Type": "application/json"}
    return session.post("/generate/" + model, data=json.dumps(dataclasses.asdict(request)), headers=headers)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("picture", type=pathlib.Path)
    parser.add_argument("prompt")
    parser.add_argument("--model", default="image/google/nano-banana")
    parser.add_argument("--ratio", default="1:1")
    parser.add_argument("--animate", metavar="PROMPT")
    parser.add_argument("--poll", type=float, default=2.0)
    args = parser.parse_args()
    session = Session()
    with args.picture.open("rb") as file:
        uploaded = session.post("/assets", files={"file": (args.picture.name, file, "image/png")}).json()
    edit = generate(session, args.poll, args.model, Edit(args.prompt, [uploaded["image_url"]], args.ratio))
    print("edit", edit)
    if args.animate:
        print("clip", generate(session, args.poll, "video/kling/kling-2.5", Clip(args.animate, edit)))


if __name__ == "__main__":
    main()
