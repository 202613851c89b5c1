"""KREA302."""

from .looking import URL, findings, said


def test_a_body_that_is_known_is_not_open() -> None:
    source = f"""
import requests
def send(payload):
    return requests.post("{URL}", json=payload)
send({{"prompt": "x"}})
"""
    assert said(a__py=source) == []


def test_input_that_is_mapped_is_fine() -> None:
    source = f"""
import requests
from krea_client.aliases import translate
def send(payload):
    body, _ = translate("google/nano-banana-pro", payload)
    return requests.post("{URL}", json=body)
"""
    assert said(a__py=source) == []


def test_input_from_outside_is_shown_with_the_way_to_map_it() -> None:
    (finding,) = findings(
        a__py=f'import requests\ndef send(payload):\n    return requests.post("{URL}", json=payload)\n'
    )
    assert (finding.rule, finding.old, finding.certainty, finding.edits) == ("KREA302", "payload", "unsure", ())
    assert "translate(model, payload)[0]" in finding.reason
