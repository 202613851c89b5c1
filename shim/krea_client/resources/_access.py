"""The attribute of a client that holds a resource: imported and made at its first use."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Generic, Self, TypeVar, overload

R = TypeVar("R")


class ResourceAccess(Generic[R]):
    """Describes such an attribute; programs that use no resource do not pay for importing it.

    Args:
        module: name of the module.
        class_name: the class in it, made of a client's session and driver.
        summary: what the resource can do, for `help`.
        package: the package of the module, in `krea_client`.
    """

    def __init__(self, module: str, class_name: str, summary: str, package: str = "resources") -> None:
        self._home = f"krea_client.{package}.{module}", class_name
        self._name = class_name
        self.__doc__ = summary

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, client: None, owner: type) -> Self: ...
    @overload
    def __get__(self, client: object, owner: type) -> R: ...
    def __get__(self, client: Any, owner: type) -> Self | R:
        if client is None:
            return self
        module, class_name = self._home
        resource: R = getattr(import_module(module), class_name)(
            client._session,  # noqa: SLF001  # a client lets its resources share its session and driver
            client._driver,  # noqa: SLF001  # see above
        )
        client.__dict__[self._name] = resource
        return resource
