# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.krea_2_aspect_ratio import Krea2AspectRatio, check_krea_2_aspect_ratio
from ..models.krea_2_creativity import Krea2Creativity, check_krea_2_creativity
from ..models.krea_2_resolution import Krea2Resolution, check_krea_2_resolution
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.krea_2_moodboard import Krea2Moodboard
    from ..models.krea_2_style_image import Krea2StyleImage
    from ..models.style_reference import StyleReference


T = TypeVar("T", bound="Krea2MediumTurboRequest")


@_attrs_define
class Krea2MediumTurboRequest:
    """A picture from Krea 2 Turbo.

    Attributes:
        prompt (str): What to show, in words.
        aspect_ratio (Krea2AspectRatio): Width to height.
        resolution (Krea2Resolution): How large the picture is.
        seed (float | None | Unset): Where the random numbers start; give one to repeat a picture.
        styles (list[StyleReference] | Unset): Trained styles to apply.
        image_style_references (list[Krea2StyleImage] | Unset): Pictures to take the style from. At most 10 items.
        creativity (Krea2Creativity | Unset): How freely the prompt is interpreted; raw keeps closest to it. Server
            default: low.
        intensity (int | Unset): Lowers or raises the intensity of the picture. -100 to 100. Server default: 0.
        complexity (int | Unset): Lowers or raises the complexity of the picture. -100 to 100. Server default: 0.
        movement (int | Unset): Lowers or raises the movement in the picture. -100 to 100. Server default: 0.
        moodboards (list[Krea2Moodboard] | Unset): A moodboard to follow. At most 1 item.
        image_url (None | str | Unset): A picture to start from. At most 1024 characters. A public https URL, the URL of
            an uploaded asset, or a data: URI.
        strength (float | Unset): Strength setting for the picture in image_url. 0 to 1. Server default: 0.99.
    """

    prompt: str
    aspect_ratio: Krea2AspectRatio
    resolution: Krea2Resolution
    seed: float | None | Unset = UNSET
    styles: list[StyleReference] | Unset = UNSET
    image_style_references: list[Krea2StyleImage] | Unset = UNSET
    creativity: Krea2Creativity | Unset = UNSET
    intensity: int | Unset = UNSET
    complexity: int | Unset = UNSET
    movement: int | Unset = UNSET
    moodboards: list[Krea2Moodboard] | Unset = UNSET
    image_url: None | str | Unset = UNSET
    strength: float | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        aspect_ratio: str = self.aspect_ratio

        resolution: str = self.resolution

        seed: float | None | Unset
        if isinstance(self.seed, Unset):
            seed = UNSET
        else:
            seed = self.seed

        styles: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.styles, Unset):
            styles = []
            for styles_item_data in self.styles:
                styles_item = styles_item_data.to_dict()
                styles.append(styles_item)

        image_style_references: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.image_style_references, Unset):
            image_style_references = []
            for image_style_references_item_data in self.image_style_references:
                image_style_references_item = image_style_references_item_data.to_dict()
                image_style_references.append(image_style_references_item)

        creativity: str | Unset = UNSET
        if not isinstance(self.creativity, Unset):
            creativity = self.creativity

        intensity = self.intensity

        complexity = self.complexity

        movement = self.movement

        moodboards: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.moodboards, Unset):
            moodboards = []
            for moodboards_item_data in self.moodboards:
                moodboards_item = moodboards_item_data.to_dict()
                moodboards.append(moodboards_item)

        image_url: None | str | Unset
        if isinstance(self.image_url, Unset):
            image_url = UNSET
        else:
            image_url = self.image_url

        strength = self.strength

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "prompt": prompt,
                "aspect_ratio": aspect_ratio,
                "resolution": resolution,
            }
        )
        if seed is not UNSET:
            field_dict["seed"] = seed
        if styles is not UNSET:
            field_dict["styles"] = styles
        if image_style_references is not UNSET:
            field_dict["image_style_references"] = image_style_references
        if creativity is not UNSET:
            field_dict["creativity"] = creativity
        if intensity is not UNSET:
            field_dict["intensity"] = intensity
        if complexity is not UNSET:
            field_dict["complexity"] = complexity
        if movement is not UNSET:
            field_dict["movement"] = movement
        if moodboards is not UNSET:
            field_dict["moodboards"] = moodboards
        if image_url is not UNSET:
            field_dict["image_url"] = image_url
        if strength is not UNSET:
            field_dict["strength"] = strength

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.krea_2_moodboard import Krea2Moodboard
        from ..models.krea_2_style_image import Krea2StyleImage
        from ..models.style_reference import StyleReference

        d = dict(src_dict)
        prompt = d.pop("prompt")

        aspect_ratio = check_krea_2_aspect_ratio(d.pop("aspect_ratio"))

        resolution = check_krea_2_resolution(d.pop("resolution"))

        def _parse_seed(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        seed = _parse_seed(d.pop("seed", UNSET))

        _styles = d.pop("styles", UNSET)
        styles: list[StyleReference] | Unset = UNSET
        if _styles is not UNSET:
            styles = []
            for styles_item_data in _styles:
                styles_item = StyleReference.from_dict(styles_item_data)

                styles.append(styles_item)

        _image_style_references = d.pop("image_style_references", UNSET)
        image_style_references: list[Krea2StyleImage] | Unset = UNSET
        if _image_style_references is not UNSET:
            image_style_references = []
            for image_style_references_item_data in _image_style_references:
                image_style_references_item = Krea2StyleImage.from_dict(image_style_references_item_data)

                image_style_references.append(image_style_references_item)

        _creativity = d.pop("creativity", UNSET)
        creativity: Krea2Creativity | Unset
        if isinstance(_creativity, Unset):
            creativity = UNSET
        else:
            creativity = check_krea_2_creativity(_creativity)

        intensity = d.pop("intensity", UNSET)

        complexity = d.pop("complexity", UNSET)

        movement = d.pop("movement", UNSET)

        _moodboards = d.pop("moodboards", UNSET)
        moodboards: list[Krea2Moodboard] | Unset = UNSET
        if _moodboards is not UNSET:
            moodboards = []
            for moodboards_item_data in _moodboards:
                moodboards_item = Krea2Moodboard.from_dict(moodboards_item_data)

                moodboards.append(moodboards_item)

        def _parse_image_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        image_url = _parse_image_url(d.pop("image_url", UNSET))

        strength = d.pop("strength", UNSET)

        krea_2_medium_turbo_request = cls(
            prompt=prompt,
            aspect_ratio=aspect_ratio,
            resolution=resolution,
            seed=seed,
            styles=styles,
            image_style_references=image_style_references,
            creativity=creativity,
            intensity=intensity,
            complexity=complexity,
            movement=movement,
            moodboards=moodboards,
            image_url=image_url,
            strength=strength,
        )

        return krea_2_medium_turbo_request
