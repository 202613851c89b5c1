"""What Python callers meet, on small packages of the generated form."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from regenerate.caller_impact import changes, deprecations

FIELDS = "    prompt: str\n    size: LampSize\n    seed: float | Unset = UNSET\n    url: None | str | Unset = UNSET\n"
VALUES = 'Literal["1K", "2K"]'
CALL = "def sync_detailed(*, body: LampRequest, x_hook: str | Unset = UNSET) -> int: ...\n"


def package(
    folder: Path, fields: str = FIELDS, values: str = VALUES, call: str = CALL, name: str = "LampRequest"
) -> Path:
    api, models = folder / "krea_api" / "api" / "image", folder / "krea_api" / "models"
    api.mkdir(parents=True)
    models.mkdir()
    for init in (folder / "krea_api", folder / "krea_api" / "api", api):
        (init / "__init__.py").write_text("")
    (models / "__init__.py").write_text(
        "TYPE_CHECKING = False\nif TYPE_CHECKING:\n"
        f"    from .lamp_request import {name} as {name}\n    from .lamp_size import LampSize as LampSize\n"
        f'__all__ = ["{name}", "LampSize"]\n'
    )
    (models / "lamp_request.py").write_text(
        "from attrs import define as _attrs_define\nfrom .lamp_size import LampSize\n"
        f"@_attrs_define\nclass {name}:\n{fields}    def to_dict(self) -> dict: ...\n"
    )
    (models / "lamp_size.py").write_text(f"from typing import Literal\nLampSize = {values}\n")
    (api / "generate_lamp.py").write_text(f"from ...models.lamp_request import {name}\n{call}")
    return folder


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return package(tmp_path / "old")


def test_nothing_changed_nothing_met(old: Path, tmp_path: Path) -> None:
    assert changes(package(tmp_path / "new"), old) == []


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ({"fields": FIELDS.replace("    seed: float | Unset = UNSET\n", "")}, ["breaking LampRequest: seed= is gone"]),
        ({"fields": FIELDS.replace("    seed", "    oil: str\n    seed")}, ["breaking LampRequest: needs oil=, which is new"]),
        ({"fields": FIELDS + "    oil: str | Unset = UNSET\n"}, ["addition LampRequest: oil="]),
        ({"fields": FIELDS.replace("seed: float | Unset = UNSET", "seed: float")}, ["breaking LampRequest: needs seed= now"]),
        ({"fields": FIELDS.replace("size: LampSize", "size: LampSize | Unset = UNSET")}, ["addition LampRequest: size= may be left out"]),
        (
            {"fields": FIELDS.replace("seed: float", "seed: int")},
            ["breaking LampRequest: seed was float | Unset, is int | Unset"],
        ),
        ({"fields": FIELDS.replace("seed: float", "seed: None | float")}, ["addition LampRequest: seed may be None"]),
        ({"values": 'Literal["1K", "2K", "4K"]'}, ["addition LampSize: '4K'"]),
        ({"values": 'Literal["2K"]'}, ["breaking LampSize: '1K' is no value any more"]),
        ({"call": CALL.replace(", x_hook: str | Unset = UNSET", "")}, ["breaking generate_lamp: x_hook= is gone"]),
        (
            {"name": "LanternRequest", "call": CALL.replace("Lamp", "Lantern")},
            ["breaking krea_api.models.LampRequest is gone", "addition krea_api.models.LanternRequest"],
        ),
    ],
)  # fmt: skip  # a change and what is met, side by side
def test_each_change_is_met_once(new: dict[str, str], expected: list[str], old: Path, tmp_path: Path) -> None:
    reported = changes(package(tmp_path / "new", **new), old)
    assert [f"{change.kind} {change.text}" for change in reported] == expected
    assert [change.name for change in reported] == ["is gone" in text and "=" not in text for text in expected]


def test_an_operation_that_is_gone_is_a_name_that_is_gone(old: Path, tmp_path: Path) -> None:
    new = package(tmp_path / "new")
    (new / "krea_api/api/image/generate_lamp.py").unlink()
    assert [tuple(change) for change in changes(new, old)] == [
        ("breaking", "krea_api.api.image.generate_lamp is gone", True)
    ]


def test_what_warns_from_now_on_is_a_deprecation(part: Any) -> None:
    old = deepcopy(part.document)
    part.operation["deprecated"] = True
    part.operation["x-krea-deprecated-field-aliases"].append(
        {"from": "start", "to": "seed", "sunset_date": "2027-06-01"}
    )
    assert [change.text for change in deprecations(old, part.document)] == [
        "generate_z_image: deprecated",
        "generate_z_image: start is translated to seed, with a warning",
    ]
