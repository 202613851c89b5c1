# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="FluxVideoEditRequest")


@_attrs_define
class FluxVideoEditRequest:
    """A video from Flux Video Edit.

    Attributes:
        prompt (str): What to change, in words. 1 to 4096 characters.
        start_video (str): The video to edit. At most 1024 characters. A public https URL, the URL of an uploaded asset,
            or a data: URI.
    """

    prompt: str
    start_video: str

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        start_video = self.start_video

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
                "start_video": start_video,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        start_video = d.pop("start_video")

        flux_video_edit_request = cls(
            prompt=prompt,
            start_video=start_video,
        )

        return flux_video_edit_request
