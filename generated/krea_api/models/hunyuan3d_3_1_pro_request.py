# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.mesh_input_mode import MeshInputMode, check_mesh_input_mode
from ..types import UNSET, Unset

T = TypeVar("T", bound="Hunyuan3D31ProRequest")


@_attrs_define
class Hunyuan3D31ProRequest:
    """A 3D model from Hunyuan3D 3.1 Pro.

    Attributes:
        prompt (str | Unset): What to model, in words, for the input mode text.
        seed (float | Unset): Where the random numbers start; give one to repeat a model.
        input_mode (MeshInputMode | Unset): What the model is made from, image_urls or prompt. Server default: image.
        generate_texture (bool | Unset): Give the surface its colours too, instead of the bare shape. Server default:
            true.
        enable_pbr (bool | Unset): Add physically based materials (PBR).
        face_count (float | Unset): How many faces the mesh has. 40000 to 1500000.
        back_image_url (str | Unset): The object seen from behind. At most 1024 characters. A public https URL, the URL
            of an uploaded asset, or a data: URI.
        left_image_url (str | Unset): The object seen from the left. At most 1024 characters. A public https URL, the
            URL of an uploaded asset, or a data: URI.
        right_image_url (str | Unset): The object seen from the right. At most 1024 characters. A public https URL, the
            URL of an uploaded asset, or a data: URI.
        top_image_url (str | Unset): The object seen from above. At most 1024 characters. A public https URL, the URL of
            an uploaded asset, or a data: URI.
        bottom_image_url (str | Unset): The object seen from below. At most 1024 characters. A public https URL, the URL
            of an uploaded asset, or a data: URI.
        left_front_image_url (str | Unset): The object seen from the front left. At most 1024 characters. A public https
            URL, the URL of an uploaded asset, or a data: URI.
        right_front_image_url (str | Unset): The object seen from the front right. At most 1024 characters. A public
            https URL, the URL of an uploaded asset, or a data: URI.
        image_urls (list[str] | Unset): Pictures of what to model, for the input mode image. Server default: [].
    """

    prompt: str | Unset = UNSET
    seed: float | Unset = UNSET
    input_mode: MeshInputMode | Unset = UNSET
    generate_texture: bool | Unset = UNSET
    enable_pbr: bool | Unset = UNSET
    face_count: float | Unset = UNSET
    back_image_url: str | Unset = UNSET
    left_image_url: str | Unset = UNSET
    right_image_url: str | Unset = UNSET
    top_image_url: str | Unset = UNSET
    bottom_image_url: str | Unset = UNSET
    left_front_image_url: str | Unset = UNSET
    right_front_image_url: str | Unset = UNSET
    image_urls: list[str] | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        prompt = self.prompt

        seed = self.seed

        input_mode: str | Unset = UNSET
        if not isinstance(self.input_mode, Unset):
            input_mode = self.input_mode

        generate_texture = self.generate_texture

        enable_pbr = self.enable_pbr

        face_count = self.face_count

        back_image_url = self.back_image_url

        left_image_url = self.left_image_url

        right_image_url = self.right_image_url

        top_image_url = self.top_image_url

        bottom_image_url = self.bottom_image_url

        left_front_image_url = self.left_front_image_url

        right_front_image_url = self.right_front_image_url

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
        if enable_pbr is not UNSET:
            field_dict["enable_pbr"] = enable_pbr
        if face_count is not UNSET:
            field_dict["face_count"] = face_count
        if back_image_url is not UNSET:
            field_dict["back_image_url"] = back_image_url
        if left_image_url is not UNSET:
            field_dict["left_image_url"] = left_image_url
        if right_image_url is not UNSET:
            field_dict["right_image_url"] = right_image_url
        if top_image_url is not UNSET:
            field_dict["top_image_url"] = top_image_url
        if bottom_image_url is not UNSET:
            field_dict["bottom_image_url"] = bottom_image_url
        if left_front_image_url is not UNSET:
            field_dict["left_front_image_url"] = left_front_image_url
        if right_front_image_url is not UNSET:
            field_dict["right_front_image_url"] = right_front_image_url
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

        enable_pbr = d.pop("enable_pbr", UNSET)

        face_count = d.pop("face_count", UNSET)

        back_image_url = d.pop("back_image_url", UNSET)

        left_image_url = d.pop("left_image_url", UNSET)

        right_image_url = d.pop("right_image_url", UNSET)

        top_image_url = d.pop("top_image_url", UNSET)

        bottom_image_url = d.pop("bottom_image_url", UNSET)

        left_front_image_url = d.pop("left_front_image_url", UNSET)

        right_front_image_url = d.pop("right_front_image_url", UNSET)

        image_urls = cast(list[str], d.pop("image_urls", UNSET))

        hunyuan3d_3_1_pro_request = cls(
            prompt=prompt,
            seed=seed,
            input_mode=input_mode,
            generate_texture=generate_texture,
            enable_pbr=enable_pbr,
            face_count=face_count,
            back_image_url=back_image_url,
            left_image_url=left_image_url,
            right_image_url=right_image_url,
            top_image_url=top_image_url,
            bottom_image_url=bottom_image_url,
            left_front_image_url=left_front_image_url,
            right_front_image_url=right_front_image_url,
            image_urls=image_urls,
        )

        return hunyuan3d_3_1_pro_request
