"""Two words for tree-sitter's nodes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node as Syntax


def children(node: Syntax | None) -> list[Syntax]:
    """Return the named children, without comments."""
    return [child for child in node.named_children if child.type != "comment"] if node is not None else []


def field(node: Syntax, name: str) -> Syntax | None:
    """Return a child by the grammar's name for it."""
    return node.child_by_field_name(name)
