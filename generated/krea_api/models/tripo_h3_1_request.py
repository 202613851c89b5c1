# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.mesh_input_mode import MeshInputMode, check_mesh_input_mode
from ..types import UNSET, Unset

T = TypeVar("T", bound="TripoH31Request")


@_attrs_define
class TripoH31Request:
    """A 3D model from Tripo H3.1.

    Attributes:
        prompt (str | Unset): What to model, in words, for the input mode text.
        seed (float | Unset): Where the random numbers start; give one to repeat a model.
        input_mode (MeshInputMode | Unset): What the model is made from, image_urls or prompt. Server default: image.
        generate_texture (bool | Unset): Give the surface its colours too, instead of the bare shape. Server default:
            true.
        face_limit (float | Unset): How many faces the mesh may have. 1000 to 2000000.
        image_urls (list[str] | Unset): Pictures of what to model, for the input mode image. Server default: [].
    """

    prompt: str | Unset = UNSET
    seed: float | Unset = UNSET
    input_mode: MeshInputMode | Unset = UNSET
    generate_texture: bool | Unset = UNSET
    face_limit: float | Unset = UNSET
    image_urls: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        seed = self.seed

        input_mode: str | Unset = UNSET
        if not isinstance(self.input_mode, Unset):
            input_mode = self.input_mode

        generate_texture = self.generate_texture

        face_limit = self.face_limit

        image_urls: list[str] | Unset = UNSET
        if not isinstance(self.image_urls, Unset):
            image_urls = self.image_urls

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if prompt is not UNSET:
            field_dict["prompt"] = prompt
        if seed is not UNSET:
            field_dict["seed"] = seed
        if input_mode is not UNSET:
            field_dict["input_mode"] = input_mode
        if generate_texture is not UNSET:
            field_dict["generate_texture"] = generate_texture
        if face_limit is not UNSET:
            field_dict["face_limit"] = face_limit
        if image_urls is not UNSET:
            field_dict["image_urls"] = image_urls

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        prompt = d.pop("prompt", UNSET)

        seed = d.pop("seed", UNSET)

        _input_mode = d.pop("input_mode", UNSET)
        input_mode: MeshInputMode | Unset
        if isinstance(_input_mode, Unset):
            input_mode = UNSET
        else:
            input_mode = check_mesh_input_mode(_input_mode)

        generate_texture = d.pop("generate_texture", UNSET)

        face_limit = d.pop("face_limit", UNSET)

        image_urls = cast(list[str], d.pop("image_urls", UNSET))

        tripo_h3_1_request = cls(
            prompt=prompt,
            seed=seed,
            input_mode=input_mode,
            generate_texture=generate_texture,
            face_limit=face_limit,
            image_urls=image_urls,
        )

        return tripo_h3_1_request
