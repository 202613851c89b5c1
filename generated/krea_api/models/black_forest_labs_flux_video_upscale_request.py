# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.black_forest_labs_flux_video_upscale_creativity import (
    BlackForestLabsFluxVideoUpscaleCreativity,
    check_black_forest_labs_flux_video_upscale_creativity,
)
from ..types import UNSET, Unset

T = TypeVar("T", bound="BlackForestLabsFluxVideoUpscaleRequest")


@_attrs_define
class BlackForestLabsFluxVideoUpscaleRequest:
    """A video enhanced by Flux Video Upscale.

    Attributes:
        video_url (str): The video to enhance. At most 1024 characters. A public https URL, the URL of an uploaded
            asset, or a data: URI.
        creativity (BlackForestLabsFluxVideoUpscaleCreativity | Unset): How freely the model invents detail. Server
            default: creative.
        upscale_factor (float | Unset): How many times to enlarge the video. 1.5 to 3. Server default: 2.
        prompt (str | Unset): What the result shows, in words. At most 5000 characters.
    """

    video_url: str
    creativity: BlackForestLabsFluxVideoUpscaleCreativity | Unset = UNSET
    upscale_factor: float | Unset = UNSET
    prompt: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        video_url = self.video_url

        creativity: str | Unset = UNSET
        if not isinstance(self.creativity, Unset):
            creativity = self.creativity

        upscale_factor = self.upscale_factor

        prompt = self.prompt

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "video_url": video_url,
            }
        )
        if creativity is not UNSET:
            field_dict["creativity"] = creativity
        if upscale_factor is not UNSET:
            field_dict["upscale_factor"] = upscale_factor
        if prompt is not UNSET:
            field_dict["prompt"] = prompt

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        video_url = d.pop("video_url")

        _creativity = d.pop("creativity", UNSET)
        creativity: BlackForestLabsFluxVideoUpscaleCreativity | Unset
        if isinstance(_creativity, Unset):
            creativity = UNSET
        else:
            creativity = check_black_forest_labs_flux_video_upscale_creativity(_creativity)

        upscale_factor = d.pop("upscale_factor", UNSET)

        prompt = d.pop("prompt", UNSET)

        black_forest_labs_flux_video_upscale_request = cls(
            video_url=video_url,
            creativity=creativity,
            upscale_factor=upscale_factor,
            prompt=prompt,
        )

        return black_forest_labs_flux_video_upscale_request
