"""The version of the package: the one place where it is typed."""

__version__ = "0.1.0"
