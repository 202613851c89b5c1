# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

T = TypeVar("T", bound="ModelUnavailable")


@_attrs_define
class ModelUnavailable:
    """The answer to a model after its sunset.

    Attributes:
        error (None | str | Unset): Always model_unavailable.
        reason (None | str | Unset): Always deprecated, so far.
        message (None | str | Unset): The reason in words.
        sunset_date (None | str | Unset): The day from which (00:00 UTC) the model is refused.
        replacement (None | str | Unset): The model to use instead, where there is one.
        migration_url (None | str | Unset): A page that explains the change.
    """

    error: None | str | Unset = UNSET
    reason: None | str | Unset = UNSET
    message: None | str | Unset = UNSET
    sunset_date: None | str | Unset = UNSET
    replacement: None | str | Unset = UNSET
    migration_url: None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        error: None | str | Unset
        if isinstance(self.error, Unset):
            error = UNSET
        else:
            error = self.error

        reason: None | str | Unset
        if isinstance(self.reason, Unset):
            reason = UNSET
        else:
            reason = self.reason

        message: None | str | Unset
        if isinstance(self.message, Unset):
            message = UNSET
        else:
            message = self.message

        sunset_date: None | str | Unset
        if isinstance(self.sunset_date, Unset):
            sunset_date = UNSET
        else:
            sunset_date = self.sunset_date

        replacement: None | str | Unset
        if isinstance(self.replacement, Unset):
            replacement = UNSET
        else:
            replacement = self.replacement

        migration_url: None | str | Unset
        if isinstance(self.migration_url, Unset):
            migration_url = UNSET
        else:
            migration_url = self.migration_url

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if error is not UNSET:
            field_dict["error"] = error
        if reason is not UNSET:
            field_dict["reason"] = reason
        if message is not UNSET:
            field_dict["message"] = message
        if sunset_date is not UNSET:
            field_dict["sunset_date"] = sunset_date
        if replacement is not UNSET:
            field_dict["replacement"] = replacement
        if migration_url is not UNSET:
            field_dict["migration_url"] = migration_url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)

        def _parse_error(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        error = _parse_error(d.pop("error", UNSET))

        def _parse_reason(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reason = _parse_reason(d.pop("reason", UNSET))

        def _parse_message(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        message = _parse_message(d.pop("message", UNSET))

        def _parse_sunset_date(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        sunset_date = _parse_sunset_date(d.pop("sunset_date", UNSET))

        def _parse_replacement(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        replacement = _parse_replacement(d.pop("replacement", UNSET))

        def _parse_migration_url(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        migration_url = _parse_migration_url(d.pop("migration_url", UNSET))

        model_unavailable = cls(
            error=error,
            reason=reason,
            message=message,
            sunset_date=sunset_date,
            replacement=replacement,
            migration_url=migration_url,
        )

        model_unavailable.additional_properties = d
        return model_unavailable

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
