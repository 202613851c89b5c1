"""save: results become files whole or not at all, named by what they are, without the token."""

import asyncio
import gzip
import io
import os
import signal
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from krea_client import Job, JobEmpty, Retry, SaveFailed
from krea_client.sandbox import Sandbox

from .adapter import ClientAdapter
from .between import Act, Between, Forward, answered, by_path, stopped
from .conftest import GOOD, Make

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU"
    b"\x00\x00\x00\nIDATx\x9cc`\x00\x00\x00\x02\x00\x01H\xaf\xa4q\x00\x00\x00\x00IEND\xaeB`\x82"
)
JPEG = b"\xff\xd8\xff\xe0" + b"\x00" * 20 + b"\xff\xd9"


def job_with(*names: str, host: str = "https://gen.krea.ai") -> Job:
    return Job.from_dict(
        {"job_id": "j-1", "status": "completed", "result": {"urls": [f"{host}/{name}" for name in names]}}
    )


ONE_FILE_JOB = job_with("a.png")


def picture(body: bytes = PNG, content_type: str = "image/png", **headers: str) -> Act:
    return answered(200, body, content_type=content_type, **headers)


@pytest.fixture(autouse=True)
def check_no_partial_files(tmp_path: Path) -> Iterator[None]:
    yield
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith(".") or path.name.endswith(".part")]


@pytest.fixture
def host(between: Between) -> Between:
    between.always("GET", picture())
    return between


def test_a_picture_gets_from_request_to_file(client: ClientAdapter, tmp_path: Path, box: Sandbox) -> None:
    job = client.run("openai/gpt-image-2", prompt="a monastery", width=64, height=64)
    [path] = client.save(job, tmp_path / "monastery.png")
    assert path == tmp_path / "monastery.png"
    assert path.read_bytes().startswith(b"\x89PNG")
    assert box.requests[-1].path == f"/images/{job.id}.png"
    assert "authorization" not in box.requests[-1].headers


def test_one_address_is_saved_like_a_result(client: ClientAdapter, tmp_path: Path, box: Sandbox) -> None:
    job = client.run("tripo/tripo", prompt="a barrel")
    address = client.done(client.wrapped.reports.export_3d(job, "stl"))
    [path] = client.save(address, tmp_path / "barrel.zip")
    assert path.read_bytes().startswith(b"PK")
    assert "authorization" not in box.requests[-1].headers
    [saved] = client.save(address, tmp_path)
    assert (saved.parent, saved.suffix) == (tmp_path, ".zip")


@pytest.mark.parametrize("text", ["j-1", "", "file:///etc/passwd"])
def test_a_text_that_is_no_address_is_not_saved(
    client: ClientAdapter, between: Between, tmp_path: Path, text: str
) -> None:
    with pytest.raises(ValueError, match="is no address: give a completed job"):
        client.save(text, tmp_path)
    assert between.seen == []


@pytest.mark.parametrize("as_text", [False, True])
def test_a_name_is_taken_as_it_is(client: ClientAdapter, host: Between, tmp_path: Path, as_text: bool) -> None:
    target = tmp_path / "deep" / "er" / "picture.jpeg"
    assert client.save(ONE_FILE_JOB, str(target) if as_text else target) == [target]
    assert target.read_bytes() == PNG


def test_what_has_no_result_says_why(client: ClientAdapter, tmp_path: Path) -> None:
    [refused] = client.run_all([("z-image/z-image", {"prompt": 5})])
    with pytest.raises(JobEmpty, match="nothing to save: the request has no result: z-image/z-image"):
        client.save(refused, tmp_path)
    [failed] = client.run_all([("z-image/z-image", {**GOOD, "prompt": "a fox [sandbox:fail]"})])
    with pytest.raises(JobEmpty, match=f"nothing to save: job {failed.id} has no result: "):
        client.save(failed, tmp_path)
    with pytest.raises(JobEmpty, match=r"nothing to save: job j1 is cancelled$"):
        client.save(Job.from_dict({"job_id": "j1", "status": "cancelled"}), tmp_path)


def test_several_results_are_numbered(client: ClientAdapter, host: Between, tmp_path: Path) -> None:
    paths = client.save(job_with("a", "b", "c"), tmp_path / "x.png")
    assert [path.name for path in paths] == ["x.png", "x-2.png", "x-3.png"]
    assert all(path.read_bytes() == PNG for path in paths)


def test_a_name_without_an_ending_gets_the_one_of_the_content(
    client: ClientAdapter, host: Between, tmp_path: Path
) -> None:
    paths = client.save(job_with("a", "b"), tmp_path / "x")
    assert [path.name for path in paths] == ["x.png", "x-2.png"]


def test_a_result_of_another_kind_gets_its_own_ending(client: ClientAdapter, host: Between, tmp_path: Path) -> None:
    chair = [{"type": "model", "url": "https://x.example/a"}, {"type": "preview", "url": "https://x.example/b"}]
    job = Job.from_dict({"job_id": "j", "status": "completed", "result": {"urls": chair}})
    assert [path.name for path in client.save(job, tmp_path / "chair.glb")] == ["chair.glb", "chair-2.png"]


@pytest.mark.parametrize("form", ["there", "there/", "new/"])
def test_in_a_folder_files_are_named_by_job_and_type(
    client: ClientAdapter, between: Between, tmp_path: Path, form: str
) -> None:
    (tmp_path / "there").mkdir()
    pictures = {
        "/a": picture(),
        "/b": picture(JPEG, "image/jpeg; q=1"),
        "/c": picture(PNG, "application/octet-stream"),
        "/d": picture(b"???", "application/octet-stream"),
    }
    between.always("GET", by_path(pictures))
    paths = client.save(job_with("a", "b", "c", "d"), f"{tmp_path}/{form}")
    assert [path.name for path in paths] == ["j-1.png", "j-1-2.jpg", "j-1-3.png", "j-1-4.bin"]
    assert {path.parent for path in paths} == {tmp_path / form.rstrip("/")}


def test_without_a_target_it_is_the_present_folder(
    client: ClientAdapter, host: Between, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert client.save(ONE_FILE_JOB) == [Path("j-1.png")]
    assert (tmp_path / "j-1.png").read_bytes() == PNG


def test_an_id_cannot_lead_out_of_the_folder(client: ClientAdapter, host: Between, tmp_path: Path) -> None:
    job = Job.from_dict({"job_id": "../../x y", "status": "completed", "result": {"urls": ["https://gen.krea.ai/a"]}})
    [path] = client.save(job, tmp_path)
    assert path.parent == tmp_path
    assert " " not in path.name


@pytest.mark.parametrize("folder", [False, True])
def test_an_existing_file_stays_unless_told_otherwise(
    client: ClientAdapter, host: Between, tmp_path: Path, folder: bool
) -> None:
    old = tmp_path / "j-1.png"
    old.write_bytes(b"precious")
    with pytest.raises(SaveFailed, match="exists already: choose another name or give overwrite=True") as excinfo:
        client.save(ONE_FILE_JOB, tmp_path if folder else old)
    assert excinfo.value.path == str(old)
    assert old.read_bytes() == b"precious"
    assert len(host.seen) == folder  # a known name is looked for before anything is fetched
    assert client.save(ONE_FILE_JOB, tmp_path if folder else old, overwrite=True) == [old]
    assert old.read_bytes() == PNG


def test_a_file_that_appears_meanwhile_stays(client: ClientAdapter, between: Between, tmp_path: Path) -> None:
    target = tmp_path / "x.png"
    between.on("GET", lambda r, f: (target.write_bytes(b"precious"), picture()(r, f))[1])
    with pytest.raises(SaveFailed, match="exists already"):
        client.save(ONE_FILE_JOB, target)
    assert target.read_bytes() == b"precious"


SPOILED: dict[str, tuple[Act, str]] = {
    "end missing": (picture(PNG[:-5]), "end chunk is missing"),
    "cut JPEG": (picture(JPEG[:-1], "image/jpeg"), "end marker is missing"),
    "too short": (picture(PNG, content_length="999"), f"{len(PNG)} of 999 bytes"),
    "too long": (picture(PNG, content_length="9"), f"{len(PNG)} of 9 bytes"),
    "empty": (picture(b""), "empty"),
    "HTML": (picture(b"<!doctype html>", "text/html"), "no media file but text/html"),
    "HTML that says it is a picture": (picture(b"\n<HTML>", "image/png"), "no media file"),
    "JSON": (picture(b'{"error": "expired"}', "application/json"), "no media file but an error message"),
    "XML of a store": (picture(b"<Error/>", "application/xml"), "no media file"),
    "gone": (answered(404), "answered 404"),
    "signature out of date": (answered(403, b"<Error/>"), "answered 403"),
    "no content": (answered(204), "answered 204"),
    "server down": (answered(503), "answered 503"),
    "broken compression": (picture(b"not gzip", content_encoding="gzip"), "gen.krea.ai"),
    "cut": (stopped(httpx.RemoteProtocolError, "peer closed"), "peer closed"),
    "unreachable": (stopped(httpx.ConnectError, "refused"), "refused"),
}
FINAL = {
    "HTML",
    "HTML that says it is a picture",
    "JSON",
    "XML of a store",
    "gone",
    "signature out of date",
    "no content",
}


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("case", SPOILED)
def test_what_is_not_whole_is_not_kept(
    client: ClientAdapter, between: Between, tmp_path: Path, case: str, overwrite: bool
) -> None:
    act, words = SPOILED[case]
    between.always("GET", act)
    target = tmp_path / "x.png"
    if overwrite:
        target.write_bytes(b"precious")
    with pytest.raises(SaveFailed, match=words) as excinfo:
        client.save(job_with("a.png?signature=secret"), target, overwrite=overwrite)
    assert "secret" not in str(excinfo.value)
    assert excinfo.value.url == "https://gen.krea.ai/a.png"
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"precious"] * overwrite
    assert len(between.seen) == (1 if case in FINAL else 3)


@pytest.mark.parametrize("case", [case for case in SPOILED if case not in FINAL])
def test_a_bad_moment_is_made_good(client: ClientAdapter, between: Between, tmp_path: Path, case: str) -> None:
    between.on("GET", SPOILED[case][0], SPOILED[case][0], picture())
    assert client.save(ONE_FILE_JOB, tmp_path / "x.png")[0].read_bytes() == PNG


def test_how_often_is_the_callers_choice(make: Make, between: Between, tmp_path: Path) -> None:
    between.always("GET", answered(503))
    with pytest.raises(SaveFailed):
        make(retry=Retry(attempts=1)).save(ONE_FILE_JOB, tmp_path / "x.png")
    assert len(between.seen) == 1


def test_compressed_answers_are_unpacked(client: ClientAdapter, between: Between, tmp_path: Path) -> None:
    packed = gzip.compress(PNG)
    between.on("GET", picture(packed, content_encoding="gzip", content_length=str(len(packed))))
    assert client.save(ONE_FILE_JOB, tmp_path / "x.png")[0].read_bytes() == PNG


def test_one_bad_result_of_several_leaves_the_good_ones(
    client: ClientAdapter, between: Between, tmp_path: Path
) -> None:
    between.always("GET", by_path({"/a": picture(), "/b": answered(404)}))
    with pytest.raises(SaveFailed, match="/b: its host answered 404"):
        client.save(job_with("a", "b"), tmp_path / "x.png")
    assert [path.name for path in tmp_path.iterdir()] == ["x.png"]


@pytest.mark.parametrize("host", ["http://gen.krea.ai", "ftp://gen.krea.ai", "file://", "data:image/png,", "/relative"])
def test_only_https_is_fetched(client: ClientAdapter, between: Between, tmp_path: Path, host: str) -> None:
    with pytest.raises(SaveFailed, match=r"https|cannot be read"):
        client.save(job_with("a.png", host=host), tmp_path / "x.png")
    assert between.seen == []


def test_redirects_are_followed_without_the_token(client: ClientAdapter, between: Between, tmp_path: Path) -> None:
    between.on(
        "GET", answered(302, location="https://store.example/a.png"), answered(307, location="/b.png"), picture()
    )
    client.save(job_with("a.png", host="https://api.krea.ai"), tmp_path / "x.png")
    assert [str(request.url) for request in between.seen] == [
        "https://api.krea.ai/a.png",
        "https://store.example/a.png",
        "https://store.example/b.png",
    ]
    assert not any("authorization" in request.headers for request in between.seen)


def test_a_redirect_away_from_https_is_refused(client: ClientAdapter, between: Between, tmp_path: Path) -> None:
    between.on("GET", answered(302, location="http://store.example/a.png"), picture())
    with pytest.raises(SaveFailed, match="https only"):
        client.save(ONE_FILE_JOB, tmp_path / "x.png")
    assert list(tmp_path.iterdir()) == []


def test_redirects_without_end_are_given_up(client: ClientAdapter, between: Between, tmp_path: Path) -> None:
    between.always("GET", answered(302, location="https://store.example/a.png"))
    with pytest.raises(SaveFailed, match="redirects"):
        client.save(ONE_FILE_JOB, tmp_path / "x.png")


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_permissions_are_those_of_any_new_file(
    client: ClientAdapter, host: Between, tmp_path: Path, mask: int, mode: int
) -> None:
    before = os.umask(mask)
    try:
        [path] = client.save(ONE_FILE_JOB, tmp_path / "x.png")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_place_where_no_file_can_be_is_named(client: ClientAdapter, host: Between, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(SaveFailed, match="file"):
        client.save(ONE_FILE_JOB, tmp_path / "file" / "x.png")


@pytest.mark.parametrize("interrupt", [KeyboardInterrupt, SystemExit])
def test_an_interrupted_download_leaves_nothing(
    client: ClientAdapter, between: Between, tmp_path: Path, interrupt: type[BaseException]
) -> None:
    class Interrupted(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield PNG[:30]
            raise interrupt

        async def __aiter__(self):  # type: ignore[no-untyped-def]  # an async generator of bytes, then the interrupt
            yield PNG[:30]
            raise interrupt

    between.on("GET", lambda _, __: httpx.Response(200, stream=Interrupted(), headers={"content-type": "image/png"}))
    with pytest.raises(interrupt):
        client.save(ONE_FILE_JOB, tmp_path / "x.png")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("job", [Job("j", "completed"), Job("j", "queued"), Job("j"), Job("j", "failed")])
def test_a_job_without_results_has_nothing_to_save(
    client: ClientAdapter, between: Between, tmp_path: Path, job: Job
) -> None:
    with pytest.raises(JobEmpty, match="nothing to save") as excinfo:
        client.save(job, tmp_path)
    assert excinfo.value.job == job
    assert between.seen == []


def test_a_result_of_run_all_can_be_saved(client: ClientAdapter, tmp_path: Path) -> None:
    [result] = client.run_all([("openai/gpt-image-2", {"prompt": GOOD["prompt"], "width": 64, "height": 64})])
    assert client.save(result, tmp_path) == [tmp_path / f"{result.id}.png"]


def test_progress_is_told_in_bytes(client: ClientAdapter, tmp_path: Path) -> None:
    progress: list[tuple[int, int | None]] = []
    job = client.run("z-image/z-image", GOOD)
    [file] = client.save(
        job, tmp_path / "a.png", on_progress=lambda written_bytes, size: progress.append((written_bytes, size))
    )
    size = file.stat().st_size
    assert progress[-1] == (size, size)
    assert [done for done, _ in progress] == sorted({done for done, _ in progress})


def test_an_async_progress_function_is_awaited_in_order_or_refused(
    make: Make, mode: str, host: Between, tmp_path: Path
) -> None:
    client, ended = make(), [0]

    async def on_progress(done: int, size: int | None) -> None:
        await asyncio.sleep(0)
        assert done > ended[-1]
        ended.append(done)

    if mode == "sync":
        with pytest.raises(TypeError, match="on_progress is async"):
            client.save(ONE_FILE_JOB, tmp_path / "x.png", on_progress=on_progress)
        with pytest.raises(TypeError, match="on_progress is async"):
            client.done(client.wrapped.assets.upload(PNG, on_progress=on_progress))
        assert host.seen == []
        return
    client.save(ONE_FILE_JOB, tmp_path / "x.png", on_progress=on_progress)
    assert ended[-1] == len(PNG)
    ended[:] = [0]
    client.done(client.wrapped.assets.upload(PNG, on_progress=on_progress))
    assert ended[-1] == len(PNG)


@pytest.mark.parametrize("mode", ["async"])
def test_what_an_async_progress_function_raises_is_raised(make: Make, host: Between, tmp_path: Path) -> None:
    async def on_progress(done: int, size: int | None) -> None:
        raise LookupError(done)

    with pytest.raises(LookupError):
        make().save(job_with("a.png", "b.png"), tmp_path, on_progress=on_progress)


def test_several_jobs_are_saved_into_one_folder(client: ClientAdapter, host: Between, tmp_path: Path) -> None:
    jobs = [
        Job.from_dict(
            {"job_id": f"j-{number}", "status": "completed", "result": {"urls": [f"https://gen.krea.ai/{number}.png"]}}
        )
        for number in range(20)
    ]
    paths = client.save([*jobs, "https://gen.krea.ai/more.png"], tmp_path / "new")
    assert paths == [tmp_path / "new" / f"j-{number}.png" for number in range(20)] + [tmp_path / "new" / "more.png"]
    assert all(path.read_bytes() == PNG for path in paths)
    with pytest.raises(TypeError, match="do not go into one file object; give a folder"):
        client.save(jobs, io.BytesIO())
    assert client.save([], tmp_path) == []


@pytest.mark.parametrize("mode", ["sync"])
def test_results_are_downloaded_several_at_a_time(client: ClientAdapter, between: Between, tmp_path: Path) -> None:
    together = threading.Barrier(8)

    def in_company(request: httpx.Request, forward: Forward) -> httpx.Response:
        together.wait(10)
        return picture()(request, forward)

    between.always("GET", in_company)
    assert len(client.save(job_with(*[f"{number}.png" for number in range(8)]), tmp_path)) == 8


def test_every_failure_of_several_is_told_and_the_good_results_stay(
    client: ClientAdapter, between: Between, tmp_path: Path
) -> None:
    between.always(
        "GET", lambda request, forward: (answered(404) if "bad" in str(request.url) else picture())(request, forward)
    )
    with pytest.raises(SaveFailed, match="/bad1") as excinfo:
        client.save(job_with("a", "bad1", "b", "bad2", "c"), tmp_path)
    assert any("/bad2" in note for note in excinfo.value.__notes__)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["j-1-3.png", "j-1-5.png", "j-1.png"]


@pytest.mark.parametrize("mode", ["sync"])
def test_an_interrupt_of_several_downloads_leaves_nothing_half_written(
    client: ClientAdapter, between: Between, tmp_path: Path
) -> None:
    interrupted = threading.Event()

    class Endless(httpx.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            yield PNG[:30]
            if not interrupted.is_set():
                interrupted.set()
                signal.raise_signal(signal.SIGINT)
            while True:
                yield b"\0" * 1000

    between.always("GET", lambda _, __: httpx.Response(200, stream=Endless(), headers={"content-type": "image/png"}))
    with pytest.raises(KeyboardInterrupt):
        client.save(job_with(*"abcd"), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("mode", ["async"])
def test_the_end_of_a_download_does_not_hold_up_the_event_loop(
    make: Make, host: Between, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []
    flush = os.fsync

    def fsync(number: int) -> None:
        threads.append(threading.get_ident())
        flush(number)

    monkeypatch.setattr(os, "fsync", fsync)
    make().save(ONE_FILE_JOB, tmp_path)
    assert threads
    assert threading.get_ident() not in threads


def test_a_result_can_be_read_without_a_disk(client: ClientAdapter) -> None:
    job = client.run("z-image/z-image", GOOD)
    data = client.read(job)
    assert data.startswith(b"\x89PNG")
    with client.open(job) as file:
        assert file.read() == data
    assert client.read(job.urls[0]) == data


def test_a_result_that_is_not_there_cannot_be_read(client: ClientAdapter) -> None:
    job = client.run("z-image/z-image", GOOD)
    with pytest.raises(IndexError, match="has 1 results"):
        client.read(job, 1)
    with pytest.raises(JobEmpty):
        client.open(client.submit("z-image/z-image", GOOD))


def test_a_platform_without_hard_links_saves_and_still_replaces_nothing(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("os.link")
    krea = make()
    job = krea.run("z-image/z-image", GOOD)
    target = tmp_path / "a.png"
    assert krea.save(job, target) == [target]
    with pytest.raises(SaveFailed, match="exists already"):
        krea.save(job, target)
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]
