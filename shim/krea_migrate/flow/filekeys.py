"""Texts of files that name keys of bodies: body[spec["key"]] = value, where spec was loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from krea_migrate import ir
from krea_migrate.flow.evaluator import Evaluator
from krea_migrate.flow.files import is_file
from krea_migrate.flow.records import Record
from krea_migrate.flow.values import Ext, Frame


def in_files(
    ask: Evaluator, of_value: Callable[[ir.Node, ir.Function], list[Record]]
) -> Iterator[tuple[Ext, list[Record]]]:
    """Yield the parts of files that a program sets members of bodies by, with the addresses that the bodies reach."""
    for store in (store for module in list(ask.project.modules.values()) for store in module.stores):
        target = store.target
        if not isinstance(target, ir.Item) or isinstance(target.key, ir.Str):
            continue
        for alt in ask.value(target.key, Frame(store.scope)):
            if isinstance(alt.value, Ext) and is_file(alt.value):
                weak = _reads(store.value, target.key)
                yield (
                    alt.value,
                    [record._replace(weak=record.weak or weak) for record in of_value(target.of, store.scope)],
                )


def _reads(value: ir.Node, key: ir.Node) -> bool:
    """Return whether the same name also reads something: body[key] = given[key]."""
    return isinstance(value, ir.Item) and isinstance(value.key, ir.Name) and value.key.id == getattr(key, "id", "")
