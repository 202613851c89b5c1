# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.runway_ruby_output_format import RunwayRubyOutputFormat, check_runway_ruby_output_format
from ..models.runway_ruby_prores_profile import RunwayRubyProresProfile, check_runway_ruby_prores_profile
from ..types import UNSET, Unset

T = TypeVar("T", bound="RunwayRubyRequest")


@_attrs_define
class RunwayRubyRequest:
    """A video enhanced by Runway Ruby.

    Attributes:
        video_url (str): The video to enhance. At most 1024 characters. A public https URL, the URL of an uploaded
            asset, or a data: URI.
        output_format (RunwayRubyOutputFormat | Unset): HDR format of the result. Server default: hdr10.
        prores_profile (RunwayRubyProresProfile | Unset): ProRes profile of the result. Matters only when output_format
            is hdr_prores.
    """

    video_url: str
    output_format: RunwayRubyOutputFormat | Unset = UNSET
    prores_profile: RunwayRubyProresProfile | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        video_url = self.video_url

        output_format: str | Unset = UNSET
        if not isinstance(self.output_format, Unset):
            output_format = self.output_format

        prores_profile: str | Unset = UNSET
        if not isinstance(self.prores_profile, Unset):
            prores_profile = self.prores_profile

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "video_url": video_url,
            }
        )
        if output_format is not UNSET:
            field_dict["output_format"] = output_format
        if prores_profile is not UNSET:
            field_dict["prores_profile"] = prores_profile

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        video_url = d.pop("video_url")

        _output_format = d.pop("output_format", UNSET)
        output_format: RunwayRubyOutputFormat | Unset
        if isinstance(_output_format, Unset):
            output_format = UNSET
        else:
            output_format = check_runway_ruby_output_format(_output_format)

        _prores_profile = d.pop("prores_profile", UNSET)
        prores_profile: RunwayRubyProresProfile | Unset
        if isinstance(_prores_profile, Unset):
            prores_profile = UNSET
        else:
            prores_profile = check_runway_ruby_prores_profile(_prores_profile)

        runway_ruby_request = cls(
            video_url=video_url,
            output_format=output_format,
            prores_profile=prores_profile,
        )

        return runway_ruby_request
