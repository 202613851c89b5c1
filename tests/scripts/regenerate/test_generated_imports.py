"""What importing costs: nothing until a name is used."""

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import krea_api

GENERATED = Path(krea_api.__file__).parent


def loaded_by(code: str) -> set[str]:
    completed = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        env={"PYTHONPATH": str(GENERATED.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(completed.stdout.split())


def test_importing_the_packages_loads_nothing_else() -> None:
    loaded = loaded_by("import krea_api, krea_api.models, krea_api.api, krea_api.api.jobs")
    assert not loaded & {"httpx", "attrs", "attr", "typing", "asyncio"}


def test_a_model_is_loaded_without_its_neighbours_and_without_httpx() -> None:
    loaded = loaded_by("from krea_api.models import ZImageRequest")
    assert "krea_api.models.z_image_request" in loaded
    assert not loaded & {"httpx", "krea_api.models.job", "krea_api.models.gpt_image_2_request"}


def test_everything_can_be_reached_from_the_top() -> None:
    loaded = loaded_by("import krea_api; krea_api.api.image.generate_z_image.sync; krea_api.models.Job")
    assert "krea_api.api.image.generate_z_image" in loaded
    assert "krea_api.api.image.generate_gpt_image_2" not in loaded


@pytest.mark.parametrize("package", ["krea_api", "krea_api.models", "krea_api.api", "krea_api.api.jobs"])
def test_a_package_lists_its_names_and_refuses_others(package: str) -> None:
    module = importlib.import_module(package)
    names = [name for name in dir(module) if not name.startswith("_")]
    assert names
    for name in names:
        assert getattr(module, name) is not None or name == "TYPE_CHECKING"
    with pytest.raises(AttributeError, match=f"module '{package}' has no attribute 'Nothing'"):
        _ = module.Nothing


def test_every_module_can_be_imported() -> None:
    for path in sorted(GENERATED.rglob("*.py")):
        parts = path.relative_to(GENERATED.parent).with_suffix("").parts
        importlib.import_module(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    assert (GENERATED / "py.typed").exists()
