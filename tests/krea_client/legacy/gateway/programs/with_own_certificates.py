"""Trusts the certificates of a file of its own."""

import json
import ssl
import urllib.request
from pathlib import Path

import certifi.core

Path("own.pem").write_bytes(Path(certifi.core.__file__).with_name("cacert.pem").read_bytes())
body = {"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}
request = urllib.request.Request(
    "https://api.krea.ai/generate/image/z-image/z-image",
    json.dumps(body).encode(),
    {"Authorization": "Bearer t", "Content-Type": "application/json"},
)
with urllib.request.urlopen(request, context=ssl.create_default_context(cafile="own.pem")) as response:
    print(response.status)
