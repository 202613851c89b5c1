"""Classes that are turned into dicts: whether by the names of their fields or by aliases."""

from __future__ import annotations

from krea_migrate import ir
from krea_migrate.ir import tail

_BY_NAME = frozenset({"asdict", "astuple", "vars", "_asdict", "unstructure", "copy", "deepcopy"})
_PYDANTIC = frozenset({"model_dump", "model_dump_json", "dict", "json", "dump_python", "dump_json"})


def by_alias(call: ir.Call, cls: ir.Class, source: bytes) -> bool:
    """Return whether what a call makes of an instance has the aliases of its fields, not their names."""
    name = tail(call.of)
    if name in _BY_NAME or (name == "dict" and isinstance(call.of, ir.Name)):
        return False
    if name not in _PYDANTIC or not isinstance(call.of, ir.Attr):
        return True  # jsonable_encoder(), to_builtins(), and what nothing is known of
    setting = next(
        (word.value for word in call.words if word.name == "by_alias"), cls.settings.get("serialize_by_alias")
    )
    return setting is not None and source[setting.start : setting.end] != b"False"


def camel(name: str) -> str:
    """Return aspect_ratio as a generator of aliases writes it."""
    first, *parts = name.split("_")
    return first + "".join(part.capitalize() for part in parts)


def makes_camel(cls: ir.Class) -> bool:
    """Return whether the names of its fields are written in camelCase without saying so at each of them."""
    generator = cls.settings.get("alias_generator") or cls.settings.get("rename")
    if isinstance(generator, ir.Str):
        return generator.value == "camel"
    if isinstance(generator, ir.Call):  # AliasGenerator(serialization_alias=to_camel)
        return any("camel" in tail(word.value).lower() for word in generator.words)
    return generator is not None and "camel" in tail(generator).lower()
