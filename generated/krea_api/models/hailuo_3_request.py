# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.hailuo_3_aspect_ratio import Hailuo3AspectRatio, check_hailuo_3_aspect_ratio
from ..types import UNSET, Unset

T = TypeVar("T", bound="Hailuo3Request")


@_attrs_define
class Hailuo3Request:
    """A video from MiniMax H3.

    Attributes:
        prompt (str): What to show, in words. 1 to 7000 characters.
        start_image (None | str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the
            URL of an uploaded asset, or a data: URI.
        aspect_ratio (Hailuo3AspectRatio | Unset): Width to height. Server default: 16:9.
        end_image (None | str | Unset): The picture to end with. At most 1024 characters. A public https URL, the URL of
            an uploaded asset, or a data: URI.
        reference_images (list[str] | Unset): Pictures to refer to. At most 9 items.
        reference_videos (list[str] | Unset): Videos to refer to. At most 3 items.
        reference_video_seconds (float | Unset): Length of the reference videos in seconds. 0 to 15.
        reference_audios (list[str] | Unset): Sound files to refer to. At most 3 items.
        duration (int | Unset): Length of the video in seconds. 5 to 15. Server default: 5.
    """

    prompt: str
    start_image: None | str | Unset = UNSET
    aspect_ratio: Hailuo3AspectRatio | Unset = UNSET
    end_image: None | str | Unset = UNSET
    reference_images: list[str] | Unset = UNSET
    reference_videos: list[str] | Unset = UNSET
    reference_video_seconds: float | Unset = UNSET
    reference_audios: list[str] | Unset = UNSET
    duration: int | Unset = UNSET

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

        end_image: None | str | Unset
        if isinstance(self.end_image, Unset):
            end_image = UNSET
        else:
            end_image = self.end_image

        reference_images: list[str] | Unset = UNSET
        if not isinstance(self.reference_images, Unset):
            reference_images = self.reference_images

        reference_videos: list[str] | Unset = UNSET
        if not isinstance(self.reference_videos, Unset):
            reference_videos = self.reference_videos

        reference_video_seconds = self.reference_video_seconds

        reference_audios: list[str] | Unset = UNSET
        if not isinstance(self.reference_audios, Unset):
            reference_audios = self.reference_audios

        duration = self.duration

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
        if end_image is not UNSET:
            field_dict["end_image"] = end_image
        if reference_images is not UNSET:
            field_dict["reference_images"] = reference_images
        if reference_videos is not UNSET:
            field_dict["reference_videos"] = reference_videos
        if reference_video_seconds is not UNSET:
            field_dict["reference_video_seconds"] = reference_video_seconds
        if reference_audios is not UNSET:
            field_dict["reference_audios"] = reference_audios
        if duration is not UNSET:
            field_dict["duration"] = duration

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
        aspect_ratio: Hailuo3AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_hailuo_3_aspect_ratio(_aspect_ratio)

        def _parse_end_image(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        end_image = _parse_end_image(d.pop("end_image", UNSET))

        reference_images = cast(list[str], d.pop("reference_images", UNSET))

        reference_videos = cast(list[str], d.pop("reference_videos", UNSET))

        reference_video_seconds = d.pop("reference_video_seconds", UNSET)

        reference_audios = cast(list[str], d.pop("reference_audios", UNSET))

        duration = d.pop("duration", UNSET)

        hailuo_3_request = cls(
            prompt=prompt,
            start_image=start_image,
            aspect_ratio=aspect_ratio,
            end_image=end_image,
            reference_images=reference_images,
            reference_videos=reference_videos,
            reference_video_seconds=reference_video_seconds,
            reference_audios=reference_audios,
            duration=duration,
        )

        return hailuo_3_request
