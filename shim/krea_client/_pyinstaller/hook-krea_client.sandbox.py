"""PyInstaller: the modules of the sandbox that are imported by name, for programs that import the sandbox."""

from PyInstaller.utils.hooks import collect_submodules  # type: ignore[import-untyped]  # it is there when it runs a hook

hiddenimports = collect_submodules("krea_client.sandbox")
