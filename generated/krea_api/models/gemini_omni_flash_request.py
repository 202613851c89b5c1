# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.gemini_omni_flash_aspect_ratio import GeminiOmniFlashAspectRatio, check_gemini_omni_flash_aspect_ratio
from ..types import UNSET, Unset

T = TypeVar("T", bound="GeminiOmniFlashRequest")


@_attrs_define
class GeminiOmniFlashRequest:
    """A video from Gemini Omni Flash.

    Attributes:
        prompt (str): What to show, in words.
        start_image (None | str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the
            URL of an uploaded asset, or a data: URI.
        aspect_ratio (GeminiOmniFlashAspectRatio | Unset): Width to height. Server default: 16:9.
        duration (int | Unset): Length of the video in seconds. 3 to 10. Server default: 8.
        reference_images (list[str] | Unset): Pictures to refer to. At most 10 items.
        reference_videos (list[str] | Unset): Videos to refer to. At most 1 item.
    """

    prompt: str
    start_image: None | str | Unset = UNSET
    aspect_ratio: GeminiOmniFlashAspectRatio | Unset = UNSET
    duration: int | Unset = UNSET
    reference_images: list[str] | Unset = UNSET
    reference_videos: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        start_image: None | str | Unset
        if isinstance(self.start_image, Unset):
            start_image = UNSET
        else:
            start_image = self.start_image

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        duration = self.duration

        reference_images: list[str] | Unset = UNSET
        if not isinstance(self.reference_images, Unset):
            reference_images = self.reference_images

        reference_videos: list[str] | Unset = UNSET
        if not isinstance(self.reference_videos, Unset):
            reference_videos = self.reference_videos

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
            }
        )
        if start_image is not UNSET:
            field_dict["start_image"] = start_image
        if aspect_ratio is not UNSET:
            field_dict["aspect_ratio"] = aspect_ratio
        if duration is not UNSET:
            field_dict["duration"] = duration
        if reference_images is not UNSET:
            field_dict["reference_images"] = reference_images
        if reference_videos is not UNSET:
            field_dict["reference_videos"] = reference_videos

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        def _parse_start_image(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        start_image = _parse_start_image(d.pop("start_image", UNSET))

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: GeminiOmniFlashAspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_gemini_omni_flash_aspect_ratio(_aspect_ratio)

        duration = d.pop("duration", UNSET)

        reference_images = cast(list[str], d.pop("reference_images", UNSET))

        reference_videos = cast(list[str], d.pop("reference_videos", UNSET))

        gemini_omni_flash_request = cls(
            prompt=prompt,
            start_image=start_image,
            aspect_ratio=aspect_ratio,
            duration=duration,
            reference_images=reference_images,
            reference_videos=reference_videos,
        )

        return gemini_omni_flash_request
