"""PyInstaller: the operation table, and the generated classes that are imported by name."""

from PyInstaller.utils.hooks import collect_data_files, collect_submodules  # type: ignore[import-untyped]  # it is there when it runs a hook

datas = collect_data_files("krea_api")
hiddenimports = collect_submodules("krea_api.models")
