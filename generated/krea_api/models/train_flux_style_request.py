# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define

from ..models.train_flux_style_model import TrainFluxStyleModel, check_train_flux_style_model
from ..models.train_flux_style_type import TrainFluxStyleType, check_train_flux_style_type
from ..types import UNSET, Unset

T = TypeVar("T", bound="TrainFluxStyleRequest")


@_attrs_define
class TrainFluxStyleRequest:
    """A training of Flux or Wan.

    Attributes:
        name (str): What the style will be called.
        urls (list[str]): The pictures to learn from.
        model (TrainFluxStyleModel | Unset): The model to teach. Server default: flux_dev.
        type_ (TrainFluxStyleType | Unset): What the pictures have in common. Server default: Default.
        trigger_word (str | Unset): The word of a prompt that will call it up.
        learning_rate (float | Unset): How much each step changes.
        max_train_steps (int | Unset): How many steps to train at most. 1 to 2000.
        batch_size (int | Unset): How many pictures a step looks at. At least 1.
    """

    name: str
    urls: list[str]
    model: TrainFluxStyleModel | Unset = UNSET
    type_: TrainFluxStyleType | Unset = UNSET
    trigger_word: str | Unset = UNSET
    learning_rate: float | Unset = UNSET
    max_train_steps: int | Unset = UNSET
    batch_size: int | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        urls = self.urls

        model: str | Unset = UNSET
        if not isinstance(self.model, Unset):
            model = self.model

        type_: str | Unset = UNSET
        if not isinstance(self.type_, Unset):
            type_ = self.type_

        trigger_word = self.trigger_word

        learning_rate = self.learning_rate

        max_train_steps = self.max_train_steps

        batch_size = self.batch_size

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "urls": urls,
            }
        )
        if model is not UNSET:
            field_dict["model"] = model
        if type_ is not UNSET:
            field_dict["type"] = type_
        if trigger_word is not UNSET:
            field_dict["trigger_word"] = trigger_word
        if learning_rate is not UNSET:
            field_dict["learning_rate"] = learning_rate
        if max_train_steps is not UNSET:
            field_dict["max_train_steps"] = max_train_steps
        if batch_size is not UNSET:
            field_dict["batch_size"] = batch_size

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name")

        urls = cast(list[str], d.pop("urls"))

        _model = d.pop("model", UNSET)
        model: TrainFluxStyleModel | Unset
        if isinstance(_model, Unset):
            model = UNSET
        else:
            model = check_train_flux_style_model(_model)

        _type_ = d.pop("type", UNSET)
        type_: TrainFluxStyleType | Unset
        if isinstance(_type_, Unset):
            type_ = UNSET
        else:
            type_ = check_train_flux_style_type(_type_)

        trigger_word = d.pop("trigger_word", UNSET)

        learning_rate = d.pop("learning_rate", UNSET)

        max_train_steps = d.pop("max_train_steps", UNSET)

        batch_size = d.pop("batch_size", UNSET)

        train_flux_style_request = cls(
            name=name,
            urls=urls,
            model=model,
            type_=type_,
            trigger_word=trigger_word,
            learning_rate=learning_rate,
            max_train_steps=max_train_steps,
            batch_size=batch_size,
        )

        return train_flux_style_request
