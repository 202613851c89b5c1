"""What a job's results are called, in the three shapes in which the API tells them."""

from typing import Any

import pytest

from krea_client.jobs import Job, Output


@pytest.mark.parametrize(
    ("urls", "outputs"),
    [
        (["https://x/1.png", "https://x/2.png"], [Output("https://x/1.png"), Output("https://x/2.png")]),
        (
            [{"type": "model", "url": "https://x/m.glb"}, {"type": "preview", "url": "https://x/p.png"}],
            [Output("https://x/m.glb", "model"), Output("https://x/p.png", "preview")],
        ),
        (
            {"video": "https://x/v.mp4", "frames": ["https://x/1.png", "https://x/2.png"]},
            [
                Output("https://x/v.mp4", None, "video"),
                Output("https://x/1.png", None, "frames"),
                Output("https://x/2.png", None, "frames"),
            ],
        ),
        ({"mesh": [{"type": "model", "url": "https://x/m.glb"}]}, [Output("https://x/m.glb", "model", "mesh")]),
        ([None, 5, {"type": "model"}, "https://x/1.png"], [Output("https://x/1.png")]),
        (None, []),
    ],
)
def test_outputs_keep_kind_and_key(urls: Any, outputs: list[Output]) -> None:
    job = Job.from_dict({"job_id": "j1", "status": "completed", "result": {"urls": urls}})
    assert job.outputs == outputs
    assert job.urls == [output.url for output in outputs]
