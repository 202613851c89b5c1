"""The configuration of Sphinx. Everything that the site loads is in the site: no fonts, scripts or styles of other hosts."""

from __future__ import annotations

import dataclasses
import inspect
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util.inspect import stringify_signature

from krea_client import __version__

project = "krea-client"
author = "The krea-client developers"
project_copyright = author
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
source_suffix = {".md": "markdown", ".rst": "restructuredtext"}
root_doc = "index"
default_role = "code"  # a single backtick in a docstring is code, as in Markdown

myst_heading_anchors = 4
myst_links_external_new_tab = False
suppress_warnings = [
    "misc.highlighting_failure",  # excerpts of payloads with "..." in them are shown without colours
    "myst.header",  # the errors page puts its parent class before the first section
]

autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_default_options = {
    "members": True,
    "inherited-members": "tuple,Exception,BaseException,Warning,FutureWarning,object",
}
python_maximum_signature_line_length = 88
napoleon_numpy_docstring = False
napoleon_use_rtype = False
napoleon_use_ivar = True

html_theme = "furo"
pygments_dark_style = "github-dark"
html_title = f"krea-client {version}"
html_static_path = [str(Path(__file__).parent / "static")]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_theme_options = {
    "sidebar_hide_name": False,
    "light_css_variables": {"color-brand-primary": "#1d4ed8", "color-brand-content": "#1d4ed8"},
    "dark_css_variables": {"color-brand-primary": "#93c5fd", "color-brand-content": "#93c5fd"},
}
copybutton_prompt_text = "$ "  # copies the command without its prompt
copybutton_line_continuation_character = "\\"


def skip_tuple_fields(app: object, what: str, name: str, obj: object, skip: bool, options: object) -> bool | None:
    """Leave out the fields of named tuples, which the class's own description lists."""
    return True if (getattr(obj, "__doc__", None) or "").startswith("Alias for field number") else None


def keep_colons(app: object, what: str, name: str, obj: object, options: object, lines: list[str]) -> None:
    """Begin the docstring of a property with an empty comment: napoleon takes the text before a colon in the first line for a type."""
    if what in ("property", "attribute"):
        lines[:0] = ["..", ""]


def hide_private_arguments(
    app: object, what: str, name: str, obj: object, options: object, signature: str | None, returns: str | None
) -> tuple[str, str | None] | None:
    """Show the arguments of a dataclass without its private fields."""
    if not (isinstance(obj, type) and dataclasses.is_dataclass(obj)):
        return None
    complete = inspect.signature(obj)
    public = [parameter for parameter in complete.parameters.values() if not parameter.name.startswith("_")]
    public_signature = complete.replace(parameters=public, return_annotation=inspect.Signature.empty)
    return stringify_signature(public_signature, unqualified_typehints=True), returns


def setup(app: Sphinx) -> None:
    """Register the handlers above."""
    app.connect("autodoc-process-signature", hide_private_arguments)
    app.connect("autodoc-process-docstring", keep_colons, priority=400)  # before napoleon's handler
    app.connect("autodoc-skip-member", skip_tuple_fields)
