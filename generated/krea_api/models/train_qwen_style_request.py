# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.train_qwen_style_model import TrainQwenStyleModel, check_train_qwen_style_model
from ..models.train_qwen_style_type import TrainQwenStyleType, check_train_qwen_style_type
from ..types import UNSET, Unset

T = TypeVar("T", bound="TrainQwenStyleRequest")


@_attrs_define
class TrainQwenStyleRequest:
    """A training of Qwen, Z-Image or Krea 2 (k2 and k2-large).

    Attributes:
        model (TrainQwenStyleModel): The model to teach.
        name (str): What the style will be called.
        urls (list[str]): The pictures to learn from.
        type_ (TrainQwenStyleType | Unset): What the pictures have in common. Server default: Style.
        trigger_word (str | Unset): The word of a prompt that will call it up.
        max_train_steps (int | Unset): How many steps to train at most. 1 to 2000.
    """

    model: TrainQwenStyleModel
    name: str
    urls: list[str]
    type_: TrainQwenStyleType | Unset = UNSET
    trigger_word: str | Unset = UNSET
    max_train_steps: int | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        model: str = self.model

        name = self.name

        urls = self.urls

        type_: str | Unset = UNSET
        if not isinstance(self.type_, Unset):
            type_ = self.type_

        trigger_word = self.trigger_word

        max_train_steps = self.max_train_steps

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "model": model,
                "name": name,
                "urls": urls,
            }
        )
        if type_ is not UNSET:
            field_dict["type"] = type_
        if trigger_word is not UNSET:
            field_dict["trigger_word"] = trigger_word
        if max_train_steps is not UNSET:
            field_dict["max_train_steps"] = max_train_steps

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        model = check_train_qwen_style_model(d.pop("model"))

        name = d.pop("name")

        urls = cast(list[str], d.pop("urls"))

        _type_ = d.pop("type", UNSET)
        type_: TrainQwenStyleType | Unset
        if isinstance(_type_, Unset):
            type_ = UNSET
        else:
            type_ = check_train_qwen_style_type(_type_)

        trigger_word = d.pop("trigger_word", UNSET)

        max_train_steps = d.pop("max_train_steps", UNSET)

        train_qwen_style_request = cls(
            model=model,
            name=name,
            urls=urls,
            type_=type_,
            trigger_word=trigger_word,
            max_train_steps=max_train_steps,
        )

        return train_qwen_style_request
