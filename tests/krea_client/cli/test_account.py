"""`upload`, `export`, `usage`, `styles` and `node-apps`: what an account keeps, from a shell."""

import json
from pathlib import Path
from typing import Any

import pytest

from krea_client.cli import clients, commands
from krea_client.sandbox import Sandbox

from .conftest import TOKEN, maker_for

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture
def box() -> Sandbox:
    return Sandbox(time_scale=0, date="2026-11-20", usage_tokens=[])


@pytest.fixture(autouse=True)
def picture(maker: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file in the present folder; every command reaches the sandbox."""
    monkeypatch.setattr(clients, "api_client", lambda *how, **more: maker(None, *how, **more))
    monkeypatch.chdir(tmp_path)
    file = Path("in.png")
    file.write_bytes(PNG)
    return file


def paths(box: Sandbox) -> list[str]:
    return [f"{request.method} {request.path}" for request in box.requests]


def test_files_are_uploaded_and_their_addresses_printed(box: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    Path("b.png").write_bytes(PNG + b"b")
    assert commands.run(["upload", "in.png", "b.png"]) == 0
    urls = capsys.readouterr().out.split()
    assert len(set(urls)) == 2
    assert paths(box) == ["POST /assets"] * 2


def test_an_upload_as_json_tells_all_of_the_asset(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["upload", "in.png", "--description", "a fox", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["description"], document["mime_type"], document["size_bytes"]) == ("a fox", "image/png", len(PNG))


@pytest.mark.parametrize("name", ["lost.png", "notes.txt"])
def test_what_cannot_be_uploaded_is_told_before_anything_is_sent(
    box: Sandbox, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("notes.txt").write_text("words")
    assert commands.run(["upload", name]) == 2
    assert name in capsys.readouterr().err
    assert box.requests == []


def test_a_local_picture_goes_into_a_request(box: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["generate", "kling/kling-3.0", "-p", "x", "-i", "start_image=in.png", "--no-wait"]) == 0
    body = json.loads(box.requests[-1].body)
    assert commands.run(["upload", "in.png", "--json"]) == 0
    assert paths(box)[:2] == ["POST /assets", "POST /generate/video/kling/kling-3.0"]
    assert body["start_image"].startswith("https://")
    assert capsys.readouterr().out


def test_a_3d_model_is_saved_with_its_preview_and_exported(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["generate", "meshy/meshy-7", "-p", "a chair", "-o", "chair"]) == 0
    assert capsys.readouterr().out.split() == ["chair.glb", "chair-2.png"]
    assert commands.run(["jobs", "list", "--json"]) == 0
    [job] = json.loads(capsys.readouterr().out)
    assert commands.run(["export", job["job_id"], "obj", "-o", "chair.zip"]) == 0
    assert capsys.readouterr().out == "chair.zip\n"
    assert Path("chair.zip").read_bytes().startswith(b"PK")
    assert commands.run(["export", job["job_id"], "obj", "-o", "chair.zip"]) == 2
    assert commands.run(["export", job["job_id"], "png"]) == 2
    assert "must be one of 'obj'" in capsys.readouterr().err
    assert commands.run(["export", job["job_id"], "stl", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["url"].endswith(".zip")


def test_usage_is_told_to_tokens_that_may_read_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["usage", "2026-11-01", "2026-11-30"]) == 1
    assert "only tokens with the right to read usage may do so" in capsys.readouterr().err
    assert commands.run(["usage", "yesterday", "2026-11-30"]) == 2
    assert "start_date" in capsys.readouterr().err


def test_usage_is_a_table_with_its_sum(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    box = Sandbox(time_scale=0, date="2026-11-20", usage_tokens=[TOKEN])
    make = maker_for(box, box.transport())
    monkeypatch.setattr(clients, "api_client", lambda *how, **more: make(None, *how, **more))
    assert commands.run(["generate", "kling/kling-3.0", "-p", "x"]) == 0
    capsys.readouterr()
    assert commands.run(["usage", "2026-11-01", "2026-11-30", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [row["type"] for row in document["jobs"]] == ["video/kling/kling-3.0"]
    assert document["compute_units"] == document["jobs"][0]["compute_units"] > 0
    assert commands.run(["usage", "2026-11-01", "2026-11-30"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].split() == [f"{document['compute_units']:g}", "in", "all"]


def test_a_style_is_trained_found_shown_and_shared(box: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    train = ["styles", "train", "Blue hour", "in.png", "https://example.com/b.png", "-i", "model=flux_dev"]
    assert commands.run([*train, "-i", "max_train_steps=20"]) == 0
    style = capsys.readouterr().out.strip()
    body = next(json.loads(request.body) for request in box.requests if request.path == "/styles/train")
    assert (body["name"], body["model"], body["max_train_steps"], len(body["urls"])) == ("Blue hour", "flux_dev", 20, 2)
    assert commands.run(["styles", "list", "--filter", "user", "--json"]) == 0
    assert [row["id"] for row in json.loads(capsys.readouterr().out)] == [style]
    assert commands.run(["styles", "show", style]) == 0
    assert "Blue hour" in capsys.readouterr().out
    assert commands.run(["styles", "share", style]) == 0
    assert commands.run(["styles", "unshare", style]) == 0
    assert paths(box)[-2:] == [f"{how} /styles/{style}/share/workspace" for how in ("POST", "DELETE")]
    assert commands.run(["styles", "link", style]) == 0
    assert style in capsys.readouterr().out
    documents = []
    for word in ("link", "unshare"):
        assert commands.run(["styles", word, style, "--json"]) == 0
        documents.append(json.loads(capsys.readouterr().out))
    assert documents[0].pop("link").startswith("https://")
    assert documents == [{"style_id": style}, {"style_id": style, "shared": False}]


def test_a_training_can_be_left_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["styles", "train", "Blue hour", "in.png", "--no-wait"]) == 0
    assert len(capsys.readouterr().out.strip()) == 36
    assert commands.run(["styles", "train", "Blue hour", "@lost.png"]) == 2
    assert commands.run(["styles", "train", "Blue hour", "in.png", "-i", "max_train_steps=0"]) == 2
    assert "-i max_train_steps" in capsys.readouterr().err


def test_styles_that_fit_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["styles", "list", "--liked"]) == 0
    assert capsys.readouterr() == ("", "krea-client: no style fits\n")
    assert commands.run(["styles", "show", "nobody's"]) == 1


def test_a_node_app_tells_what_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.run(["node-apps", "show", "sandbox-postcard-1"]) == 0
    stdout = capsys.readouterr().out
    assert "prompt *" in stdout
    assert "variants" in stdout
    assert commands.run(["node-apps", "show", "sandbox-postcard-1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "sandbox-postcard-1"


def test_a_node_app_takes_files_and_its_results_are_saved(box: Sandbox, capsys: pytest.CaptureFixture[str]) -> None:
    run = ["node-apps", "run", "sandbox-postcard-1", "-i", "prompt=a fox", "-i", "picture=@in.png"]
    assert commands.run([*run, "-o", "card.png"]) == 0
    assert capsys.readouterr().out.split() == ["card.png", "card-2.png", "card-3.png"]
    body = next(json.loads(request.body) for request in box.requests if request.path.endswith("/execute"))
    assert body["picture"].startswith("https://")


def test_the_jobs_of_a_node_app_are_typed_by_its_schema_and_saved_together(
    box: Sandbox, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ["node-apps", "run", "sandbox-figurine-1", "-i", "prompt=a fox", "-i", "duration=2"]
    assert commands.run([*run, "-o", "fox", "--json"]) == 0
    out, err = capsys.readouterr()
    document = json.loads(out)
    assert [Path(name).suffix for name in document["files"]] == [".glb", ".mp4"]
    assert all(job["job_id"] in err for job in document["jobs"])
    body = next(json.loads(request.body) for request in box.requests if request.path.endswith("/execute"))
    assert body == {"prompt": "a fox", "duration": 2}
    assert commands.run([*run, "--no-wait"]) == 0
    assert len(capsys.readouterr().out.split()) == 2
