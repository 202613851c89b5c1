# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""Operations of one tag; each module has sync, sync_detailed, asyncio and asyncio_detailed."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import generate_flux_1_1_pro as generate_flux_1_1_pro
    from . import generate_flux_1_1_pro_ultra as generate_flux_1_1_pro_ultra
    from . import generate_flux_1_dev as generate_flux_1_dev
    from . import generate_flux_1_kontext_dev as generate_flux_1_kontext_dev
    from . import generate_gen_4_image as generate_gen_4_image
    from . import generate_gpt_image as generate_gpt_image
    from . import generate_gpt_image_2 as generate_gpt_image_2
    from . import generate_gpt_image_2_5_flare as generate_gpt_image_2_5_flare
    from . import generate_gpt_image_2_5_sunburst as generate_gpt_image_2_5_sunburst
    from . import generate_grok_imagine_2 as generate_grok_imagine_2
    from . import generate_grok_imagine_2_edit as generate_grok_imagine_2_edit
    from . import generate_ideogram_2_turbo as generate_ideogram_2_turbo
    from . import generate_ideogram_3 as generate_ideogram_3
    from . import generate_ideogram_4_5 as generate_ideogram_4_5
    from . import generate_ideogram_4_5_precise as generate_ideogram_4_5_precise
    from . import generate_imagen_3 as generate_imagen_3
    from . import generate_imagen_4 as generate_imagen_4
    from . import generate_imagen_4_fast as generate_imagen_4_fast
    from . import generate_imagen_4_ultra as generate_imagen_4_ultra
    from . import generate_krea_2_large as generate_krea_2_large
    from . import generate_krea_2_medium as generate_krea_2_medium
    from . import generate_krea_2_medium_turbo as generate_krea_2_medium_turbo
    from . import generate_krea_3 as generate_krea_3
    from . import generate_muse_image as generate_muse_image
    from . import generate_nano_banana as generate_nano_banana
    from . import generate_nano_banana_2 as generate_nano_banana_2
    from . import generate_nano_banana_2_1 as generate_nano_banana_2_1
    from . import generate_nano_banana_flash_lite as generate_nano_banana_flash_lite
    from . import generate_nano_banana_pro as generate_nano_banana_pro
    from . import generate_qwen_2512 as generate_qwen_2512
    from . import generate_qwen_image_2_1 as generate_qwen_image_2_1
    from . import generate_qwen_image_3 as generate_qwen_image_3
    from . import generate_recraft_v4_1_flash as generate_recraft_v4_1_flash
    from . import generate_seededit as generate_seededit
    from . import generate_seedream_4 as generate_seedream_4
    from . import generate_seedream_5_lite as generate_seedream_5_lite
    from . import generate_seedream_5_pro as generate_seedream_5_pro
    from . import generate_uni_1 as generate_uni_1
    from . import generate_z_image as generate_z_image
else:
    _HOMES = {
        "generate_flux_1_1_pro": ".generate_flux_1_1_pro",
        "generate_flux_1_1_pro_ultra": ".generate_flux_1_1_pro_ultra",
        "generate_flux_1_dev": ".generate_flux_1_dev",
        "generate_flux_1_kontext_dev": ".generate_flux_1_kontext_dev",
        "generate_gen_4_image": ".generate_gen_4_image",
        "generate_gpt_image": ".generate_gpt_image",
        "generate_gpt_image_2": ".generate_gpt_image_2",
        "generate_gpt_image_2_5_flare": ".generate_gpt_image_2_5_flare",
        "generate_gpt_image_2_5_sunburst": ".generate_gpt_image_2_5_sunburst",
        "generate_grok_imagine_2": ".generate_grok_imagine_2",
        "generate_grok_imagine_2_edit": ".generate_grok_imagine_2_edit",
        "generate_ideogram_2_turbo": ".generate_ideogram_2_turbo",
        "generate_ideogram_3": ".generate_ideogram_3",
        "generate_ideogram_4_5": ".generate_ideogram_4_5",
        "generate_ideogram_4_5_precise": ".generate_ideogram_4_5_precise",
        "generate_imagen_3": ".generate_imagen_3",
        "generate_imagen_4": ".generate_imagen_4",
        "generate_imagen_4_fast": ".generate_imagen_4_fast",
        "generate_imagen_4_ultra": ".generate_imagen_4_ultra",
        "generate_krea_2_large": ".generate_krea_2_large",
        "generate_krea_2_medium": ".generate_krea_2_medium",
        "generate_krea_2_medium_turbo": ".generate_krea_2_medium_turbo",
        "generate_krea_3": ".generate_krea_3",
        "generate_muse_image": ".generate_muse_image",
        "generate_nano_banana": ".generate_nano_banana",
        "generate_nano_banana_2": ".generate_nano_banana_2",
        "generate_nano_banana_2_1": ".generate_nano_banana_2_1",
        "generate_nano_banana_flash_lite": ".generate_nano_banana_flash_lite",
        "generate_nano_banana_pro": ".generate_nano_banana_pro",
        "generate_qwen_2512": ".generate_qwen_2512",
        "generate_qwen_image_2_1": ".generate_qwen_image_2_1",
        "generate_qwen_image_3": ".generate_qwen_image_3",
        "generate_recraft_v4_1_flash": ".generate_recraft_v4_1_flash",
        "generate_seededit": ".generate_seededit",
        "generate_seedream_4": ".generate_seedream_4",
        "generate_seedream_5_lite": ".generate_seedream_5_lite",
        "generate_seedream_5_pro": ".generate_seedream_5_pro",
        "generate_uni_1": ".generate_uni_1",
        "generate_z_image": ".generate_z_image",
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
