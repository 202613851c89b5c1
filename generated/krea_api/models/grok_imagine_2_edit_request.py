# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.grok_imagine_2_quality import GrokImagine2Quality, check_grok_imagine_2_quality
from ..models.grok_imagine_2_resolution import GrokImagine2Resolution, check_grok_imagine_2_resolution
from ..types import UNSET, Unset

T = TypeVar("T", bound="GrokImagine2EditRequest")


@_attrs_define
class GrokImagine2EditRequest:
    """A picture from Grok Imagine 2.0 (edit).

    Attributes:
        prompt (str): What to change, in words. 1 to 4000 characters.
        image_urls (list[str]): Pictures to edit or to combine. 1 to 3 items.
        quality (GrokImagine2Quality | Unset): How much effort goes into the picture. Server default: medium.
        resolution (GrokImagine2Resolution | Unset): How large the picture is. Server default: 1K.
    """

    prompt: str
    image_urls: list[str]
    quality: GrokImagine2Quality | Unset = UNSET
    resolution: GrokImagine2Resolution | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        image_urls = self.image_urls

        quality: str | Unset = UNSET
        if not isinstance(self.quality, Unset):
            quality = self.quality

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
                "image_urls": image_urls,
            }
        )
        if quality is not UNSET:
            field_dict["quality"] = quality
        if resolution is not UNSET:
            field_dict["resolution"] = resolution

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt")

        image_urls = cast(list[str], d.pop("image_urls"))

        _quality = d.pop("quality", UNSET)
        quality: GrokImagine2Quality | Unset
        if isinstance(_quality, Unset):
            quality = UNSET
        else:
            quality = check_grok_imagine_2_quality(_quality)

        _resolution = d.pop("resolution", UNSET)
        resolution: GrokImagine2Resolution | Unset
        if isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_grok_imagine_2_resolution(_resolution)

        grok_imagine_2_edit_request = cls(
            prompt=prompt,
            image_urls=image_urls,
            quality=quality,
            resolution=resolution,
        )

        return grok_imagine_2_edit_request
