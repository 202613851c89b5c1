#!/usr/bin/env python3
"""Generate and enhance pictures from the command line, as an agent's tool does it: written for the camelCase API of spring 2026."""

import argparse
import json
import os
import sys
import time
from pathlib import Path

import requests

BASE = "https://api.krea.ai"
MODELS = {"fast": "image/z-image/z-image", "flux": "image/bfl/flux-1-dev", "banana": "image/google/nano-banana"}


def headers():
    token = os.environ.get("KREA_API_TOKEN")
    if not token:
        sys.exit("KREA_API_TOKEN is not set")
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


def api(method, path, body=None, tries=5):
    """Make one call; wait for 429."""
    for attempt in range(tries):
        response = requests.request(method, BASE + path, headers=headers(), data=json.dumps(body) if body else None, timeout=60)
        if response.status_code == 429 and attempt + 1 < tries:
            time.sleep(float(response.headers.get("Retry-After", 1)) / 100)
            continue
        if not response.ok:
            sys.exit(f"{response.status_code}: {response.text}")
        return response.json() if response.content else None
    return None


def fields_of(model):
    """Return what the API's own document says that the model takes."""
    document = requests.get(BASE + "/openapi.json", timeout=60).json()
    content = document["paths"]["/generate/" + model]["post"]["requestBody"]["content"]
    return content["application/json"]["schema"]["properties"]


def build(args, model):
    params = fields_of(model)
    body = {"prompt": args.prompt}
    if "aspectRatio" in params:
        body["aspectRatio"] = args.aspect_ratio
    elif "width" in params:
        body["width"], body["height"] = (int(side) for side in args.size.split("x"))
    if args.image:
        if "imageUrls" in params:
            body["imageUrls"] = args.image
        elif "imageUrl" in params:
            body["imageUrl"] = args.image[0]
        else:
            sys.exit(f"{model} takes no picture")
    for name, value in (("seed", args.seed), ("steps", args.steps), ("resolution", args.resolution)):
        if value is not None and name in params:
            body[name] = value
    return body


def generate(args):
    model = MODELS.get(args.model, args.model)
    job = api("POST", "/generate/" + model, build(args, model))
    while job["status"] not in ("completed", "failed", "cancelled"):
        time.sleep(args.poll)
        job = api("GET", "/jobs/" + job["job_id"])
    if job["status"] != "completed":
        sys.exit(f"job {job['job_id']} {job['status']}")
    args.out.mkdir(parents=True, exist_ok=True)
    for number, url in enumerate(job["result"]["urls"]):
        path = args.out / f"{args.name}-{number}.png"
        path.write_bytes(requests.get(url, timeout=60).content)
        print(path)


def list_jobs(args):
    for job in api("GET", f"/jobs?limit={args.limit}")["items"]:
        print(job["job_id"], job["status"])


def show_fields(args):
    print("\n".join(fields_of(MODELS.get(args.model, args.model))))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    commands = parser.add_subparsers(required=True)
    make = commands.add_parser("generate")
    make.add_argument("prompt")
    make.add_argument("--model", default="fast")
    make.add_argument("--aspect-ratio", default="1:1")
    make.add_argument("--size", default="1024x768")
    make.add_argument("--image", action="append", default=[])
    make.add_argument("--seed", type=int)
    make.add_argument("--steps", type=int)
    make.add_argument("--resolution")
    make.add_argument("--poll", type=float, default=2.0)
    make.add_argument("--name", default="picture")
    make.add_argument("--out", type=Path, default=Path())
    make.set_defaults(run=generate)
    jobs = commands.add_parser("jobs")
    jobs.add_argument("--limit", type=int, default=10)
    jobs.set_defaults(run=list_jobs)
    fields = commands.add_parser("fields")
    fields.add_argument("--model", default="fast")
    fields.set_defaults(run=show_fields)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
