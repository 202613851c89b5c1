# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.job_error import JobError
    from ..models.job_file import JobFile
    from ..models.job_url_map import JobUrlMap


T = TypeVar("T", bound="JobResult")


@_attrs_define
class JobResult:
    """What a finished job made. May be empty, even on a completed job (a refusal of the content).

    Attributes:
        urls (JobUrlMap | list[JobFile | str] | None | Unset): Where to download the files, at once, since their
            lifetime is not documented. A list of URLs for image, video and audio; a list of files for 3D; a map for node
            apps.
        style_id (None | str | Unset): The style that a training made.
        error (JobError | None | str | Unset): Why the job failed; seen here and beside the result.
    """

    urls: JobUrlMap | list[JobFile | str] | None | Unset = UNSET
    style_id: None | str | Unset = UNSET
    error: JobError | None | str | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.job_error import JobError
        from ..models.job_file import JobFile
        from ..models.job_url_map import JobUrlMap

        urls: dict[str, Any] | list[dict[str, Any] | str] | None | Unset
        if isinstance(self.urls, Unset):
            urls = UNSET
        elif isinstance(self.urls, list):
            urls = []
            for urls_type_0_item_data in self.urls:
                urls_type_0_item: dict[str, Any] | str
                if isinstance(urls_type_0_item_data, JobFile):
                    urls_type_0_item = urls_type_0_item_data.to_dict()
                else:
                    urls_type_0_item = urls_type_0_item_data
                urls.append(urls_type_0_item)

        elif isinstance(self.urls, JobUrlMap):
            urls = self.urls.to_dict()
        else:
            urls = self.urls

        style_id: None | str | Unset
        if isinstance(self.style_id, Unset):
            style_id = UNSET
        else:
            style_id = self.style_id

        error: dict[str, Any] | None | str | Unset
        if isinstance(self.error, Unset):
            error = UNSET
        elif isinstance(self.error, JobError):
            error = self.error.to_dict()
        else:
            error = self.error

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update({})
        if urls is not UNSET:
            field_dict["urls"] = urls
        if style_id is not UNSET:
            field_dict["style_id"] = style_id
        if error is not UNSET:
            field_dict["error"] = error

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.job_error import JobError
        from ..models.job_file import JobFile
        from ..models.job_url_map import JobUrlMap

        d = dict(src_dict)

        def _parse_urls(data: object) -> JobUrlMap | list[JobFile | str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                urls_type_0 = []
                _urls_type_0 = data
                for urls_type_0_item_data in _urls_type_0:

                    def _parse_urls_type_0_item(data: object) -> JobFile | str:
                        try:
                            if not isinstance(data, dict):
                                raise TypeError()
                            urls_type_0_item_type_0 = JobFile.from_dict(data)

                            return urls_type_0_item_type_0
                        except (TypeError, ValueError, AttributeError, KeyError):
                            pass
                        return cast(JobFile | str, data)

                    urls_type_0_item = _parse_urls_type_0_item(urls_type_0_item_data)

                    urls_type_0.append(urls_type_0_item)

                return urls_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                urls_type_1 = JobUrlMap.from_dict(data)

                return urls_type_1
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(JobUrlMap | list[JobFile | str] | None | Unset, data)

        urls = _parse_urls(d.pop("urls", UNSET))

        def _parse_style_id(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        style_id = _parse_style_id(d.pop("style_id", UNSET))

        def _parse_error(data: object) -> JobError | None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                error_type_0 = JobError.from_dict(data)

                return error_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(JobError | None | str | Unset, data)

        error = _parse_error(d.pop("error", UNSET))

        job_result = cls(
            urls=urls,
            style_id=style_id,
            error=error,
        )

        job_result.additional_properties = d
        return job_result

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
