"""Run the steps of a JSON file one after the other; a step may use the result of the one before. Standard library only."""

import json
import os
import sys
import time
import urllib.error
import urllib.request

API = "https://api.krea.ai"
POLL = float(os.environ.get("PIPELINE_POLL", "3"))
COPIED = ("prompt", "aspectRatio", "resolution", "imageUrl", "imageUrls", "duration", "startImage", "batchSize")


def call(method, path, body=None):
    data = None if body is None else json.dumps(body).encode("utf-8")
    request = urllib.request.Request(API + path, data=data, method=method)
    request.add_header("Authorization", "Bearer " + os.environ["KREA_API_TOKEN"])
    if data:
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        raise SystemExit(f"{path}: {error.code} {error.read().decode()}") from None


def run_step(step, previous):
    body = {}
    for name in COPIED:
        if name in step:
            body[name] = previous if step[name] == "$previous" else step[name]
        if isinstance(body.get(name), list):
            body[name] = [previous if item == "$previous" else item for item in body[name]]
    job = call("POST", "/generate/" + step["model"], body)
    while job["status"] not in ("completed", "failed"):
        time.sleep(POLL)
        job = call("GET", "/jobs/" + job["job_id"])
    if job["status"] == "failed":
        raise SystemExit(f"{step['model']} failed")
    return job["result"]["urls"][0]


def main(path):
    previous = None
    with open(path) as file:
        steps = json.load(file)["steps"]
    for number, step in enumerate(steps, 1):
        previous = run_step(step, previous)
        print(number, step["model"], previous)


if __name__ == "__main__":
    main(sys.argv[1])
