"""Names no certificates: libcurl reads no variable for them."""

import json
from io import BytesIO

import pycurl

content = BytesIO()
curl = pycurl.Curl()
curl.setopt(pycurl.URL, "https://api.krea.ai/generate/image/z-image/z-image")
curl.setopt(pycurl.HTTPHEADER, ["Authorization: Bearer t", "Content-Type: application/json"])
curl.setopt(pycurl.POSTFIELDS, json.dumps({"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}))
curl.setopt(pycurl.WRITEDATA, content)
transfers = pycurl.CurlMulti()
transfers.add_handle(curl)
running = 1
while running:
    transfers.select(1.0)
    _, running = transfers.perform()
print(curl.getinfo(pycurl.RESPONSE_CODE))
