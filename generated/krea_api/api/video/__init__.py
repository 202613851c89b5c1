# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""Operations of one tag; each module has sync, sync_detailed, asyncio and asyncio_detailed."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import generate_aleph as generate_aleph
    from . import generate_flux_3_video as generate_flux_3_video
    from . import generate_flux_video_edit as generate_flux_video_edit
    from . import generate_gemini_omni_flash as generate_gemini_omni_flash
    from . import generate_gemini_omni_flash_1_1 as generate_gemini_omni_flash_1_1
    from . import generate_gen_3 as generate_gen_3
    from . import generate_gen_4_5 as generate_gen_4_5
    from . import generate_gen_4_video as generate_gen_4_video
    from . import generate_grok_video as generate_grok_video
    from . import generate_grok_video_1_5 as generate_grok_video_1_5
    from . import generate_h3_max as generate_h3_max
    from . import generate_h3_max_camera_controls as generate_h3_max_camera_controls
    from . import generate_h3_max_turbo as generate_h3_max_turbo
    from . import generate_hailuo as generate_hailuo
    from . import generate_hailuo_02 as generate_hailuo_02
    from . import generate_hailuo_2_3 as generate_hailuo_2_3
    from . import generate_hailuo_2_3_fast as generate_hailuo_2_3_fast
    from . import generate_hailuo_3 as generate_hailuo_3
    from . import generate_kling_1 as generate_kling_1
    from . import generate_kling_1_5 as generate_kling_1_5
    from . import generate_kling_1_6 as generate_kling_1_6
    from . import generate_kling_2 as generate_kling_2
    from . import generate_kling_2_1 as generate_kling_2_1
    from . import generate_kling_2_5 as generate_kling_2_5
    from . import generate_kling_2_6 as generate_kling_2_6
    from . import generate_kling_3_0 as generate_kling_3_0
    from . import generate_kling_o1 as generate_kling_o1
    from . import generate_ltx_video_2_3_22b as generate_ltx_video_2_3_22b
    from . import generate_ltx_video_2_5_fast as generate_ltx_video_2_5_fast
    from . import generate_ltx_video_2_5_pro as generate_ltx_video_2_5_pro
    from . import generate_ray_2 as generate_ray_2
    from . import generate_seedance_1_0_pro as generate_seedance_1_0_pro
    from . import generate_seedance_1_0_pro_fast as generate_seedance_1_0_pro_fast
    from . import generate_seedance_2 as generate_seedance_2
    from . import generate_seedance_2_5 as generate_seedance_2_5
    from . import generate_seedance_2_fast as generate_seedance_2_fast
    from . import generate_seedance_2_mini as generate_seedance_2_mini
    from . import generate_veo_2 as generate_veo_2
    from . import generate_veo_3 as generate_veo_3
    from . import generate_veo_3_1 as generate_veo_3_1
    from . import generate_veo_3_1_fast as generate_veo_3_1_fast
    from . import generate_veo_3_1_lite as generate_veo_3_1_lite
    from . import generate_veo_3_fast as generate_veo_3_fast
    from . import generate_vidu_q3 as generate_vidu_q3
    from . import generate_wan_2_1 as generate_wan_2_1
    from . import generate_wan_2_2 as generate_wan_2_2
    from . import generate_wan_2_5 as generate_wan_2_5
    from . import generate_wan_3_0 as generate_wan_3_0
else:
    _HOMES = {
        "generate_aleph": ".generate_aleph",
        "generate_flux_3_video": ".generate_flux_3_video",
        "generate_flux_video_edit": ".generate_flux_video_edit",
        "generate_gemini_omni_flash": ".generate_gemini_omni_flash",
        "generate_gemini_omni_flash_1_1": ".generate_gemini_omni_flash_1_1",
        "generate_gen_3": ".generate_gen_3",
        "generate_gen_4_5": ".generate_gen_4_5",
        "generate_gen_4_video": ".generate_gen_4_video",
        "generate_grok_video": ".generate_grok_video",
        "generate_grok_video_1_5": ".generate_grok_video_1_5",
        "generate_h3_max": ".generate_h3_max",
        "generate_h3_max_camera_controls": ".generate_h3_max_camera_controls",
        "generate_h3_max_turbo": ".generate_h3_max_turbo",
        "generate_hailuo": ".generate_hailuo",
        "generate_hailuo_02": ".generate_hailuo_02",
        "generate_hailuo_2_3": ".generate_hailuo_2_3",
        "generate_hailuo_2_3_fast": ".generate_hailuo_2_3_fast",
        "generate_hailuo_3": ".generate_hailuo_3",
        "generate_kling_1": ".generate_kling_1",
        "generate_kling_1_5": ".generate_kling_1_5",
        "generate_kling_1_6": ".generate_kling_1_6",
        "generate_kling_2": ".generate_kling_2",
        "generate_kling_2_1": ".generate_kling_2_1",
        "generate_kling_2_5": ".generate_kling_2_5",
        "generate_kling_2_6": ".generate_kling_2_6",
        "generate_kling_3_0": ".generate_kling_3_0",
        "generate_kling_o1": ".generate_kling_o1",
        "generate_ltx_video_2_3_22b": ".generate_ltx_video_2_3_22b",
        "generate_ltx_video_2_5_fast": ".generate_ltx_video_2_5_fast",
        "generate_ltx_video_2_5_pro": ".generate_ltx_video_2_5_pro",
        "generate_ray_2": ".generate_ray_2",
        "generate_seedance_1_0_pro": ".generate_seedance_1_0_pro",
        "generate_seedance_1_0_pro_fast": ".generate_seedance_1_0_pro_fast",
        "generate_seedance_2": ".generate_seedance_2",
        "generate_seedance_2_5": ".generate_seedance_2_5",
        "generate_seedance_2_fast": ".generate_seedance_2_fast",
        "generate_seedance_2_mini": ".generate_seedance_2_mini",
        "generate_veo_2": ".generate_veo_2",
        "generate_veo_3": ".generate_veo_3",
        "generate_veo_3_1": ".generate_veo_3_1",
        "generate_veo_3_1_fast": ".generate_veo_3_1_fast",
        "generate_veo_3_1_lite": ".generate_veo_3_1_lite",
        "generate_veo_3_fast": ".generate_veo_3_fast",
        "generate_vidu_q3": ".generate_vidu_q3",
        "generate_wan_2_1": ".generate_wan_2_1",
        "generate_wan_2_2": ".generate_wan_2_2",
        "generate_wan_2_5": ".generate_wan_2_5",
        "generate_wan_3_0": ".generate_wan_3_0",
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
