"""The sync and the async client take the same arguments: names, kinds, defaults and annotations."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from krea_client import AsyncKrea, Krea
from krea_client.resources import assets, jobs, node_apps, reports, styles

PAIRS: list[tuple[type, type]] = [
    (Krea, AsyncKrea),
    (jobs.Jobs, jobs.AsyncJobs),
    (assets.Assets, assets.AsyncAssets),
    (styles.Styles, styles.AsyncStyles),
    (node_apps.NodeApps, node_apps.AsyncNodeApps),
    (reports.Reports, reports.AsyncReports),
]
METHODS = [
    pytest.param(getattr(sync, name), getattr(asynchronous, name), id=f"{sync.__name__}.{name}")
    for sync, asynchronous in PAIRS
    for name, member in vars(sync).items()
    if inspect.isfunction(member) and not name.startswith("_") and name != "close"
]
INHERENT = {("transport", "SyncTransportLike | None", "AsyncTransportLike | None")}


def parameters(method: Callable[..., Any]) -> list[tuple[str, Any, Any, Any]]:
    return [
        (parameter.name, parameter.kind, parameter.default, parameter.annotation)
        for parameter in inspect.signature(method).parameters.values()
    ]


def test_the_clients_have_the_same_members() -> None:
    for sync, asynchronous in PAIRS:
        public = {name for name in vars(sync) if not name.startswith("_")} - {"close"}
        assert public == {name for name in vars(asynchronous) if not name.startswith("_")} - {"aclose"}


@pytest.mark.parametrize(("sync", "asynchronous"), METHODS)
def test_a_method_takes_the_same_arguments(sync: Callable[..., Any], asynchronous: Callable[..., Any]) -> None:
    assert parameters(sync) == parameters(asynchronous)


def test_the_constructors_differ_in_the_kind_of_transport_only() -> None:
    different = {
        (first[0], first[3], second[3])
        for first, second in zip(parameters(Krea.__init__), parameters(AsyncKrea.__init__), strict=True)
        if first != second
    }
    assert different == INHERENT
