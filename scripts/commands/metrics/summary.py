"""The metrics of a checkout as one value, and as text."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypedDict

from .class_tree import ProjectClass, duplicate_class_names, duplicate_module_names, project_classes
from .codebase import SourceModule, line_span, read_packages
from .import_graph import cycles, import_graph
from .variable_names import variables


class LengthSpread(NamedTuple):
    """Median, 90th percentile and maximum of some lengths in lines."""

    median: float
    p90: float
    longest: int


class PackageMetrics(TypedDict):
    """The shape of one package."""

    modules: int
    lines: int
    module_lines: LengthSpread
    functions: int
    function_lines: LengthSpread
    classes: int
    largest_class: str
    largest_class_lines: int
    longest_chain: int
    deepest_class: str
    cycles: list[list[str]]
    duplicate_classes: dict[str, list[str]]
    duplicate_modules: dict[str, list[str]]
    variables: int
    idle_variables: int
    idle_percent: float


def measure(checkout: Path) -> dict[str, PackageMetrics]:
    """Measure each package, and all together under "project"."""
    packages = read_packages(checkout)
    project = [module for package in packages for module in package.modules]
    classes = project_classes(project)
    metrics = {package.name: _metrics(package.modules, classes) for package in packages}
    return {**metrics, "project": _metrics(project, classes)}


def _metrics(modules: Sequence[SourceModule], project: Sequence[ProjectClass]) -> PackageMetrics:
    names = {module.name for module in modules}
    classes = [project_class for project_class in project if project_class.module in names]
    largest = max(classes, key=lambda project_class: project_class.inherited_lines)
    deepest = max(classes, key=lambda project_class: project_class.chain)
    lengths = [line_span(node) for module in modules for node in module.functions()]
    bound = variables(modules)
    idle = [variable for variable in bound if variable.is_idle]
    return PackageMetrics(
        modules=len(modules),
        lines=sum(module.line_count for module in modules),
        module_lines=spread([module.line_count for module in modules]),
        functions=len(lengths),
        function_lines=spread(lengths),
        classes=len(classes),
        largest_class=f"{largest.name} ({largest.place})",
        largest_class_lines=largest.inherited_lines,
        longest_chain=deepest.chain,
        deepest_class=f"{deepest.name} ({deepest.place})",
        cycles=cycles(import_graph(modules)),
        duplicate_classes=dict(duplicate_class_names(classes)),
        duplicate_modules=dict(duplicate_module_names(modules)),
        variables=len(bound),
        idle_variables=len(idle),
        idle_percent=round(100 * len(idle) / len(bound), 2),
    )


def spread(lengths: Sequence[int]) -> LengthSpread:
    """Return median, 90th percentile (nearest rank) and maximum."""
    ranked = sorted(lengths)
    return LengthSpread(statistics.median(ranked), ranked[-(-len(ranked) * 9 // 10) - 1], ranked[-1])


def _spread_text(lengths: LengthSpread) -> str:
    return f"{lengths.median:g} / {lengths.p90:g} / {lengths.longest}"


ROWS: list[tuple[str, Callable[[PackageMetrics], object]]] = [
    ("modules", lambda metrics: metrics["modules"]),
    ("lines", lambda metrics: metrics["lines"]),
    ("lines of a module: median / p90 / most", lambda metrics: _spread_text(metrics["module_lines"])),
    ("functions", lambda metrics: metrics["functions"]),
    ("lines of a function: median / p90 / most", lambda metrics: _spread_text(metrics["function_lines"])),
    ("classes", lambda metrics: metrics["classes"]),
    ("largest class with what it inherits", lambda metrics: metrics["largest_class_lines"]),
    ("longest inheritance chain", lambda metrics: metrics["longest_chain"]),
    ("import cycles", lambda metrics: len(metrics["cycles"])),
    ("duplicate class names", lambda metrics: len(metrics["duplicate_classes"])),
    ("duplicate module names", lambda metrics: len(metrics["duplicate_modules"])),
    ("variables", lambda metrics: metrics["variables"]),
    ("named by a pronoun or participle", lambda metrics: metrics["idle_variables"]),
    ("the same in percent", lambda metrics: metrics["idle_percent"]),
]


def as_table(metrics: dict[str, PackageMetrics]) -> str:
    """Return the metrics as a Markdown table, followed by the names behind the figures."""
    lines = [f"| | {' | '.join(metrics)} |", "|---" * (len(metrics) + 1) + "|"]
    lines += [f"| {title} | {' | '.join(str(show(package)) for package in metrics.values())} |" for title, show in ROWS]
    project = metrics["project"]
    lines += ["", "Largest class with what it inherits:"]
    lines += [f"- {name}: {package['largest_class']}" for name, package in metrics.items()]
    lines += ["", "Longest inheritance chain:"]
    lines += [f"- {name}: {package['deepest_class']}" for name, package in metrics.items()]
    if project["cycles"]:
        lines += ["", "Import cycles:", *(f"- {', '.join(cycle)}" for cycle in project["cycles"])]
    for title, places in (("class", project["duplicate_classes"]), ("module", project["duplicate_modules"])):
        if places:
            lines += ["", f"Duplicate {title} names:"]
            lines += [f"- {name}: {', '.join(paths)}" for name, paths in places.items()]
    return "\n".join(lines)
