"""The one rule that makes public names out of the paths of models."""

from __future__ import annotations

import re
from dataclasses import dataclass

SUBMISSION = "/generate/"
# Their models are called after what they do (enhance, tts), so the vendor is what tells them apart.
_VENDOR_FIRST = frozenset({"enhance", "audio"})
_LETTERS = 3
# A tag becomes the name of a module or a class, and no language begins one with a digit.
_TAGS = {"3d": "three_d"}


@dataclass(frozen=True)
class ModelNames:
    """What people call one model: `kind` and `vendor`, and its `name` in snake_case."""

    kind: str
    vendor: str
    name: str

    @property
    def tag(self) -> str:
        """`image`, `three_d`: the kind as programs can write it."""
        return _TAGS.get(self.kind, self.kind)

    @property
    def operation_id(self) -> str:
        """`generate_kling_3_0`."""
        return f"generate_{self.name}"

    @property
    def stem(self) -> str:
        """`Kling30`, `Hunyuan3D21`: what the classes of the model begin with.

        A letter after a digit is a capital, since the generator makes it one whatever the component is called.
        """
        return re.sub(r"(?<=\d)[a-z]", _capital, "".join(part.capitalize() for part in self.name.split("_")))

    @property
    def request_class(self) -> str:
        """`Kling30Request`."""
        return f"{self.stem}Request"

    @property
    def request_module(self) -> str:
        """`kling_3_0_request`: where the class is."""
        return f"{self.name}_request"


def names_of(path: str) -> ModelNames | None:
    """Return the names that the path of a submission gives, or None for the path of anything else.

    The name is what follows the vendor. The vendor comes in front where that has fewer than three letters, and always
    for enhance and audio; never where the name begins with the vendor anyway.
    """
    kind, _, vendor_and_name = path.removeprefix(SUBMISSION).partition("/")
    vendor, _, slug = vendor_and_name.partition("/")
    if not path.startswith(SUBMISSION) or not slug:
        return None
    name = _snake(slug)
    own = name == _snake(vendor) or name.startswith(f"{_snake(vendor)}_")
    if not own and (kind in _VENDOR_FIRST or sum(map(str.isalpha, name)) < _LETTERS):
        name = f"{_snake(vendor)}_{name}"
    return ModelNames(kind, vendor, name)


def _capital(match: re.Match[str]) -> str:
    return match[0].upper()


def _snake(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
