"""Adapters translate the deprecated names of models that only a document of the API knows."""

import json

import httpx
import pytest

from krea_client import KreaDeprecationWarning
from krea_client.legacy.httpx_adapter import Transport
from krea_client.sandbox import Sandbox

from .._spec.published import NEW, with_new_model

BODY = {"prompt": "a fox", "size": "1k", "imageUrls": []}


def test_rows_of_a_document_are_translated() -> None:
    box = Sandbox(document=with_new_model(), time_scale=0, date="2026-11-29")
    transport = Transport(box.transport(), document=with_new_model())
    with (
        httpx.Client(transport=transport, headers={"authorization": "Bearer t"}) as client,
        pytest.warns(KreaDeprecationWarning, match="'imageUrls' is now 'image_urls'"),
    ):
        answer = client.post(f"https://api.krea.ai/generate/{NEW}", json=BODY)
    assert answer.status_code == 200
    assert json.loads(box.requests[0].body) == {"prompt": "a fox", "size": "1k", "image_urls": []}


def test_without_a_document_the_request_goes_out_as_it_is() -> None:
    box = Sandbox(document=with_new_model(), time_scale=0, date="2026-11-29")
    with httpx.Client(transport=Transport(box.transport()), headers={"authorization": "Bearer t"}) as client:
        client.post(f"https://api.krea.ai/generate/{NEW}", json=BODY)
    assert json.loads(box.requests[0].body) == BODY
