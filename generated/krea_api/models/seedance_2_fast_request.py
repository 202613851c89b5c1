# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.seedance_2_aspect_ratio import Seedance2AspectRatio, check_seedance_2_aspect_ratio
from ..models.seedance_2_fast_resolution import Seedance2FastResolution, check_seedance_2_fast_resolution
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.seedance_effect import SeedanceEffect


T = TypeVar("T", bound="Seedance2FastRequest")


@_attrs_define
class Seedance2FastRequest:
    """A video from Seedance 2.0 Fast.

    Attributes:
        prompt (str): What to show, in words.
        start_image (None | str | Unset): The picture to begin with. At most 1024 characters. A public https URL, the
            URL of an uploaded asset, or a data: URI.
        aspect_ratio (Seedance2AspectRatio | Unset): Width to height. Server default: 16:9.
        end_image (None | str | Unset): The picture to end with. At most 1024 characters. A public https URL, the URL of
            an uploaded asset, or a data: URI.
        reference_images (list[str] | Unset): Pictures to refer to. At most 9 items.
        reference_videos (list[str] | Unset): Videos to refer to. At most 3 items.
        reference_audios (list[str] | Unset): Sound files to refer to. At most 3 items.
        duration (float | Unset): Length of the video in seconds. 4 to 15. Server default: 5.
        seed (int | Unset): Where the random numbers start; give one to repeat a video. -9007199254740991 to
            9007199254740991.
        generate_audio (bool | Unset): Give the video sound. Deprecated.
        resolution (Seedance2FastResolution | Unset): How large the frames are. Server default: 720p.
        effects (list[SeedanceEffect] | Unset): Effects to apply. At most 12 items.
        upscale (bool | Unset): Enlarge the result. Server default: false.
        enhance_prompt (bool | Unset): Let the service improve the prompt. Server default: false.
    """

    prompt: str
    start_image: None | str | Unset = UNSET
    aspect_ratio: Seedance2AspectRatio | Unset = UNSET
    end_image: None | str | Unset = UNSET
    reference_images: list[str] | Unset = UNSET
    reference_videos: list[str] | Unset = UNSET
    reference_audios: list[str] | Unset = UNSET
    duration: float | Unset = UNSET
    seed: int | Unset = UNSET
    generate_audio: bool | Unset = UNSET
    resolution: Seedance2FastResolution | Unset = UNSET
    effects: list[SeedanceEffect] | Unset = UNSET
    upscale: bool | Unset = UNSET
    enhance_prompt: bool | Unset = UNSET

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

        reference_audios: list[str] | Unset = UNSET
        if not isinstance(self.reference_audios, Unset):
            reference_audios = self.reference_audios

        duration = self.duration

        seed = self.seed

        generate_audio = self.generate_audio

        resolution: str | Unset = UNSET
        if not isinstance(self.resolution, Unset):
            resolution = self.resolution

        effects: list[dict[str, Any]] | Unset = UNSET
        if not isinstance(self.effects, Unset):
            effects = []
            for effects_item_data in self.effects:
                effects_item = effects_item_data.to_dict()
                effects.append(effects_item)

        upscale = self.upscale

        enhance_prompt = self.enhance_prompt

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
        if reference_audios is not UNSET:
            field_dict["reference_audios"] = reference_audios
        if duration is not UNSET:
            field_dict["duration"] = duration
        if seed is not UNSET:
            field_dict["seed"] = seed
        if generate_audio is not UNSET:
            field_dict["generate_audio"] = generate_audio
        if resolution is not UNSET:
            field_dict["resolution"] = resolution
        if effects is not UNSET:
            field_dict["effects"] = effects
        if upscale is not UNSET:
            field_dict["upscale"] = upscale
        if enhance_prompt is not UNSET:
            field_dict["enhance_prompt"] = enhance_prompt

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.seedance_effect import SeedanceEffect

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
        aspect_ratio: Seedance2AspectRatio | Unset
        if isinstance(_aspect_ratio, Unset):
            aspect_ratio = UNSET
        else:
            aspect_ratio = check_seedance_2_aspect_ratio(_aspect_ratio)

        def _parse_end_image(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        end_image = _parse_end_image(d.pop("end_image", UNSET))

        reference_images = cast(list[str], d.pop("reference_images", UNSET))

        reference_videos = cast(list[str], d.pop("reference_videos", UNSET))

        reference_audios = cast(list[str], d.pop("reference_audios", UNSET))

        duration = d.pop("duration", UNSET)

        seed = d.pop("seed", UNSET)

        generate_audio = d.pop("generate_audio", UNSET)

        _resolution = d.pop("resolution", UNSET)
        resolution: Seedance2FastResolution | Unset
        if isinstance(_resolution, Unset):
            resolution = UNSET
        else:
            resolution = check_seedance_2_fast_resolution(_resolution)

        _effects = d.pop("effects", UNSET)
        effects: list[SeedanceEffect] | Unset = UNSET
        if _effects is not UNSET:
            effects = []
            for effects_item_data in _effects:
                effects_item = SeedanceEffect.from_dict(effects_item_data)

                effects.append(effects_item)

        upscale = d.pop("upscale", UNSET)

        enhance_prompt = d.pop("enhance_prompt", UNSET)

        seedance_2_fast_request = cls(
            prompt=prompt,
            start_image=start_image,
            aspect_ratio=aspect_ratio,
            end_image=end_image,
            reference_images=reference_images,
            reference_videos=reference_videos,
            reference_audios=reference_audios,
            duration=duration,
            seed=seed,
            generate_audio=generate_audio,
            resolution=resolution,
            effects=effects,
            upscale=upscale,
            enhance_prompt=enhance_prompt,
        )

        return seedance_2_fast_request
