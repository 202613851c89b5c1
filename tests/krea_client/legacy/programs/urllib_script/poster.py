"""Makes one poster with nothing but the standard library."""

import json
import os
import sys
import urllib.error
import urllib.request

BASE = os.environ.get("KREA_HOST", "https://api.krea.ai")


def submit(path, **fields):
    data = json.dumps(fields).encode("utf-8")
    request = urllib.request.Request(BASE + path, data=data, method="POST")
    request.add_header("Content-Type", "application/json")
    request.add_header("Authorization", "Bearer " + os.environ["KREA_TOKEN"])
    request.add_header("Content-Length", str(len(data)))
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        sys.exit("refused: " + error.read().decode())


jobs = [
    submit("/generate/image/z-image/z-image", prompt="A fox", aspectRatio="1:1", resolution="1K"),
    submit("/generate/image/openai/gpt-image-2", prompt="A fox", imageUrls=["https://example.com/fox.png"]),
]
sys.stdout.write("{} jobs\n".format(len([job["job_id"] for job in jobs])))
