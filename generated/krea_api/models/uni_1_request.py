# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.uni_1_mode import Uni1Mode, check_uni_1_mode
from ..models.uni_1_output_format import Uni1OutputFormat, check_uni_1_output_format
from ..models.uni_1_style import Uni1Style, check_uni_1_style
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.style_image import StyleImage


T = TypeVar("T", bound="Uni1Request")


@_attrs_define
class Uni1Request:
    """A picture from Luma UNI-1.

    Attributes:
        prompt (str): What to show, in words. 1 to 6000 characters.
        width (float | Unset): Width in pixels. 512 to 8192. Server default: 1024.
        height (float | Unset): Height in pixels. 512 to 8192. Server default: 1024.
        mode (Uni1Mode | Unset): Which variant of the model works. Server default: standard.
        style (Uni1Style | Unset): The kind of drawing; auto lets the service choose. Server default: auto.
        output_format (None | Uni1OutputFormat | Unset): The file format of the picture.
        web_search (bool | Unset): Let the model look things up on the web first. Server default: false.
        style_images (list[StyleImage] | Unset): Pictures to take the look from. At most 9 items.
    """

    prompt: str
    width: float | Unset = UNSET
    height: float | Unset = UNSET
    mode: Uni1Mode | Unset = UNSET
    style: Uni1Style | Unset = UNSET
    output_format: None | Uni1OutputFormat | Unset = UNSET
    web_search: bool | Unset = UNSET
    style_images: list[StyleImage] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        width = self.width

        height = self.height

        mode: str | Unset = UNSET
        if not isinstance(self.mode, Unset):
            mode = self.mode

        style: str | Unset = UNSET
        if not isinstance(self.style, Unset):
            style = self.style

        output_format: None | str | Unset
        if isinstance(self.output_format, Unset):
            output_format = UNSET
        elif isinstance(self.output_format, str):
            output_format = self.output_format
        else:
            output_format = self.output_format

        web_search = self.web_search

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
            }
        )
        if width is not UNSET:
            field_dict["width"] = width
        if height is not UNSET:
            field_dict["height"] = height
        if mode is not UNSET:
            field_dict["mode"] = mode
        if style is not UNSET:
            field_dict["style"] = style
        if output_format is not UNSET:
            field_dict["output_format"] = output_format
        if web_search is not UNSET:
            field_dict["web_search"] = web_search
        if style_images is not UNSET:
            field_dict["style_images"] = style_images

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.style_image import StyleImage

        d = dict(src_dict)
        prompt = d.pop("prompt")

        width = d.pop("width", UNSET)

        height = d.pop("height", UNSET)

        _mode = d.pop("mode", UNSET)
        mode: Uni1Mode | Unset
        if isinstance(_mode, Unset):
            mode = UNSET
        else:
            mode = check_uni_1_mode(_mode)

        _style = d.pop("style", UNSET)
        style: Uni1Style | Unset
        if isinstance(_style, Unset):
            style = UNSET
        else:
            style = check_uni_1_style(_style)

        def _parse_output_format(data: object) -> None | Uni1OutputFormat | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError()
                output_format_type_0 = check_uni_1_output_format(data)

                return output_format_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Uni1OutputFormat | Unset, data)

        output_format = _parse_output_format(d.pop("output_format", UNSET))

        web_search = d.pop("web_search", UNSET)

        _style_images = d.pop("style_images", UNSET)
        style_images: list[StyleImage] | Unset = UNSET
        if _style_images is not UNSET:
            style_images = []
            for style_images_item_data in _style_images:
                style_images_item = StyleImage.from_dict(style_images_item_data)

                style_images.append(style_images_item)

        uni_1_request = cls(
            prompt=prompt,
            width=width,
            height=height,
            mode=mode,
            style=style,
            output_format=output_format,
            web_search=web_search,
            style_images=style_images,
        )

        return uni_1_request
