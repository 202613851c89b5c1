"""What people write: names by one rule, and none lost without anybody meaning it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from regenerate.__main__ import main
from regenerate.lock import public_names
from regenerate.public_names import names_of

Edit = Callable[[Path, str, str], None]


@pytest.mark.parametrize(
    ("model", "operation_id", "request_class"),
    [
        ("image/z-image/z-image", "generate_z_image", "ZImageRequest"),
        ("video/kling/kling-3.0", "generate_kling_3_0", "Kling30Request"),
        ("video/google/veo-3.1-fast", "generate_veo_3_1_fast", "Veo31FastRequest"),
        ("image/krea/krea-2/medium", "generate_krea_2_medium", "Krea2MediumRequest"),
        ("video/vidu/q3", "generate_vidu_q3", "ViduQ3Request"),
        ("image/qwen/2512", "generate_qwen_2512", "Qwen2512Request"),
        ("3d/tripo/h3.1", "generate_tripo_h3_1", "TripoH31Request"),
        ("3d/tripo/tripo", "generate_tripo", "TripoRequest"),
        ("3d/tencent/hunyuan3d-2.1", "generate_hunyuan3d_2_1", "Hunyuan3D21Request"),
        ("video/lightricks/ltx-video-2.3-22b", "generate_ltx_video_2_3_22b", "LtxVideo2322BRequest"),
        ("enhance/krea/enhance", "generate_krea_enhance", "KreaEnhanceRequest"),
        ("enhance/topaz/astra-2", "generate_topaz_astra_2", "TopazAstra2Request"),
        ("audio/elevenlabs/tts", "generate_elevenlabs_tts", "ElevenlabsTtsRequest"),
        ("audio/acme/acme-song", "generate_acme_song", "AcmeSongRequest"),
        ("audio/acme/acmesong", "generate_acme_acmesong", "AcmeAcmesongRequest"),
    ],
)
def test_a_model_is_called_by_its_path(model: str, operation_id: str, request_class: str) -> None:
    names = names_of(f"/generate/{model}")
    assert names is not None
    assert (names.operation_id, names.request_class) == (operation_id, request_class)
    assert f"{names.kind}/{names.vendor}/" in f"{model}/"


@pytest.mark.parametrize("path", ["/jobs", "/generate/image", "/generate/image/acme", "/styles/train/a/b"])
def test_what_is_no_model_has_no_such_name(path: str) -> None:
    assert names_of(path) is None


def test_operations_requests_and_enums_are_public(small_build: Path) -> None:
    names = public_names(small_build / "krea_api")
    assert {
        "krea_api.api.image.generate_z_image",
        "krea_api.api.three_d.generate_tripo",
        "krea_api.models.ZImageRequest",
        "krea_api.models.ZImageAspectRatio",
        "krea_api.models.Job",
    } <= {*names}
    assert names == sorted(set(names))


def test_a_renamed_class_stops_the_run_until_it_is_meant(
    project: Path, edit: Edit, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(project / "spec/operations/image/z-image.yaml", "ZImageResolution", "ZImageSize")
    before = (project / "generated/names.lock").read_text()
    assert main([], project) == 1
    assert capsys.readouterr().err == (
        "krea_api.models.ZImageResolution: this public name would be gone and callers' code with it; put it back, or run"
        " with --rename\nnothing was written\n"
    )
    assert (project / "generated/names.lock").read_text() == before
    assert main(["--rename"], project) == 0
    after = (project / "generated/names.lock").read_text()
    assert "krea_api.models.ZImageResolution" not in after
    assert "krea_api.models.ZImageSize\n" in after


def test_a_model_that_goes_takes_its_names_only_when_it_is_meant(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "spec/operations/image/gpt-image-2.yaml").unlink()
    assert main([], project) == 1
    assert "krea_api.api.image.generate_gpt_image_2: this public name would be gone" in capsys.readouterr().err
    assert main(["--check"], project) == 1
    assert main(["--rename"], project) == 0
