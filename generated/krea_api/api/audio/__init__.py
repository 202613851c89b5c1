# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""Operations of one tag; each module has sync, sync_detailed, asyncio and asyncio_detailed."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import generate_bytedance_seed_audio_1_0 as generate_bytedance_seed_audio_1_0
    from . import generate_elevenlabs_music as generate_elevenlabs_music
    from . import generate_elevenlabs_music_v2 as generate_elevenlabs_music_v2
    from . import generate_elevenlabs_music_v2_5 as generate_elevenlabs_music_v2_5
    from . import generate_elevenlabs_tts as generate_elevenlabs_tts
else:
    _HOMES = {
        "generate_bytedance_seed_audio_1_0": ".generate_bytedance_seed_audio_1_0",
        "generate_elevenlabs_music": ".generate_elevenlabs_music",
        "generate_elevenlabs_music_v2": ".generate_elevenlabs_music_v2",
        "generate_elevenlabs_music_v2_5": ".generate_elevenlabs_music_v2_5",
        "generate_elevenlabs_tts": ".generate_elevenlabs_tts",
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
