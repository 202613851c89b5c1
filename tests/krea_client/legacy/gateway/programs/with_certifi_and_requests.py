"""Names certifi's file itself, and reads no environment."""

import certifi
import requests

body = {"prompt": "a fox", "aspectRatio": "1:1", "resolution": "1K"}
with requests.Session() as session:
    session.trust_env = False
    response = session.post(
        "https://api.krea.ai/generate/image/z-image/z-image",
        json=body,
        headers={"Authorization": "Bearer t"},
        verify=certifi.where(),
    )
    print(response.status_code)
