# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from attrs import define as _attrs_define

from ..models.export_3d_format import Export3DFormat, check_export_3d_format
from ..types import UNSET, Unset

T = TypeVar("T", bound="Export3DRequest")


@_attrs_define
class Export3DRequest:
    """A 3D model to convert.

    Attributes:
        job_id (UUID): The finished job that made the model.
        file_format (Export3DFormat): The file format to convert to.
        node_app_key (str | Unset): Which output to convert, when a node app made the model.
    """

    job_id: UUID
    file_format: Export3DFormat
    node_app_key: str | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        job_id = str(self.job_id)

        file_format: str = self.file_format

        node_app_key = self.node_app_key

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "job_id": job_id,
                "file_format": file_format,
            }
        )
        if node_app_key is not UNSET:
            field_dict["node_app_key"] = node_app_key

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        job_id = UUID(d.pop("job_id"))

        file_format = check_export_3d_format(d.pop("file_format"))

        node_app_key = d.pop("node_app_key", UNSET)

        export_3d_request = cls(
            job_id=job_id,
            file_format=file_format,
            node_app_key=node_app_key,
        )

        return export_3d_request
