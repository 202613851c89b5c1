# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.krea_3_aspect_ratio import Krea3AspectRatio, check_krea_3_aspect_ratio
from ..models.krea_3_model import Krea3Model, check_krea_3_model
from ..models.krea_3_resolution import Krea3Resolution, check_krea_3_resolution
from ..types import UNSET, Unset

T = TypeVar("T", bound="Krea3Request")


@_attrs_define
class Krea3Request:
    """A picture from Krea 3.

    Attributes:
        prompt (str): What to show, in words; @Image1 to @Image8 mean the pictures in image_urls.
        resolution (Krea3Resolution): How large the picture is; written in lower case, other than for Krea 2.
        aspect_ratio (Krea3AspectRatio | Unset): Width to height; left out, the model chooses.
        image_urls (list[str] | Unset): Pictures to work from. At most 8 items.
        model (Krea3Model | Unset): Which variant draws; berry for quality, jam for speed. Server default: berry.
    """

    prompt: str
    resolution: Krea3Resolution
    aspect_ratio: Krea3AspectRatio | Unset = UNSET
    image_urls: list[str] | Unset = UNSET
    model: Krea3Model | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        resolution: str = self.resolution

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        image_urls: list[str] | Unset = UNSET
        if not isinstance(self.image_urls, Unset):
            image_urls = self.image_urls

        model: str | Unset = UNSET
        if not isinstance(self.model, Unset):
            model = self.model

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
                "resolution": resolution,
            }
        )
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio
        if image_urls is not UNSET:
            field_dict["image_urls"] = image_urls
        if model is not UNSET:
            field_dict["model"] = model

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        resolution = check_krea_3_resolution(d.pop("resolution"))

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: Krea3AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_krea_3_aspect_ratio(_aspect_ratio)

        image_urls = cast(list[str], d.pop("image_urls", UNSET))

        _model = d.pop("model", UNSET)
        model: Krea3Model | Unset
        if isinstance(_model, Unset):
            model = UNSET
        else:
            model = check_krea_3_model(_model)

        krea_3_request = cls(
            prompt=prompt,
            resolution=resolution,
            aspect_ratio=aspect_ratio,
            image_urls=image_urls,
            model=model,
        )

        return krea_3_request
