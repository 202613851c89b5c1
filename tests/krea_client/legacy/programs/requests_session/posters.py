"""Makes posters, as it was written in 2025: a session with retries, the body put together under conditions."""

import os
import sys

import requests
from transport import session
from urls import MODELS, endpoint


def poster(model: str, prompt: str, wide: bool, reference: str | None = None) -> str:
    payload: dict[str, object] = {"prompt": prompt, "resolution": "1K"}
    payload["aspectRatio"] = "16:9" if wide else "1:1"
    if reference:
        payload.update(imageUrl=reference)
    answer = session(os.environ["KREA_TOKEN"]).post(endpoint(MODELS[model]), json=payload)
    if answer.status_code == requests.codes.unprocessable:
        sys.exit(f"refused: {answer.text}")
    answer.raise_for_status()
    return str(answer.json()["job_id"])


if __name__ == "__main__":
    posters = [poster("fast", "A gothic cathedral", wide) for wide in (True, False)]
    posters.append(poster("fast", "The same at night", wide=True, reference="https://example.com/cathedral.png"))
    sys.stdout.write(f"{len(posters)} jobs\n")
