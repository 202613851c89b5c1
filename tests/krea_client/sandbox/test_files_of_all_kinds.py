"""Films, sounds, 3D models and exports are real files: judged by libraries and programs that had no part in making them."""

import io
import json
import shutil
import subprocess
import wave
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from krea_client.sandbox.media import dimensions, mesh_exports, mesh_views, meshes, sounds, videos

SMALL = ("a lighthouse", 7, 160, 90)
needs_ffprobe = pytest.mark.skipif(shutil.which("ffprobe") is None, reason="needs ffprobe, of Debian's package ffmpeg")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("films") / "film.mp4"
    path.write_bytes(videos.film(*SMALL, 3.0))
    return path


@needs_ffprobe
def test_ffprobe_reads_every_frame_of_a_film(film: Path) -> None:
    completed = subprocess.run(
        ["ffprobe", "-v", "warning", "-count_frames", "-show_streams", "-show_format", "-of", "json", str(film)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert completed.stderr == ""
    [stream], container = json.loads(completed.stdout)["streams"], json.loads(completed.stdout)["format"]
    assert (stream["codec_name"], stream["width"], stream["height"]) == ("av1", 160, 90)
    assert int(stream["nb_read_frames"]) == 24
    assert float(container["duration"]) == 3.0
    assert "mp4" in container["format_name"]


def test_mediainfo_reads_a_film(film: Path) -> None:
    mediainfo = pytest.importorskip("pymediainfo", reason="needs pymediainfo")
    general, video = mediainfo.MediaInfo.parse(film).tracks
    assert (general.format, general.duration) == ("MPEG-4", 3000)
    assert (video.track_type, video.format, video.width, video.height) == ("Video", "AV1", 160, 90)
    assert (int(video.frame_count), general.encoded_date) == (24, None)


def test_a_film_moves_and_equal_arguments_give_equal_bytes(film: Path) -> None:
    assert film.read_bytes() == videos.film(*SMALL, 3.0)
    # With its old labels it is an AVIF sequence, which Pillow reads.
    labels = film.read_bytes().replace(b"isom", b"avis", 1).replace(b"isomiso6mp41av01", b"avifavismsf1miaf", 1)
    with Image.open(io.BytesIO(labels.replace(b"vide", b"pict", 1).replace(b"free", b"meta", 1))) as picture:
        frames = []
        for place in range(getattr(picture, "n_frames", 1)):
            picture.seek(place)
            frames.append(picture.convert("RGB").tobytes())
    assert len(frames) == 24
    assert len(set(frames)) == 24


@pytest.mark.parametrize(("width", "height", "seconds"), [(854, 480, 30.0), (1920, 1080, 8.0)])
def test_films_stay_small(width: int, height: int, seconds: float) -> None:
    assert len(videos.film("city at night", 1, width, height, seconds)) < 100_000


@pytest.mark.parametrize(
    ("fields", "size"),
    [
        ({}, (1280, 720)),
        ({"resolution": "1080p", "aspect_ratio": "16:9"}, (1920, 1080)),
        ({"resolution": "480p", "aspect_ratio": "9:16"}, (480, 852)),
        ({"resolution": "4k"}, (3840, 2160)),
        ({"resolution": "4K", "aspect_ratio": "1:1"}, (2160, 2160)),
        ({"aspect_ratio": "adaptive"}, (1280, 720)),
        ({"aspect_ratio": "1104:832"}, (1104, 832)),
        ({"ratio": "848:480"}, (848, 480)),
        ({"width": 961, "height": 540}, (960, 540)),
        ({"target_width": 100, "target_height": 99999}, (100, 4096)),
        ({"aspect_ratio": "21:9", "resolution": "1080p"}, (2520, 1080)),
    ],
)
def test_a_film_is_as_large_as_asked(fields: dict[str, Any], size: tuple[int, int]) -> None:
    assert dimensions.film_size(fields) == size


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [({"duration": 8}, 8), ({"num_frames": 48}, 2), ({}, 5), ({"duration": "long"}, 5), ({"duration": 10**9}, 600)],
)
def test_a_film_is_as_long_as_asked(fields: dict[str, Any], seconds: float) -> None:
    assert dimensions.film_seconds(fields) == seconds


@pytest.mark.parametrize("seconds", [0.5, 3.0, 20.0])
def test_a_sound_is_as_long_as_asked_and_not_silent(seconds: float) -> None:
    with wave.open(io.BytesIO(sounds.sound(3, seconds))) as file:
        assert file.getnframes() / file.getframerate() == seconds
        samples = file.readframes(file.getnframes())
    assert min(samples) < 90
    assert max(samples) > 166
    assert sounds.sound(3, seconds) == sounds.sound(3, seconds) != sounds.sound(4, seconds)


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [({"music_length_ms": 12_000}, 12), ({}, 5), ({"voice_id": "a", "prompt": "one two three four five"}, 2)],
)
def test_a_sound_follows_its_request(fields: dict[str, Any], seconds: float) -> None:
    assert dimensions.sound_seconds(fields) == seconds


def test_a_model_is_a_closed_solid_with_colours() -> None:
    trimesh = pytest.importorskip("trimesh", reason="needs trimesh")
    solid = meshes.gem(3)
    [mesh] = trimesh.load(io.BytesIO(meshes.glb(solid)), file_type="glb").geometry.values()
    assert len(mesh.faces) == len(solid.triangles)
    bare = trimesh.Trimesh(mesh.vertices, mesh.faces)
    bare.merge_vertices()
    assert bare.is_watertight
    assert bare.volume > 0.1
    assert len(mesh.visual.vertex_colors if mesh.visual.kind == "vertex" else mesh.vertices) > 0


@pytest.mark.parametrize("file_format", ["obj", "stl", "ply"])
def test_exports_hold_the_same_solid(file_format: str) -> None:
    trimesh = pytest.importorskip("trimesh", reason="needs trimesh")
    solid = meshes.gem(5)
    packed = mesh_exports.archive(solid, file_format)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        content = archive.read(f"model.{file_format}")
    mesh = trimesh.load(io.BytesIO(content), file_type=file_format)
    original = trimesh.load(io.BytesIO(meshes.glb(solid)), file_type="glb")
    assert mesh.volume == pytest.approx(original.volume, rel=1e-4)
    assert packed == mesh_exports.archive(solid, file_format)


def test_the_fbx_export_holds_the_same_solid() -> None:
    ufbx = pytest.importorskip("ufbx", reason="needs ufbx")
    solid = meshes.gem(5)
    with zipfile.ZipFile(io.BytesIO(mesh_exports.archive(solid, "fbx"))) as archive:
        scene = ufbx.load_memory(archive.read("model.fbx"))
    [mesh] = scene.meshes
    assert len(mesh.faces) == len(solid.triangles)
    assert [tuple(round(number, 6) for number in (p.x, p.y, p.z)) for p in mesh.vertices][:3] == [
        tuple(round(number, 6) for number in point) for point in solid.points[:3]
    ]


def test_the_picture_of_a_model_shows_it_whole() -> None:
    with Image.open(io.BytesIO(mesh_views.view(meshes.gem(8), 96))) as picture:
        rgb = picture.convert("RGB")
    edge = [rgb.getpixel((x, y)) for x in range(96) for y in (0, 95)]
    middle = rgb.getpixel((48, 48))
    assert all(abs(pixel[0] - pixel[2]) < 40 for pixel in edge if isinstance(pixel, tuple))
    assert middle not in edge
