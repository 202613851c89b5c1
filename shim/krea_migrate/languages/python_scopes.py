"""Where a reader of Python stands, and where a node stands in the file."""

from __future__ import annotations

import ast
import io

from krea_migrate import ir
from krea_migrate.languages.scopes import Scopes


class PythonScopes(Scopes):
    """Where a reader of Python stands.

    Args:
        module: takes what is read.
        text: the program.
        shift: how many bytes into the file it begins.
    """

    def __init__(self, module: ir.Module, text: bytes, shift: int) -> None:
        super().__init__(module, shift)
        self.text, self.starts = text, _line_starts(text)

    def begin(self, text: bytes, shift: int) -> None:
        """Go on with a text that begins `shift` bytes into the file."""
        self.text, self.starts, self.shift = text, _line_starts(text), shift

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Return where a node stands in the file."""
        last = node.end_lineno or node.lineno
        return (
            self.starts[node.lineno - 1] + node.col_offset + self.shift,
            self.starts[last - 1] + (node.end_col_offset or 0) + self.shift,
        )

    def offset(self, node: ast.stmt | ast.arg | ast.keyword | ast.ExceptHandler) -> int:
        """Return where a node begins in the file."""
        return self.starts[node.lineno - 1] + node.col_offset + self.shift

    def source(self, node: ast.expr) -> str:
        """Return the text of an expression."""
        start, end = self.span(node)
        return self.text[start - self.shift : end - self.shift].decode("utf-8", "replace")

    def opaque(self, node: ast.expr | ast.stmt) -> ir.Opaque:
        """Return an expression that is not followed."""
        return ir.Opaque(*self.span(node))

    def marks(self, decorators: list[ast.expr]) -> frozenset[str]:
        """Return the last names of decorators."""
        return frozenset(self.source(decorator).split("(")[0].rsplit(".", 1)[-1] for decorator in decorators)


def _line_starts(text: bytes) -> list[int]:
    starts = [0]
    for line in io.BytesIO(text.replace(b"\r\n", b"\n\n").replace(b"\r", b"\n") if b"\r" in text else text):
        starts.append(starts[-1] + len(line))
    if b"\r\n" in text:  # each \r\n was counted as two lines
        starts = [s for s in starts if not (0 < s < len(text) and text[s - 1 : s + 1] == b"\r\n")]
    return starts
