"""Where everything is."""

import os

API = os.environ.get("KREA_HOST", "https://api.krea.ai")
MODELS = {"fast": "image/z-image/z-image", "good": "image/openai/gpt-image-2"}


def endpoint(model: str) -> str:
    return f"{API}/generate/{model}"
