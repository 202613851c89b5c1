# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from attrs import define as _attrs_define

from ..models.grok_imagine_2_aspect_ratio import GrokImagine2AspectRatio, check_grok_imagine_2_aspect_ratio
from ..models.grok_imagine_2_quality import GrokImagine2Quality, check_grok_imagine_2_quality
from ..models.grok_imagine_2_resolution import GrokImagine2Resolution, check_grok_imagine_2_resolution
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.style_image import StyleImage


T = TypeVar("T", bound="GrokImagine2Request")


@_attrs_define
class GrokImagine2Request:
    """A picture from Grok Imagine 2.0.

    Attributes:
        prompt (str): What to show, in words. 1 to 4000 characters.
        aspect_ratio (GrokImagine2AspectRatio): Width to height.
        resolution (GrokImagine2Resolution): How large the picture is.
        quality (GrokImagine2Quality | Unset): How much effort goes into the picture. Server default: medium.
        style_images (list[StyleImage] | Unset): Pictures to take the look from. At most 3 items.
    """

    prompt: str
    aspect_ratio: GrokImagine2AspectRatio
    resolution: GrokImagine2Resolution
    quality: GrokImagine2Quality | Unset = UNSET
    style_images: list[StyleImage] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        aspect_ratio: str = self.aspect_ratio

        resolution: str = self.resolution

        quality: str | Unset = UNSET
        if not isinstance(self.quality, Unset):
            quality = self.quality

        style_images: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.style_images, Unset):
            style_images = []
            for style_images_item_data in self.style_images:
                style_images_item = style_images_item_data.to_dict()
                style_images.append(style_images_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
                "aspect_ratio": aspect_ratio,
                "resolution": resolution,
            }
        )
        if quality is not UNSET:
            field_dict["quality"] = quality
        if style_images is not UNSET:
            field_dict["style_images"] = style_images

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.style_image import StyleImage

        d = dict(src_dict)
        prompt = d.pop("prompt")

        aspect_ratio = check_grok_imagine_2_aspect_ratio(d.pop("aspect_ratio"))

        resolution = check_grok_imagine_2_resolution(d.pop("resolution"))

        _quality = d.pop("quality", UNSET)
        quality: GrokImagine2Quality | Unset
        if isinstance(_quality, Unset):
            quality = UNSET
        else:
            quality = check_grok_imagine_2_quality(_quality)

        _style_images = d.pop("style_images", UNSET)
        style_images: list[StyleImage] | Unset = UNSET
        if _style_images is not UNSET:
            style_images = []
            for style_images_item_data in _style_images:
                style_images_item = StyleImage.from_dict(style_images_item_data)

                style_images.append(style_images_item)

        grok_imagine_2_request = cls(
            prompt=prompt,
            aspect_ratio=aspect_ratio,
            resolution=resolution,
            quality=quality,
            style_images=style_images,
        )

        return grok_imagine_2_request
