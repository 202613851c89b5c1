"""PyInstaller: the commands, which are imported by name, for programs that import the command line."""

from PyInstaller.utils.hooks import collect_submodules  # type: ignore[import-untyped]  # it is there when it runs a hook

hiddenimports = collect_submodules("krea_client.cli")
