"""Every operation beside the generations, through its generated function: the sandbox answers it, as the document says."""

import importlib
import io
import json
from collections.abc import Callable
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from jsonschema import Draft202012Validator

from krea_api.models import (
    ExecuteNodeAppRequest,
    Export3DRequest,
    TrainFluxStyleRequest,
    UpdateStyleRequest,
    UploadAssetRequest,
)
from krea_api.types import File
from krea_client import Krea
from krea_client._spec.catalogue import catalogue
from krea_client.sandbox import Sandbox
from krea_client.sandbox.api_document import installed

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
TAGS = {"asset": "assets", "job": "jobs", "style": "styles", "node_app": "node_apps", "3d": "exports", "usage": "usage"}


@pytest.fixture(scope="module")
def krea() -> Any:
    box = Sandbox(time_scale=0, date="2026-11-20", usage_tokens=["sandbox"], balance=1000)
    with Krea("sandbox", transport=box.transport(), clock=box.clock) as client:
        yield client


@pytest.fixture(scope="module")
def samples(krea: Krea) -> SimpleNamespace:
    """Return what the calls are about: things of every sort that the account has."""
    trained = krea.wait(krea.styles.train(name="Ink", urls=["https://example.com/a.png"], model="flux_dev"))
    return SimpleNamespace(
        asset=UUID(krea.assets.upload(PNG).id),
        lost=UUID(krea.assets.upload(PNG + b"2").id),
        chair=krea.run("meshy/meshy-7", prompt="a chair").id,
        queued=krea.submit("meshy/meshy-7", prompt="a chair").id,
        style=trained.style_id,
        app="sandbox-postcard-1",
    )


Arguments = Callable[[SimpleNamespace], dict[str, Any]]
# In this order: a style is shared before it is taken back.
CALLS: dict[str, Arguments] = {
    "list_assets": lambda _: {"limit": 1},
    "upload_asset": lambda _: {"body": UploadAssetRequest(file=File(io.BytesIO(PNG), "in.png", "image/png"))},
    "get_asset": lambda samples: {"id": samples.asset},
    "delete_asset": lambda samples: {"id": samples.lost},
    "export_3d": lambda samples: {"body": Export3DRequest(job_id=samples.chair, file_format="obj")},
    "list_jobs": lambda _: {"limit": 2},
    "get_job": lambda samples: {"id": samples.chair},
    "delete_job": lambda samples: {"id": samples.queued},
    "get_node_app": lambda samples: {"id": samples.app},
    "execute_node_app": lambda samples: {
        "id": samples.app,
        "body": ExecuteNodeAppRequest.from_dict({"prompt": "a fox"}),
    },
    "train_style": lambda _: {"body": TrainFluxStyleRequest(name="Wash", urls=["https://example.com/a.png"])},
    "search_styles": lambda _: {"limit": 2},
    "get_style": lambda samples: {"id": samples.style},
    "update_style": lambda samples: {"id": samples.style, "body": UpdateStyleRequest(title="Blue ink")},
    "get_style_share_link": lambda samples: {"id": samples.style},
    "share_style": lambda samples: {"id": samples.style},
    "unshare_style": lambda samples: {"id": samples.style},
    "get_usage": lambda _: {"start_date": date(2026, 11, 1), "end_date": date(2026, 11, 30)},
}


def test_no_operation_is_forgotten() -> None:
    remaining_names = {name for name, entry in catalogue().index["operations"].items() if not entry["kind"]}
    assert remaining_names == CALLS.keys()


@cache
def documented(name: str) -> tuple[set[str], Draft202012Validator | None]:
    """Return the good statuses of an operation, and what reads the body of the first of them."""
    content: Any = installed().content
    operation = catalogue().operation(name)
    good = {
        status: element
        for status, element in content["paths"][operation.path][operation.method.lower()]["responses"].items()
        if status.startswith("2")
    }
    schema = next(iter(good.values())).get("content", {}).get("application/json", {}).get("schema")
    if schema is None:
        return {*good}, None
    return {*good}, Draft202012Validator({"allOf": [schema], "components": content["components"]})


@pytest.mark.parametrize("name", CALLS)
def test_it_is_answered_as_the_document_says(name: str, krea: Krea, samples: SimpleNamespace) -> None:
    tag = next(tag for word, tag in TAGS.items() if word in name)
    module = importlib.import_module(f"krea_api.api.{tag}.{name}")
    answer = module.sync_detailed(client=krea.raw, **CALLS[name](samples))
    statuses, reader = documented(name)
    assert str(int(answer.status_code)) in statuses
    if reader is not None:
        assert [error.message for error in reader.iter_errors(json.loads(answer.content))] == []
        assert answer.parsed is not None
