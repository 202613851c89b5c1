# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.node_app_keys import NodeAppKeys
    from ..models.node_app_schema import NodeAppSchema


T = TypeVar("T", bound="NodeApp")


@_attrs_define
class NodeApp:
    """A published workflow, and one version of it.

    Attributes:
        id (str): The id of the node app.
        author_id (str): Who made it.
        workspace_id (str): The workspace that it belongs to.
        last_version_id (str): The id of its newest version.
        name (None | str | Unset): What it is called.
        slug (None | str | Unset): Its name in addresses.
        description (None | str | Unset): What it is for, in its author's words.
        scope (None | str | Unset): Who can see it.
        created_at (None | str | Unset): When it was made.
        updated_at (None | str | Unset): When it was last changed.
        version (float | None | Unset): The number of this version.
        version_created_at (None | str | Unset): When this version was made.
        username (None | str | Unset): The name of who made it.
        example_outputs (list[str] | None | Unset): Addresses of results that it made.
        input_openapi_schema (NodeAppSchema | None | Unset): What it takes.
        output_openapi_schema (NodeAppSchema | None | Unset): What it makes.
        input_key_mapping (NodeAppKeys | None | Unset): Which part of the workflow takes each input.
        output_key_mapping (NodeAppKeys | None | Unset): Which part of the workflow makes each output.
    """

    id: str
    author_id: str
    workspace_id: str
    last_version_id: str
    name: None | str | Unset = UNSET
    slug: None | str | Unset = UNSET
    description: None | str | Unset = UNSET
    scope: None | str | Unset = UNSET
    created_at: None | str | Unset = UNSET
    updated_at: None | str | Unset = UNSET
    version: float | None | Unset = UNSET
    version_created_at: None | str | Unset = UNSET
    username: None | str | Unset = UNSET
    example_outputs: list[str] | None | Unset = UNSET
    input_openapi_schema: NodeAppSchema | None | Unset = UNSET
    output_openapi_schema: NodeAppSchema | None | Unset = UNSET
    input_key_mapping: NodeAppKeys | None | Unset = UNSET
    output_key_mapping: NodeAppKeys | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.node_app_keys import NodeAppKeys
        from ..models.node_app_schema import NodeAppSchema

        id = self.id

        author_id = self.author_id

        workspace_id = self.workspace_id

        last_version_id = self.last_version_id

        name: None | str | Unset
        if isinstance(self.name, Unset):
            name = UNSET
        else:
            name = self.name

        slug: None | str | Unset
        if isinstance(self.slug, Unset):
            slug = UNSET
        else:
            slug = self.slug

        description: None | str | Unset
        if isinstance(self.description, Unset):
            description = UNSET
        else:
            description = self.description

        scope: None | str | Unset
        if isinstance(self.scope, Unset):
            scope = UNSET
        else:
            scope = self.scope

        created_at: None | str | Unset
        if isinstance(self.created_at, Unset):
            created_at = UNSET
        else:
            created_at = self.created_at

        updated_at: None | str | Unset
        if isinstance(self.updated_at, Unset):
            updated_at = UNSET
        else:
            updated_at = self.updated_at

        version: float | None | Unset
        if isinstance(self.version, Unset):
            version = UNSET
        else:
            version = self.version

        version_created_at: None | str | Unset
        if isinstance(self.version_created_at, Unset):
            version_created_at = UNSET
        else:
            version_created_at = self.version_created_at

        username: None | str | Unset
        if isinstance(self.username, Unset):
            username = UNSET
        else:
            username = self.username

        example_outputs: list[str] | None | Unset
        if isinstance(self.example_outputs, Unset):
            example_outputs = UNSET
        elif isinstance(self.example_outputs, list):
            example_outputs = self.example_outputs

        else:
            example_outputs = self.example_outputs

        input_openapi_schema: dict[str, Any] | None | Unset
        if isinstance(self.input_openapi_schema, Unset):
            input_openapi_schema = UNSET
        elif isinstance(self.input_openapi_schema, NodeAppSchema):
            input_openapi_schema = self.input_openapi_schema.to_dict()
        else:
            input_openapi_schema = self.input_openapi_schema

        output_openapi_schema: dict[str, Any] | None | Unset
        if isinstance(self.output_openapi_schema, Unset):
            output_openapi_schema = UNSET
        elif isinstance(self.output_openapi_schema, NodeAppSchema):
            output_openapi_schema = self.output_openapi_schema.to_dict()
        else:
            output_openapi_schema = self.output_openapi_schema

        input_key_mapping: dict[str, Any] | None | Unset
        if isinstance(self.input_key_mapping, Unset):
            input_key_mapping = UNSET
        elif isinstance(self.input_key_mapping, NodeAppKeys):
            input_key_mapping = self.input_key_mapping.to_dict()
        else:
            input_key_mapping = self.input_key_mapping

        output_key_mapping: dict[str, Any] | None | Unset
        if isinstance(self.output_key_mapping, Unset):
            output_key_mapping = UNSET
        elif isinstance(self.output_key_mapping, NodeAppKeys):
            output_key_mapping = self.output_key_mapping.to_dict()
        else:
            output_key_mapping = self.output_key_mapping

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "id": id,
                "author_id": author_id,
                "workspace_id": workspace_id,
                "last_version_id": last_version_id,
            }
        )
        if name is not UNSET:
            field_dict["name"] = name
        if slug is not UNSET:
            field_dict["slug"] = slug
        if description is not UNSET:
            field_dict["description"] = description
        if scope is not UNSET:
            field_dict["scope"] = scope
        if created_at is not UNSET:
            field_dict["created_at"] = created_at
        if updated_at is not UNSET:
            field_dict["updated_at"] = updated_at
        if version is not UNSET:
            field_dict["version"] = version
        if version_created_at is not UNSET:
            field_dict["version_created_at"] = version_created_at
        if username is not UNSET:
            field_dict["username"] = username
        if example_outputs is not UNSET:
            field_dict["example_outputs"] = example_outputs
        if input_openapi_schema is not UNSET:
            field_dict["input_openapi_schema"] = input_openapi_schema
        if output_openapi_schema is not UNSET:
            field_dict["output_openapi_schema"] = output_openapi_schema
        if input_key_mapping is not UNSET:
            field_dict["input_key_mapping"] = input_key_mapping
        if output_key_mapping is not UNSET:
            field_dict["output_key_mapping"] = output_key_mapping

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.node_app_keys import NodeAppKeys
        from ..models.node_app_schema import NodeAppSchema

        d = dict(src_dict)
        id = d.pop("id")

        author_id = d.pop("author_id")

        workspace_id = d.pop("workspace_id")

        last_version_id = d.pop("last_version_id")

        def _parse_name(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        name = _parse_name(d.pop("name", UNSET))

        def _parse_slug(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        slug = _parse_slug(d.pop("slug", UNSET))

        def _parse_description(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        description = _parse_description(d.pop("description", UNSET))

        def _parse_scope(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        scope = _parse_scope(d.pop("scope", UNSET))

        def _parse_created_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        created_at = _parse_created_at(d.pop("created_at", UNSET))

        def _parse_updated_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        updated_at = _parse_updated_at(d.pop("updated_at", UNSET))

        def _parse_version(data: object) -> float | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(float | None | Unset, data)

        version = _parse_version(d.pop("version", UNSET))

        def _parse_version_created_at(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        version_created_at = _parse_version_created_at(d.pop("version_created_at", UNSET))

        def _parse_username(data: object) -> None | str | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        username = _parse_username(d.pop("username", UNSET))

        def _parse_example_outputs(data: object) -> list[str] | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError()
                example_outputs_type_0 = cast(list[str], data)

                return example_outputs_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[str] | None | Unset, data)

        example_outputs = _parse_example_outputs(d.pop("example_outputs", UNSET))

        def _parse_input_openapi_schema(data: object) -> NodeAppSchema | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                input_openapi_schema_type_0 = NodeAppSchema.from_dict(data)

                return input_openapi_schema_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(NodeAppSchema | None | Unset, data)

        input_openapi_schema = _parse_input_openapi_schema(d.pop("input_openapi_schema", UNSET))

        def _parse_output_openapi_schema(data: object) -> NodeAppSchema | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                output_openapi_schema_type_0 = NodeAppSchema.from_dict(data)

                return output_openapi_schema_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(NodeAppSchema | None | Unset, data)

        output_openapi_schema = _parse_output_openapi_schema(d.pop("output_openapi_schema", UNSET))

        def _parse_input_key_mapping(data: object) -> NodeAppKeys | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                input_key_mapping_type_0 = NodeAppKeys.from_dict(data)

                return input_key_mapping_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(NodeAppKeys | None | Unset, data)

        input_key_mapping = _parse_input_key_mapping(d.pop("input_key_mapping", UNSET))

        def _parse_output_key_mapping(data: object) -> NodeAppKeys | None | Unset:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError()
                output_key_mapping_type_0 = NodeAppKeys.from_dict(data)

                return output_key_mapping_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(NodeAppKeys | None | Unset, data)

        output_key_mapping = _parse_output_key_mapping(d.pop("output_key_mapping", UNSET))

        node_app = cls(
            id=id,
            author_id=author_id,
            workspace_id=workspace_id,
            last_version_id=last_version_id,
            name=name,
            slug=slug,
            description=description,
            scope=scope,
            created_at=created_at,
            updated_at=updated_at,
            version=version,
            version_created_at=version_created_at,
            username=username,
            example_outputs=example_outputs,
            input_openapi_schema=input_openapi_schema,
            output_openapi_schema=output_openapi_schema,
            input_key_mapping=input_key_mapping,
            output_key_mapping=output_key_mapping,
        )

        node_app.additional_properties = d
        return node_app

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
