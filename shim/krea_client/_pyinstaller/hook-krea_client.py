"""PyInstaller: modules of krea_client that are imported by name at their first use."""

from PyInstaller.utils.hooks import collect_submodules  # type: ignore[import-untyped]  # it is there when it runs a hook

OPTIONAL = (
    "krea_client.cli",
    "krea_client.legacy",
    "krea_client.sandbox",
    "krea_client.pytest_plugin",
    "krea_client._pyinstaller",
)

# What needs an extra is taken where the program itself imports it.
hiddenimports = collect_submodules("krea_client", filter=lambda name: not name.startswith(OPTIONAL))
