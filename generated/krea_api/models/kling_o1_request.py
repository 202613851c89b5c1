# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..models.kling_o1_aspect_ratio import KlingO1AspectRatio, check_kling_o1_aspect_ratio
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.kling_o1_element import KlingO1Element
    from ..models.kling_o1_reference import KlingO1Reference


T = TypeVar("T", bound="KlingO1Request")


@_attrs_define
class KlingO1Request:
    """A video from Kling o1.

    Attributes:
        prompt (str): What to show, in words.
        start_image (str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the URL of an
            uploaded asset, or a data: URI.
        aspect_ratio (KlingO1AspectRatio | Unset): Width to height. Server default: 16:9.
        duration (float | Unset): Length of the video in seconds. 3 to 10. Server default: 5.
        end_image (str | Unset): The picture to end with. At most 1024 characters. A public https URL, the URL of an
            uploaded asset, or a data: URI.
        style_references (list[KlingO1Reference] | Unset): Pictures to take the style from, each under a tag.
        element_references (list[KlingO1Element] | Unset): Elements to use, each as a tag and pictures of it.
        video_reference (KlingO1Reference | Unset): A video to refer to, under a tag.
    """

    prompt: str
    start_image: str | Unset = UNSET
    aspect_ratio: KlingO1AspectRatio | Unset = UNSET
    duration: float | Unset = UNSET
    end_image: str | Unset = UNSET
    style_references: list[KlingO1Reference] | Unset = UNSET
    element_references: list[KlingO1Element] | Unset = UNSET
    video_reference: KlingO1Reference | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        start_image = self.start_image

        aspect_ratio: str | Unset = UNSET
        if not isinstance(self.aspect_ratio, Unset):
            aspect_ratio = self.aspect_ratio

        duration = self.duration

        end_image = self.end_image

        style_references: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.style_references, Unset):
            style_references = []
            for style_references_item_data in self.style_references:
                style_references_item = style_references_item_data.to_dict()
                style_references.append(style_references_item)

        element_references: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.element_references, Unset):
            element_references = []
            for element_references_item_data in self.element_references:
                element_references_item = element_references_item_data.to_dict()
                element_references.append(element_references_item)

        video_reference: dict[str, Any] | Unset = UNSET
        if not isinstance(self.video_reference, Unset):
            video_reference = self.video_reference.to_dict()

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
        if end_image is not UNSET:
            field_dict["end_image"] = end_image
        if style_references is not UNSET:
            field_dict["style_references"] = style_references
        if element_references is not UNSET:
            field_dict["element_references"] = element_references
        if video_reference is not UNSET:
            field_dict["video_reference"] = video_reference

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.kling_o1_element import KlingO1Element
        from ..models.kling_o1_reference import KlingO1Reference

        d = dict(src_dict)
        prompt = d.pop("prompt")

        start_image = d.pop("start_image", UNSET)

        _aspect_ratio = d.pop("aspect_ratio", UNSET)
        aspect_ratio: KlingO1AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_kling_o1_aspect_ratio(_aspect_ratio)

        duration = d.pop("duration", UNSET)

        end_image = d.pop("end_image", UNSET)

        _style_references = d.pop("style_references", UNSET)
        style_references: list[KlingO1Reference] | Unset = UNSET
        if _style_references is not UNSET:
            style_references = []
            for style_references_item_data in _style_references:
                style_references_item = KlingO1Reference.from_dict(style_references_item_data)

                style_references.append(style_references_item)

        _element_references = d.pop("element_references", UNSET)
        element_references: list[KlingO1Element] | Unset = UNSET
        if _element_references is not UNSET:
            element_references = []
            for element_references_item_data in _element_references:
                element_references_item = KlingO1Element.from_dict(element_references_item_data)

                element_references.append(element_references_item)

        _video_reference = d.pop("video_reference", UNSET)
        video_reference: KlingO1Reference | Unset
        if isinstance(_video_reference, Unset):
            video_reference = UNSET
        else:
            video_reference = KlingO1Reference.from_dict(_video_reference)

        kling_o1_request = cls(
            prompt=prompt,
            start_image=start_image,
            aspect_ratio=aspect_ratio,
            duration=duration,
            end_image=end_image,
            style_references=style_references,
            element_references=element_references,
            video_reference=video_reference,
        )

        return kling_o1_request
