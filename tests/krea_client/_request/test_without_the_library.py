"""Requests where jsonschema-rs is not installed, as on platforms for which it has no wheel."""

import subprocess
import sys

PROGRAM = """
import sys
sys.modules["jsonschema_rs"] = None
import httpx
from krea_client import Krea
from krea_client.errors import RequestInvalid

sent = []
def answer(request):
    sent.append(request)
    return httpx.Response(200, json={"job_id": "j", "status": "queued"})

krea = Krea("token", transport=httpx.MockTransport(answer))
for _ in range(8):
    krea.submit("z-image/z-image", prompt="a", aspect_ratio="1:1", resolution="1K")
assert len(sent) == 8
try:
    krea.submit("z-image/z-image", prompt="a", aspect_ratio="1:1", resolution=7)
except RequestInvalid as error:
    print(error)
assert len(sent) == 8
krea.submit("z-image/z-image", prompt="a", aspect_ratio="1:1", resolution=7, check=False)
assert len(sent) == 9
"""


def test_surely_valid_requests_pass_and_others_are_refused_with_a_remedy() -> None:
    completed = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    assert "cannot be checked: jsonschema-rs is not installed: install it, or give check=False" in completed.stdout
