"""For the tests of the client: the libraries that it can send with."""

from .networks import network

__all__ = ["network"]
