"""Names certifi's file itself, as older programs of urllib3 had to."""

import json

import certifi
import urllib3

body = {"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}
headers = {"Authorization": "Bearer t", "Content-Type": "application/json"}
pool = urllib3.PoolManager(cert_reqs="CERT_REQUIRED", ca_certs=certifi.where())
response = pool.request(
    "POST", "https://api.krea.ai/generate/image/z-image/z-image", body=json.dumps(body), headers=headers
)
print(response.status)
