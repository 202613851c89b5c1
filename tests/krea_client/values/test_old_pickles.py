"""Jobs, results, errors and requests that earlier versions pickled are loaded as what they were.

`old_pickles.json` has pickles in base64, by the commit whose code made them, in protocols 2 and 5.
"""

import base64
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from krea_api.models import StyleReference, ZImageRequest
from krea_client import Job, JobError, JobFailed, Krea, OutcomeUnknown, Output, RunResult, WaitTimeout
from krea_client.sandbox import Sandbox

PICKLES: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("old_pickles.json").read_text())
MAKERS = [(commit, protocol) for commit in PICKLES for protocol in (2, 5)]

COMPLETED = Job.from_dict(
    {
        "job_id": "0b1f7c9e-6d3a-4f5b-8a2e-1c4d5e6f7a8b",
        "status": "completed",
        "created_at": "2026-11-20T10:00:00Z",
        "completed_at": "2026-11-20T10:00:05Z",
        "result": {
            "urls": [
                {"type": "model", "url": "https://gen.krea.ai/a.glb"},
                {"type": "preview", "url": "https://gen.krea.ai/a.png"},
            ]
        },
        "extra": [1],
    }
)
FAILED = Job.from_dict(
    {
        "job_id": "1b1f7c9e-6d3a-4f5b-8a2e-1c4d5e6f7a8b",
        "status": "failed",
        "error": {"code": "nsfw", "message": "refused"},
    }
)


def load(commit: str, protocol: int, name: str) -> Any:
    return pickle.loads(base64.b64decode(PICKLES[commit][f"{name}, protocol {protocol}"]))


@pytest.mark.parametrize(("commit", "protocol"), MAKERS)
class TestOldPickles:
    def test_every_one_loads_and_can_be_pickled_again(self, commit: str, protocol: int) -> None:
        for name in {name.partition(",")[0] for name in PICKLES[commit]}:
            value = load(commit, protocol, name)
            assert repr(pickle.loads(pickle.dumps(value))) == repr(value)

    def test_a_job_is_what_it_was(self, commit: str, protocol: int) -> None:
        job = load(commit, protocol, "job")
        assert job == COMPLETED
        assert (job.raw, job.urls, job.result) == (COMPLETED.raw, COMPLETED.urls, COMPLETED.result)
        assert job.outputs == [Output(output.url, output.kind, output.key) for output in COMPLETED.outputs]
        assert job.to_dict() == COMPLETED.to_dict()
        assert load(commit, protocol, "outputs") == COMPLETED.outputs

    def test_a_failed_job_has_its_reason(self, commit: str, protocol: int) -> None:
        job = load(commit, protocol, "failed")
        assert job == FAILED
        assert job.error == JobError("nsfw", "refused")

    def test_a_result_of_a_batch_has_its_request_and_failure(self, commit: str, protocol: int) -> None:
        result = load(commit, protocol, "run_result")
        request = ("z-image/z-image", {"prompt": "a fox"})
        assert result == RunResult.of(request, FAILED)
        assert isinstance(result.failure, JobFailed)
        assert result.failure.job == FAILED

    def test_errors_have_their_attributes(self, commit: str, protocol: int) -> None:
        late = load(commit, protocol, "wait_timeout")
        assert isinstance(late, WaitTimeout)
        assert late.job == COMPLETED
        lost = load(commit, protocol, "unknown")
        assert isinstance(lost, OutcomeUnknown)
        assert (lost.status, lost.failed_at, lost.clock_offset) == (502, None, None)

    def test_a_request_can_be_sent(self, commit: str, protocol: int) -> None:
        request = load(commit, protocol, "request")
        style = StyleReference(id="a", strength=1.0)
        assert request == ZImageRequest(prompt="a fox", aspect_ratio="1:1", resolution="1K", styles=[style])
        request.styles = []  # the sandbox has no style of this name
        sandbox = Sandbox(time_scale=0)
        with Krea("token", transport=sandbox.transport(), clock=sandbox.clock) as krea:
            krea.submit(request)
        assert len(sandbox.ledger) == 1
