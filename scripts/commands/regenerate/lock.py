"""The public names of the generated package, so that none goes or changes without anybody meaning it."""

from __future__ import annotations

import ast
from pathlib import Path

from .problems import GenerationFailed

LOCK = "names.lock"
_HEAD = (
    "# Names that callers may import or call. Made by scripts/regenerate, which refuses to drop one without --rename.\n"
)


def public_names(package: Path) -> list[str]:
    """Return what people import from a built package: operations by tag, classes of requests, answers and enums."""
    operations = (path for path in package.glob("api/*/*.py") if path.stem != "__init__")
    calls = [f"{package.name}.api.{path.parent.name}.{path.stem}" for path in operations]
    return sorted(
        [*calls, *(f"{package.name}.models.{name}" for name in _exported(package / "models" / "__init__.py"))]
    )


def lock(package: Path) -> str:
    """Return the text of names.lock for a built package."""
    return _HEAD + "".join(f"{name}\n" for name in public_names(package))


def verify(new_folder: Path, published: Path) -> None:
    """Raise GenerationFailed when a name that was published is not there any more."""
    removed = sorted(_names(published / LOCK) - _names(new_folder / LOCK))
    if removed:
        raise GenerationFailed(
            f"{name}: this public name would be gone and callers' code with it; put it back, or run with --rename"
            for name in removed
        )


def _names(file: Path) -> set[str]:
    lines = file.read_text("utf-8").splitlines() if file.is_file() else []
    return {line for line in lines if line and not line.startswith("#")}


def _exported(module: Path) -> list[str]:
    for statement in ast.parse(module.read_text("utf-8")).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__":
            return [str(name) for name in ast.literal_eval(statement.value)]
    raise GenerationFailed([f"{module.name}: has no __all__; mend spec/templates/models_init.py.jinja"])
