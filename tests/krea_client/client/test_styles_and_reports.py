"""Styles and their training, node apps, exports and usage: sync and async, against the sandbox."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from krea_api.models import TrainQwenStyleRequest
from krea_client import Conflict, Forbidden, NotFound, RequestInvalid
from krea_client.sandbox import Sandbox

from ... import facts
from .adapter import ClientAdapter
from .between import Between
from .conftest import GOOD, TOKEN, Make
from .test_platform import SECOND_PICTURE, count_requests, last_fields


def test_a_style_is_trained_from_local_pictures_used_and_shared(
    client: ClientAdapter, box: Sandbox, picture: Path, between: Between
) -> None:
    styles = client.wrapped.styles
    job = client.done(styles.train(name="Blue hour", model="z-image", urls=[picture, SECOND_PICTURE]))
    finished = client.wait(job)
    assert finished.style_id is not None
    assert (finished.urls, count_requests(between)) == ([], 2)
    style = client.done(styles.get(finished.style_id))
    assert (style.title, style.public, style.models, len(style.urls)) == ("Blue hour", False, ["z-image"], 2)
    client.run("z-image/z-image", GOOD, styles=[{"id": style.id, "strength": 1}])
    assert [style.id for style in client.done(styles.search(filter="user"))] == [style.id]
    changed = client.done(styles.update(style, title="Dusk", public=True, cover_url=style.urls[0]))
    assert (changed.title, changed.public, changed.cover_url) == ("Dusk", True, style.urls[0])
    assert client.done(styles.share_link(style)) == client.done(styles.share_link(style.id))
    assert client.done(styles.share(style)) is client.done(styles.unshare(style.id)) is None
    assert box.totals.completed == 2


def test_a_typed_training(client: ClientAdapter, box: Sandbox) -> None:
    urls = ["https://example.com/1.png"]
    request = TrainQwenStyleRequest.from_dict({"model": "k2", "name": "Ada", "urls": urls})
    finished = client.wait(client.done(client.wrapped.styles.train(request)))
    assert finished.style_id is not None
    assert last_fields(box)["model"] == "k2"


def test_a_bad_training_is_not_sent(client: ClientAdapter, between: Between) -> None:
    with pytest.raises(RequestInvalid, match="urls"):
        client.done(client.wrapped.styles.train(name="x"))
    with pytest.raises(RequestInvalid, match="max_train_steps"):
        client.done(client.wrapped.styles.train(name="x", urls=["https://example.com/1.png"], max_train_steps=9999))
    assert between.seen == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"model": "sdxl"},
            "model is 'sdxl', must be one of 'flux_dev', .*'wan22', 'qwen', 'z-image', 'k2', 'k2-large'",
        ),
        ({"model": "k2", "learning_rate": 0.1}, "learning_rate is not a field"),
        ({"model": "flux_dev", "batch_size": 0}, "batch_size is 0, must be at least 1"),
        ({"model": "qwen", "type": "Mood"}, "type is 'Mood', must be one of 'Style', 'Object', 'Character'"),
        ({"type": "Mood"}, "type is 'Mood', must be one of 'Style', 'Object', 'Character', 'Default'"),
    ],
)
def test_a_training_is_measured_by_what_its_model_takes(
    client: ClientAdapter, change: dict[str, Any], message: str
) -> None:
    with pytest.raises(RequestInvalid, match=message):
        client.done(client.wrapped.styles.train({"name": "x", "urls": ["https://example.com/1.png"]} | change))


def test_search_goes_through_all_pages(client: ClientAdapter, between: Between) -> None:
    style_ids = [style.id for style in client.done(client.wrapped.styles.search(limit=1))]
    assert len(style_ids) == count_requests(between, "GET", "/styles") >= 3
    assert len(set(style_ids)) == len(style_ids)
    styles = client.done(client.wrapped.styles.search(ids=["sandbox-felt", "sandbox-gouache"], liked=False))
    assert {style.id for style in styles} == {"sandbox-felt", "sandbox-gouache"}


def test_what_is_not_ones_own(client: ClientAdapter) -> None:
    with pytest.raises(Forbidden):
        client.done(client.wrapped.styles.share("sandbox-felt"))
    with pytest.raises(NotFound):
        client.done(client.wrapped.styles.get("nobody"))


# Node apps, exports, usage


def test_a_node_app_is_run(client: ClientAdapter, box: Sandbox, tmp_path: Path) -> None:
    app = client.done(client.wrapped.node_apps.get("sandbox-figurine-1"))
    assert app.input_schema is not None
    assert app.input_schema["required"] == ["prompt"]
    jobs = client.done(client.wrapped.node_apps.execute(app, {"prompt": "a fox", "duration": 1}))
    model, film = (client.wait(job) for job in jobs)
    assert [(output.key, output.url) for output in model.outputs] == [("figurine", model.urls[0])]
    saved = [path for job in (model, film) for path in client.save(job, tmp_path)]
    assert [path.suffix for path in saved] == [".glb", ".mp4"]
    assert len(box.ledger) == 2


def test_local_files_among_the_inputs_of_a_node_app(client: ClientAdapter, box: Sandbox, picture: Path) -> None:
    inputs = {"prompt": "a fox", "picture": picture, "more": [{"deep": SECOND_PICTURE}]}
    client.done(client.wrapped.node_apps.execute("sandbox-postcard-1", inputs))
    sent_fields = last_fields(box)
    asset_ids = {sent_fields["picture"], sent_fields["more"][0]["deep"]}
    assert len(asset_ids) == 2
    assert all(url.startswith("https://gen.krea.ai/uploads/") for url in asset_ids)
    assert inputs["picture"] is picture


def test_inputs_that_hold_themselves_are_refused(client: ClientAdapter, between: Between) -> None:
    inputs: dict[str, Any] = {"prompt": "a fox"}
    inputs["more"] = [inputs, {"again": inputs}]
    with pytest.raises(RequestInvalid, match="contains itself"):
        client.done(client.wrapped.node_apps.execute("sandbox-postcard-1", inputs))
    assert between.seen == []


def test_one_output_may_be_several_files(client: ClientAdapter) -> None:
    [job] = client.done(client.wrapped.node_apps.execute("sandbox-postcard-1", {"prompt": "a fox"}))
    assert [output.key for output in client.wait(job).outputs] == ["postcard", "variants", "variants"]


def test_a_3d_result_is_saved_and_exported(client: ClientAdapter, between: Between, tmp_path: Path) -> None:
    trellis = {"input_mode": "image", "image_urls": ["https://example.com/a.png"], "generate_texture": True}
    job = client.run("microsoft/trellis-2", trellis)
    assert [output.kind for output in job.outputs] == ["model", "preview"]
    assert [path.suffix for path in client.save(job, tmp_path)] == [".glb", ".png"]
    assert client.done(client.wrapped.reports.export_3d(job, "stl")) == f"https://gen.krea.ai/exports/{job.id}/stl.zip"
    requests_before = len(between.seen)
    with pytest.raises(RequestInvalid, match="file_format"):
        client.done(client.wrapped.reports.export_3d(job.id, "usdz"))
    assert len(between.seen) == requests_before


def test_an_export_waits_for_its_job(client: ClientAdapter) -> None:
    job = client.submit("z-image/z-image", GOOD)
    with pytest.raises(Conflict, match="wait until it is completed"):
        client.done(client.wrapped.reports.export_3d(job, "obj"))


def test_usage_is_explained_to_an_ordinary_token(make: Make, box: Sandbox) -> None:
    client = make()
    with pytest.raises(Forbidden, match="only tokens with the right to read usage"):
        client.done(client.wrapped.reports.usage("2026-11-01", date(2026, 11, 20)))


def test_usage_of_a_time(make: Make, box: Sandbox) -> None:
    box.machine.account.rules = box.machine.account.rules._replace(usage_tokens={TOKEN})
    client = make()
    job = client.run("z-image/z-image", GOOD)
    usage = client.done(client.wrapped.reports.usage("2026-11-01", date(2026, 11, 20)))
    assert [(entry.job_id, entry.type) for entry in usage.jobs] == [(job.id, "image/z-image/z-image")]
    assert usage.compute_units == pytest.approx(100 * facts.price("z-image/z-image"))
