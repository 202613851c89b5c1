# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""Operations of one tag; each module has sync, sync_detailed, asyncio and asyncio_detailed."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import delete_job as delete_job
    from . import get_job as get_job
    from . import list_jobs as list_jobs
else:
    _HOMES = {
        "delete_job": ".delete_job",
        "get_job": ".get_job",
        "list_jobs": ".list_jobs",
    }

    def __getattr__(name):
        home = _HOMES.get(name)
        if home is None:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        module = import_module(home, __name__)
        value = globals()[name] = module if home == f".{name}" else getattr(module, name)
        return value

    def __dir__():
        return sorted({*globals(), *_HOMES})
