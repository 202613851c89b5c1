"""What each frontend says of its language."""

from __future__ import annotations

from krea_migrate.ir import Dialect
from krea_migrate.languages.import_paths import no_files, python_files, script_files, shell_files

PYTHON = Dialect(
    "python",
    python_files,
    self_is_parameter=True,
    fields_are_arguments=True,
    has_keywords=True,
    has_documentation=True,
)
SCRIPT = Dialect(
    "script",
    script_files,
    attributes_are_members=True,
    imports_data=True,
    has_pages=True,
    has_documentation=True,
    passes_messages=True,
)
SHELL = Dialect("shell", shell_files, passes_names=True)
DOCUMENT = Dialect("document", no_files)
DIALECTS = {dialect.name: dialect for dialect in (PYTHON, SCRIPT, SHELL)}
