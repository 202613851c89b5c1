"""run(save_to=...): the target is looked at before the request is paid for, and the job is named where its result is not saved."""

import io
from pathlib import Path

import pytest

from krea_client import KreaError, SaveFailed
from krea_client.errors import open_jobs
from krea_client.sandbox import Sandbox

from .adapter import ClientAdapter
from .between import Act, Between, answered, stopped
from .conftest import GOOD, Make

MODEL = "z-image/z-image"


def for_results(act: Act) -> Act:
    return lambda request, forward: act(request, forward) if request.url.path.startswith("/images/") else forward()


def test_a_result_is_saved_where_it_was_asked_for(client: ClientAdapter, tmp_path: Path) -> None:
    job = client.run(MODEL, GOOD, save_to=tmp_path / "new folder" / "fox.png")
    assert job.status == "completed"
    assert (tmp_path / "new folder" / "fox.png").read_bytes() == client.read(job)
    client.run(MODEL, GOOD, save_to=str(tmp_path))
    assert len(list(tmp_path.glob("*.png"))) == 1


def test_a_file_that_exists_is_told_before_anything_is_paid_for(
    client: ClientAdapter, tmp_path: Path, box: Sandbox
) -> None:
    target = tmp_path / "fox.png"
    target.write_bytes(b"mine")
    with pytest.raises(SaveFailed, match=r"nothing was sent.*overwrite=True") as caught:
        client.run(MODEL, GOOD, save_to=target)
    assert caught.value.path == str(target)
    assert not box.requests
    assert target.read_bytes() == b"mine"
    client.run(MODEL, GOOD, save_to=target, overwrite=True)
    assert target.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["file/fox.png", "file/", "file/folder/fox.png"])
def test_a_place_where_no_file_can_be_is_told_before_anything_is_paid_for(
    client: ClientAdapter, tmp_path: Path, box: Sandbox, name: str
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SaveFailed, match="nothing was sent"):
        client.run(MODEL, GOOD, save_to=f"{tmp_path}/{name}")
    assert not box.requests


@pytest.mark.parametrize("target", [io.BytesIO(), 7])
def test_what_is_no_path_is_refused(client: ClientAdapter, box: Sandbox, target: object) -> None:
    with pytest.raises(TypeError, match="save_to"):
        client.run(MODEL, GOOD, save_to=target)
    assert not box.requests


def test_a_result_that_cannot_be_saved_names_its_job(make: Make, between: Between, tmp_path: Path) -> None:
    client = make()
    between.always("GET", for_results(answered(404, b"gone")))
    with pytest.raises(SaveFailed) as caught:
        client.run(MODEL, GOOD, save_to=tmp_path / "fox.png")
    [job] = open_jobs(caught.value)
    assert job.id == caught.value.job_id
    assert job.id in caught.value.__notes__[0]
    assert [job.id for job in client.open_jobs] == [job.id]
    assert not list(tmp_path.iterdir())


def test_an_interrupt_while_the_result_is_saved_names_the_job(make: Make, between: Between, tmp_path: Path) -> None:
    client = make()

    between.always("GET", for_results(stopped(KeyboardInterrupt)))
    with pytest.raises(KeyboardInterrupt) as caught:
        client.run(MODEL, GOOD, save_to=tmp_path / "fox.png")
    [job] = open_jobs(caught.value)
    assert job.urls
    assert not list(tmp_path.iterdir())


def test_a_request_that_is_refused_saves_nothing(client: ClientAdapter, tmp_path: Path, box: Sandbox) -> None:
    with pytest.raises(KreaError, match="aspect_ratio"):
        client.run(MODEL, {**GOOD, "aspect_ratio": "7:7"}, save_to=tmp_path / "fox.png")
    assert not box.ledger
    assert not list(tmp_path.iterdir())
