# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""The bodies of requests and answers."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .aleph_ratio import AlephRatio as AlephRatio
    from .aleph_reference import AlephReference as AlephReference
    from .aleph_reference_type import AlephReferenceType as AlephReferenceType
    from .aleph_request import AlephRequest as AlephRequest
    from .asset import Asset as Asset
    from .asset_deletion import AssetDeletion as AssetDeletion
    from .asset_page import AssetPage as AssetPage
    from .black_forest_labs_flux_video_upscale_creativity import (
        BlackForestLabsFluxVideoUpscaleCreativity as BlackForestLabsFluxVideoUpscaleCreativity,
    )
    from .black_forest_labs_flux_video_upscale_request import (
        BlackForestLabsFluxVideoUpscaleRequest as BlackForestLabsFluxVideoUpscaleRequest,
    )
    from .bytedance_seed_audio_1_0_request import BytedanceSeedAudio10Request as BytedanceSeedAudio10Request
    from .bytedance_seedvr_2_request import BytedanceSeedvr2Request as BytedanceSeedvr2Request
    from .elevenlabs_music_request import ElevenlabsMusicRequest as ElevenlabsMusicRequest
    from .elevenlabs_music_v2_5_request import ElevenlabsMusicV25Request as ElevenlabsMusicV25Request
    from .elevenlabs_music_v2_request import ElevenlabsMusicV2Request as ElevenlabsMusicV2Request
    from .elevenlabs_tts_request import ElevenlabsTtsRequest as ElevenlabsTtsRequest
    from .error_answer import ErrorAnswer as ErrorAnswer
    from .execute_node_app_request import ExecuteNodeAppRequest as ExecuteNodeAppRequest
    from .export_3d import Export3D as Export3D
    from .export_3d_format import Export3DFormat as Export3DFormat
    from .export_3d_request import Export3DRequest as Export3DRequest
    from .flux_1_1_pro_request import Flux11ProRequest as Flux11ProRequest
    from .flux_1_1_pro_ultra_request import Flux11ProUltraRequest as Flux11ProUltraRequest
    from .flux_1_dev_request import Flux1DevRequest as Flux1DevRequest
    from .flux_1_kontext_dev_request import Flux1KontextDevRequest as Flux1KontextDevRequest
    from .flux_3_video_aspect_ratio import Flux3VideoAspectRatio as Flux3VideoAspectRatio
    from .flux_3_video_request import Flux3VideoRequest as Flux3VideoRequest
    from .flux_3_video_resolution import Flux3VideoResolution as Flux3VideoResolution
    from .flux_video_edit_request import FluxVideoEditRequest as FluxVideoEditRequest
    from .gemini_omni_flash_1_1_request import GeminiOmniFlash11Request as GeminiOmniFlash11Request
    from .gemini_omni_flash_aspect_ratio import GeminiOmniFlashAspectRatio as GeminiOmniFlashAspectRatio
    from .gemini_omni_flash_request import GeminiOmniFlashRequest as GeminiOmniFlashRequest
    from .gen_3_aspect_ratio import Gen3AspectRatio as Gen3AspectRatio
    from .gen_3_duration import Gen3Duration as Gen3Duration
    from .gen_3_request import Gen3Request as Gen3Request
    from .gen_4_5_request import Gen45Request as Gen45Request
    from .gen_4_image_reference import Gen4ImageReference as Gen4ImageReference
    from .gen_4_image_request import Gen4ImageRequest as Gen4ImageRequest
    from .gen_4_video_aspect_ratio import Gen4VideoAspectRatio as Gen4VideoAspectRatio
    from .gen_4_video_request import Gen4VideoRequest as Gen4VideoRequest
    from .gen_45_aspect_ratio import Gen45AspectRatio as Gen45AspectRatio
    from .gpt_image_2_5_flare_request import GptImage25FlareRequest as GptImage25FlareRequest
    from .gpt_image_2_5_sunburst_request import GptImage25SunburstRequest as GptImage25SunburstRequest
    from .gpt_image_2_aspect_ratio import GptImage2AspectRatio as GptImage2AspectRatio
    from .gpt_image_2_quality import GptImage2Quality as GptImage2Quality
    from .gpt_image_2_request import GptImage2Request as GptImage2Request
    from .gpt_image_2_resolution import GptImage2Resolution as GptImage2Resolution
    from .gpt_image_25_aspect_ratio import GptImage25AspectRatio as GptImage25AspectRatio
    from .gpt_image_25_flare_background import GptImage25FlareBackground as GptImage25FlareBackground
    from .gpt_image_25_quality import GptImage25Quality as GptImage25Quality
    from .gpt_image_25_resolution import GptImage25Resolution as GptImage25Resolution
    from .gpt_image_quality import GptImageQuality as GptImageQuality
    from .gpt_image_request import GptImageRequest as GptImageRequest
    from .grok_imagine_2_aspect_ratio import GrokImagine2AspectRatio as GrokImagine2AspectRatio
    from .grok_imagine_2_edit_request import GrokImagine2EditRequest as GrokImagine2EditRequest
    from .grok_imagine_2_quality import GrokImagine2Quality as GrokImagine2Quality
    from .grok_imagine_2_request import GrokImagine2Request as GrokImagine2Request
    from .grok_imagine_2_resolution import GrokImagine2Resolution as GrokImagine2Resolution
    from .grok_video_1_5_request import GrokVideo15Request as GrokVideo15Request
    from .grok_video_15_aspect_ratio import GrokVideo15AspectRatio as GrokVideo15AspectRatio
    from .grok_video_15_resolution import GrokVideo15Resolution as GrokVideo15Resolution
    from .grok_video_aspect_ratio import GrokVideoAspectRatio as GrokVideoAspectRatio
    from .grok_video_request import GrokVideoRequest as GrokVideoRequest
    from .grok_video_resolution import GrokVideoResolution as GrokVideoResolution
    from .h3_max_aspect_ratio import H3MaxAspectRatio as H3MaxAspectRatio
    from .h3_max_camera_controls_request import H3MaxCameraControlsRequest as H3MaxCameraControlsRequest
    from .h3_max_camera_point import H3MaxCameraPoint as H3MaxCameraPoint
    from .h3_max_prompt_expansion_mode import H3MaxPromptExpansionMode as H3MaxPromptExpansionMode
    from .h3_max_request import H3MaxRequest as H3MaxRequest
    from .h3_max_resolution import H3MaxResolution as H3MaxResolution
    from .h3_max_turbo_prompt_expansion_mode import H3MaxTurboPromptExpansionMode as H3MaxTurboPromptExpansionMode
    from .h3_max_turbo_request import H3MaxTurboRequest as H3MaxTurboRequest
    from .hailuo_02_request import Hailuo02Request as Hailuo02Request
    from .hailuo_02_resolution import Hailuo02Resolution as Hailuo02Resolution
    from .hailuo_2_3_fast_request import Hailuo23FastRequest as Hailuo23FastRequest
    from .hailuo_2_3_request import Hailuo23Request as Hailuo23Request
    from .hailuo_3_aspect_ratio import Hailuo3AspectRatio as Hailuo3AspectRatio
    from .hailuo_3_request import Hailuo3Request as Hailuo3Request
    from .hailuo_23_duration import Hailuo23Duration as Hailuo23Duration
    from .hailuo_23_resolution import Hailuo23Resolution as Hailuo23Resolution
    from .hailuo_request import HailuoRequest as HailuoRequest
    from .hunyuan3d_2_1_request import Hunyuan3D21Request as Hunyuan3D21Request
    from .hunyuan3d_3_1_pro_request import Hunyuan3D31ProRequest as Hunyuan3D31ProRequest
    from .hunyuan3d_3_1_rapid_request import Hunyuan3D31RapidRequest as Hunyuan3D31RapidRequest
    from .ideogram_2_turbo_request import Ideogram2TurboRequest as Ideogram2TurboRequest
    from .ideogram_3_request import Ideogram3Request as Ideogram3Request
    from .ideogram_4_5_precise_request import Ideogram45PreciseRequest as Ideogram45PreciseRequest
    from .ideogram_4_5_request import Ideogram45Request as Ideogram45Request
    from .ideogram_45_aspect_ratio import Ideogram45AspectRatio as Ideogram45AspectRatio
    from .ideogram_45_quality import Ideogram45Quality as Ideogram45Quality
    from .ideogram_45_resolution import Ideogram45Resolution as Ideogram45Resolution
    from .imagen_3_request import Imagen3Request as Imagen3Request
    from .imagen_4_fast_request import Imagen4FastRequest as Imagen4FastRequest
    from .imagen_4_request import Imagen4Request as Imagen4Request
    from .imagen_4_ultra_request import Imagen4UltraRequest as Imagen4UltraRequest
    from .job import Job as Job
    from .job_error import JobError as JobError
    from .job_file import JobFile as JobFile
    from .job_page import JobPage as JobPage
    from .job_result import JobResult as JobResult
    from .job_status import JobStatus as JobStatus
    from .job_url_map import JobUrlMap as JobUrlMap
    from .kling_1_5_request import Kling15Request as Kling15Request
    from .kling_1_6_request import Kling16Request as Kling16Request
    from .kling_1_aspect_ratio import Kling1AspectRatio as Kling1AspectRatio
    from .kling_1_duration import Kling1Duration as Kling1Duration
    from .kling_1_mode import Kling1Mode as Kling1Mode
    from .kling_1_request import Kling1Request as Kling1Request
    from .kling_2_1_request import Kling21Request as Kling21Request
    from .kling_2_5_request import Kling25Request as Kling25Request
    from .kling_2_6_request import Kling26Request as Kling26Request
    from .kling_2_aspect_ratio import Kling2AspectRatio as Kling2AspectRatio
    from .kling_2_duration import Kling2Duration as Kling2Duration
    from .kling_2_mode import Kling2Mode as Kling2Mode
    from .kling_2_request import Kling2Request as Kling2Request
    from .kling_3_0_request import Kling30Request as Kling30Request
    from .kling_15_mode import Kling15Mode as Kling15Mode
    from .kling_21_duration import Kling21Duration as Kling21Duration
    from .kling_26_aspect_ratio import Kling26AspectRatio as Kling26AspectRatio
    from .kling_30_aspect_ratio import Kling30AspectRatio as Kling30AspectRatio
    from .kling_30_mode import Kling30Mode as Kling30Mode
    from .kling_30_shot import Kling30Shot as Kling30Shot
    from .kling_camera_axes import KlingCameraAxes as KlingCameraAxes
    from .kling_camera_move import KlingCameraMove as KlingCameraMove
    from .kling_camera_move_type import KlingCameraMoveType as KlingCameraMoveType
    from .kling_camera_path import KlingCameraPath as KlingCameraPath
    from .kling_camera_path_type import KlingCameraPathType as KlingCameraPathType
    from .kling_o1_aspect_ratio import KlingO1AspectRatio as KlingO1AspectRatio
    from .kling_o1_element import KlingO1Element as KlingO1Element
    from .kling_o1_reference import KlingO1Reference as KlingO1Reference
    from .kling_o1_request import KlingO1Request as KlingO1Request
    from .krea_2_aspect_ratio import Krea2AspectRatio as Krea2AspectRatio
    from .krea_2_creativity import Krea2Creativity as Krea2Creativity
    from .krea_2_large_request import Krea2LargeRequest as Krea2LargeRequest
    from .krea_2_medium_request import Krea2MediumRequest as Krea2MediumRequest
    from .krea_2_medium_turbo_request import Krea2MediumTurboRequest as Krea2MediumTurboRequest
    from .krea_2_moodboard import Krea2Moodboard as Krea2Moodboard
    from .krea_2_resolution import Krea2Resolution as Krea2Resolution
    from .krea_2_style_image import Krea2StyleImage as Krea2StyleImage
    from .krea_3_aspect_ratio import Krea3AspectRatio as Krea3AspectRatio
    from .krea_3_model import Krea3Model as Krea3Model
    from .krea_3_request import Krea3Request as Krea3Request
    from .krea_3_resolution import Krea3Resolution as Krea3Resolution
    from .krea_enhance_request import KreaEnhanceRequest as KreaEnhanceRequest
    from .krea_legacy_enhance_request import KreaLegacyEnhanceRequest as KreaLegacyEnhanceRequest
    from .ltx_video_2_3_22b_request import LtxVideo2322BRequest as LtxVideo2322BRequest
    from .ltx_video_2_5_fast_request import LtxVideo25FastRequest as LtxVideo25FastRequest
    from .ltx_video_2_5_pro_request import LtxVideo25ProRequest as LtxVideo25ProRequest
    from .ltx_video_25_fast_duration import LtxVideo25FastDuration as LtxVideo25FastDuration
    from .ltx_video_25_fast_resolution import LtxVideo25FastResolution as LtxVideo25FastResolution
    from .ltx_video_25_pro_camera_motion import LtxVideo25ProCameraMotion as LtxVideo25ProCameraMotion
    from .ltx_video_25_pro_duration import LtxVideo25ProDuration as LtxVideo25ProDuration
    from .ltx_video_25_pro_resolution import LtxVideo25ProResolution as LtxVideo25ProResolution
    from .ltx_video_2322b_aspect_ratio import LtxVideo2322BAspectRatio as LtxVideo2322BAspectRatio
    from .ltx_video_2322b_duration import LtxVideo2322BDuration as LtxVideo2322BDuration
    from .magnific_creative_enhance_engine import MagnificCreativeEnhanceEngine as MagnificCreativeEnhanceEngine
    from .magnific_creative_enhance_optimized_for import (
        MagnificCreativeEnhanceOptimizedFor as MagnificCreativeEnhanceOptimizedFor,
    )
    from .magnific_creative_enhance_request import MagnificCreativeEnhanceRequest as MagnificCreativeEnhanceRequest
    from .magnific_image_format import MagnificImageFormat as MagnificImageFormat
    from .magnific_precise_enhance_flavor import MagnificPreciseEnhanceFlavor as MagnificPreciseEnhanceFlavor
    from .magnific_precise_enhance_request import MagnificPreciseEnhanceRequest as MagnificPreciseEnhanceRequest
    from .mesh_input_mode import MeshInputMode as MeshInputMode
    from .meshy_7_request import Meshy7Request as Meshy7Request
    from .model_unavailable import ModelUnavailable as ModelUnavailable
    from .muse_image_aspect_ratio import MuseImageAspectRatio as MuseImageAspectRatio
    from .muse_image_request import MuseImageRequest as MuseImageRequest
    from .nano_banana_2_1_request import NanoBanana21Request as NanoBanana21Request
    from .nano_banana_2_aspect_ratio import NanoBanana2AspectRatio as NanoBanana2AspectRatio
    from .nano_banana_2_request import NanoBanana2Request as NanoBanana2Request
    from .nano_banana_21_thinking_level import NanoBanana21ThinkingLevel as NanoBanana21ThinkingLevel
    from .nano_banana_aspect_ratio import NanoBananaAspectRatio as NanoBananaAspectRatio
    from .nano_banana_flash_lite_request import NanoBananaFlashLiteRequest as NanoBananaFlashLiteRequest
    from .nano_banana_pro_request import NanoBananaProRequest as NanoBananaProRequest
    from .nano_banana_request import NanoBananaRequest as NanoBananaRequest
    from .nano_banana_resolution import NanoBananaResolution as NanoBananaResolution
    from .node_app import NodeApp as NodeApp
    from .node_app_fields import NodeAppFields as NodeAppFields
    from .node_app_keys import NodeAppKeys as NodeAppKeys
    from .node_app_schema import NodeAppSchema as NodeAppSchema
    from .qwen_2512_request import Qwen2512Request as Qwen2512Request
    from .qwen_image_2_1_request import QwenImage21Request as QwenImage21Request
    from .qwen_image_3_request import QwenImage3Request as QwenImage3Request
    from .qwen_image_21_background import QwenImage21Background as QwenImage21Background
    from .ray_2_aspect_ratio import Ray2AspectRatio as Ray2AspectRatio
    from .ray_2_request import Ray2Request as Ray2Request
    from .recraft_v4_1_flash_request import RecraftV41FlashRequest as RecraftV41FlashRequest
    from .recraft_v41_flash_aspect_ratio import RecraftV41FlashAspectRatio as RecraftV41FlashAspectRatio
    from .recraft_v41_flash_resolution import RecraftV41FlashResolution as RecraftV41FlashResolution
    from .rodin_2_5_fast_request import Rodin25FastRequest as Rodin25FastRequest
    from .rodin_2_5_request import Rodin25Request as Rodin25Request
    from .runway_ruby_output_format import RunwayRubyOutputFormat as RunwayRubyOutputFormat
    from .runway_ruby_prores_profile import RunwayRubyProresProfile as RunwayRubyProresProfile
    from .runway_ruby_request import RunwayRubyRequest as RunwayRubyRequest
    from .seedance_1_0_pro_fast_request import Seedance10ProFastRequest as Seedance10ProFastRequest
    from .seedance_1_0_pro_request import Seedance10ProRequest as Seedance10ProRequest
    from .seedance_2_5_request import Seedance25Request as Seedance25Request
    from .seedance_2_aspect_ratio import Seedance2AspectRatio as Seedance2AspectRatio
    from .seedance_2_fast_request import Seedance2FastRequest as Seedance2FastRequest
    from .seedance_2_fast_resolution import Seedance2FastResolution as Seedance2FastResolution
    from .seedance_2_mini_request import Seedance2MiniRequest as Seedance2MiniRequest
    from .seedance_2_request import Seedance2Request as Seedance2Request
    from .seedance_2_resolution import Seedance2Resolution as Seedance2Resolution
    from .seedance_10_pro_aspect_ratio import Seedance10ProAspectRatio as Seedance10ProAspectRatio
    from .seedance_10_pro_fast_resolution import Seedance10ProFastResolution as Seedance10ProFastResolution
    from .seedance_10_pro_resolution import Seedance10ProResolution as Seedance10ProResolution
    from .seedance_25_resolution import Seedance25Resolution as Seedance25Resolution
    from .seedance_effect import SeedanceEffect as SeedanceEffect
    from .seedance_effect_asset_type import SeedanceEffectAssetType as SeedanceEffectAssetType
    from .seededit_request import SeededitRequest as SeededitRequest
    from .seedream_4_request import Seedream4Request as Seedream4Request
    from .seedream_5_lite_request import Seedream5LiteRequest as Seedream5LiteRequest
    from .seedream_5_pro_request import Seedream5ProRequest as Seedream5ProRequest
    from .style import Style as Style
    from .style_filter import StyleFilter as StyleFilter
    from .style_image import StyleImage as StyleImage
    from .style_owner import StyleOwner as StyleOwner
    from .style_page import StylePage as StylePage
    from .style_reference import StyleReference as StyleReference
    from .style_share_link import StyleShareLink as StyleShareLink
    from .style_sharing import StyleSharing as StyleSharing
    from .style_unsharing import StyleUnsharing as StyleUnsharing
    from .topaz_astra_2_creativity import TopazAstra2Creativity as TopazAstra2Creativity
    from .topaz_astra_2_request import TopazAstra2Request as TopazAstra2Request
    from .topaz_astra_creativity import TopazAstraCreativity as TopazAstraCreativity
    from .topaz_astra_request import TopazAstraRequest as TopazAstraRequest
    from .topaz_bloom_2_enhance_request import TopazBloom2EnhanceRequest as TopazBloom2EnhanceRequest
    from .topaz_bloom_enhance_request import TopazBloomEnhanceRequest as TopazBloomEnhanceRequest
    from .topaz_frame_interpolation_model import TopazFrameInterpolationModel as TopazFrameInterpolationModel
    from .topaz_generative_enhance_model import TopazGenerativeEnhanceModel as TopazGenerativeEnhanceModel
    from .topaz_generative_enhance_request import TopazGenerativeEnhanceRequest as TopazGenerativeEnhanceRequest
    from .topaz_grain_model import TopazGrainModel as TopazGrainModel
    from .topaz_hyperion_request import TopazHyperionRequest as TopazHyperionRequest
    from .topaz_image_format import TopazImageFormat as TopazImageFormat
    from .topaz_standard_enhance_model import TopazStandardEnhanceModel as TopazStandardEnhanceModel
    from .topaz_standard_enhance_request import TopazStandardEnhanceRequest as TopazStandardEnhanceRequest
    from .topaz_starlight_precise_25_request import TopazStarlightPrecise25Request as TopazStarlightPrecise25Request
    from .topaz_starlight_precise_request import TopazStarlightPreciseRequest as TopazStarlightPreciseRequest
    from .topaz_subject_detection import TopazSubjectDetection as TopazSubjectDetection
    from .topaz_video_output_preset import TopazVideoOutputPreset as TopazVideoOutputPreset
    from .topaz_video_upscale_enhancement_focus_fix import (
        TopazVideoUpscaleEnhancementFocusFix as TopazVideoUpscaleEnhancementFocusFix,
    )
    from .topaz_video_upscale_enhancement_model import (
        TopazVideoUpscaleEnhancementModel as TopazVideoUpscaleEnhancementModel,
    )
    from .topaz_video_upscale_enhancement_parameters import (
        TopazVideoUpscaleEnhancementParameters as TopazVideoUpscaleEnhancementParameters,
    )
    from .topaz_video_upscale_enhancement_video_type import (
        TopazVideoUpscaleEnhancementVideoType as TopazVideoUpscaleEnhancementVideoType,
    )
    from .topaz_video_upscale_request import TopazVideoUpscaleRequest as TopazVideoUpscaleRequest
    from .topaz_wonder_35_enhance_enhancement_strength import (
        TopazWonder35EnhanceEnhancementStrength as TopazWonder35EnhanceEnhancementStrength,
    )
    from .topaz_wonder_35_enhance_request import TopazWonder35EnhanceRequest as TopazWonder35EnhanceRequest
    from .train_flux_style_model import TrainFluxStyleModel as TrainFluxStyleModel
    from .train_flux_style_request import TrainFluxStyleRequest as TrainFluxStyleRequest
    from .train_flux_style_type import TrainFluxStyleType as TrainFluxStyleType
    from .train_qwen_style_model import TrainQwenStyleModel as TrainQwenStyleModel
    from .train_qwen_style_request import TrainQwenStyleRequest as TrainQwenStyleRequest
    from .train_qwen_style_type import TrainQwenStyleType as TrainQwenStyleType
    from .trellis_2_request import Trellis2Request as Trellis2Request
    from .trellis_2_resolution import Trellis2Resolution as Trellis2Resolution
    from .trellis_2_texture_size import Trellis2TextureSize as Trellis2TextureSize
    from .trellis_request import TrellisRequest as TrellisRequest
    from .tripo_h3_1_request import TripoH31Request as TripoH31Request
    from .tripo_request import TripoRequest as TripoRequest
    from .uni_1_mode import Uni1Mode as Uni1Mode
    from .uni_1_output_format import Uni1OutputFormat as Uni1OutputFormat
    from .uni_1_request import Uni1Request as Uni1Request
    from .uni_1_style import Uni1Style as Uni1Style
    from .update_style_request import UpdateStyleRequest as UpdateStyleRequest
    from .upload_asset_request import UploadAssetRequest as UploadAssetRequest
    from .usage import Usage as Usage
    from .used_job import UsedJob as UsedJob
    from .veo_2_aspect_ratio import Veo2AspectRatio as Veo2AspectRatio
    from .veo_2_request import Veo2Request as Veo2Request
    from .veo_3_1_fast_request import Veo31FastRequest as Veo31FastRequest
    from .veo_3_1_lite_request import Veo31LiteRequest as Veo31LiteRequest
    from .veo_3_1_request import Veo31Request as Veo31Request
    from .veo_3_aspect_ratio import Veo3AspectRatio as Veo3AspectRatio
    from .veo_3_duration import Veo3Duration as Veo3Duration
    from .veo_3_fast_request import Veo3FastRequest as Veo3FastRequest
    from .veo_3_request import Veo3Request as Veo3Request
    from .veo_3_resolution import Veo3Resolution as Veo3Resolution
    from .veo_31_aspect_ratio import Veo31AspectRatio as Veo31AspectRatio
    from .veo_31_duration import Veo31Duration as Veo31Duration
    from .veo_31_lite_resolution import Veo31LiteResolution as Veo31LiteResolution
    from .veo_31_resolution import Veo31Resolution as Veo31Resolution
    from .vidu_q3_aspect_ratio import ViduQ3AspectRatio as ViduQ3AspectRatio
    from .vidu_q3_movement_amplitude import ViduQ3MovementAmplitude as ViduQ3MovementAmplitude
    from .vidu_q3_request import ViduQ3Request as ViduQ3Request
    from .vidu_q3_resolution import ViduQ3Resolution as ViduQ3Resolution
    from .wan_2_1_request import Wan21Request as Wan21Request
    from .wan_2_2_request import Wan22Request as Wan22Request
    from .wan_2_5_request import Wan25Request as Wan25Request
    from .wan_3_0_request import Wan30Request as Wan30Request
    from .wan_21_aspect_ratio import Wan21AspectRatio as Wan21AspectRatio
    from .wan_25_aspect_ratio import Wan25AspectRatio as Wan25AspectRatio
    from .wan_25_resolution import Wan25Resolution as Wan25Resolution
    from .wan_30_aspect_ratio import Wan30AspectRatio as Wan30AspectRatio
    from .wan_30_resolution import Wan30Resolution as Wan30Resolution
    from .workspace import Workspace as Workspace
    from .z_image_aspect_ratio import ZImageAspectRatio as ZImageAspectRatio
    from .z_image_request import ZImageRequest as ZImageRequest
    from .z_image_resolution import ZImageResolution as ZImageResolution
else:
    _HOMES = {
        "AlephRatio": ".aleph_ratio",
        "AlephReference": ".aleph_reference",
        "AlephReferenceType": ".aleph_reference_type",
        "AlephRequest": ".aleph_request",
        "Asset": ".asset",
        "AssetDeletion": ".asset_deletion",
        "AssetPage": ".asset_page",
        "BlackForestLabsFluxVideoUpscaleCreativity": ".black_forest_labs_flux_video_upscale_creativity",
        "BlackForestLabsFluxVideoUpscaleRequest": ".black_forest_labs_flux_video_upscale_request",
        "BytedanceSeedAudio10Request": ".bytedance_seed_audio_1_0_request",
        "BytedanceSeedvr2Request": ".bytedance_seedvr_2_request",
        "ElevenlabsMusicRequest": ".elevenlabs_music_request",
        "ElevenlabsMusicV25Request": ".elevenlabs_music_v2_5_request",
        "ElevenlabsMusicV2Request": ".elevenlabs_music_v2_request",
        "ElevenlabsTtsRequest": ".elevenlabs_tts_request",
        "ErrorAnswer": ".error_answer",
        "ExecuteNodeAppRequest": ".execute_node_app_request",
        "Export3D": ".export_3d",
        "Export3DFormat": ".export_3d_format",
        "Export3DRequest": ".export_3d_request",
        "Flux11ProRequest": ".flux_1_1_pro_request",
        "Flux11ProUltraRequest": ".flux_1_1_pro_ultra_request",
        "Flux1DevRequest": ".flux_1_dev_request",
        "Flux1KontextDevRequest": ".flux_1_kontext_dev_request",
        "Flux3VideoAspectRatio": ".flux_3_video_aspect_ratio",
        "Flux3VideoRequest": ".flux_3_video_request",
        "Flux3VideoResolution": ".flux_3_video_resolution",
        "FluxVideoEditRequest": ".flux_video_edit_request",
        "GeminiOmniFlash11Request": ".gemini_omni_flash_1_1_request",
        "GeminiOmniFlashAspectRatio": ".gemini_omni_flash_aspect_ratio",
        "GeminiOmniFlashRequest": ".gemini_omni_flash_request",
        "Gen3AspectRatio": ".gen_3_aspect_ratio",
        "Gen3Duration": ".gen_3_duration",
        "Gen3Request": ".gen_3_request",
        "Gen45AspectRatio": ".gen_45_aspect_ratio",
        "Gen45Request": ".gen_4_5_request",
        "Gen4ImageReference": ".gen_4_image_reference",
        "Gen4ImageRequest": ".gen_4_image_request",
        "Gen4VideoAspectRatio": ".gen_4_video_aspect_ratio",
        "Gen4VideoRequest": ".gen_4_video_request",
        "GptImage25AspectRatio": ".gpt_image_25_aspect_ratio",
        "GptImage25FlareBackground": ".gpt_image_25_flare_background",
        "GptImage25Quality": ".gpt_image_25_quality",
        "GptImage25Resolution": ".gpt_image_25_resolution",
        "GptImage25FlareRequest": ".gpt_image_2_5_flare_request",
        "GptImage25SunburstRequest": ".gpt_image_2_5_sunburst_request",
        "GptImage2AspectRatio": ".gpt_image_2_aspect_ratio",
        "GptImage2Quality": ".gpt_image_2_quality",
        "GptImage2Request": ".gpt_image_2_request",
        "GptImage2Resolution": ".gpt_image_2_resolution",
        "GptImageQuality": ".gpt_image_quality",
        "GptImageRequest": ".gpt_image_request",
        "GrokImagine2AspectRatio": ".grok_imagine_2_aspect_ratio",
        "GrokImagine2EditRequest": ".grok_imagine_2_edit_request",
        "GrokImagine2Quality": ".grok_imagine_2_quality",
        "GrokImagine2Request": ".grok_imagine_2_request",
        "GrokImagine2Resolution": ".grok_imagine_2_resolution",
        "GrokVideo15AspectRatio": ".grok_video_15_aspect_ratio",
        "GrokVideo15Resolution": ".grok_video_15_resolution",
        "GrokVideo15Request": ".grok_video_1_5_request",
        "GrokVideoAspectRatio": ".grok_video_aspect_ratio",
        "GrokVideoRequest": ".grok_video_request",
        "GrokVideoResolution": ".grok_video_resolution",
        "H3MaxAspectRatio": ".h3_max_aspect_ratio",
        "H3MaxCameraControlsRequest": ".h3_max_camera_controls_request",
        "H3MaxCameraPoint": ".h3_max_camera_point",
        "H3MaxPromptExpansionMode": ".h3_max_prompt_expansion_mode",
        "H3MaxRequest": ".h3_max_request",
        "H3MaxResolution": ".h3_max_resolution",
        "H3MaxTurboPromptExpansionMode": ".h3_max_turbo_prompt_expansion_mode",
        "H3MaxTurboRequest": ".h3_max_turbo_request",
        "Hailuo02Request": ".hailuo_02_request",
        "Hailuo02Resolution": ".hailuo_02_resolution",
        "Hailuo23Duration": ".hailuo_23_duration",
        "Hailuo23Resolution": ".hailuo_23_resolution",
        "Hailuo23FastRequest": ".hailuo_2_3_fast_request",
        "Hailuo23Request": ".hailuo_2_3_request",
        "Hailuo3AspectRatio": ".hailuo_3_aspect_ratio",
        "Hailuo3Request": ".hailuo_3_request",
        "HailuoRequest": ".hailuo_request",
        "Hunyuan3D21Request": ".hunyuan3d_2_1_request",
        "Hunyuan3D31ProRequest": ".hunyuan3d_3_1_pro_request",
        "Hunyuan3D31RapidRequest": ".hunyuan3d_3_1_rapid_request",
        "Ideogram2TurboRequest": ".ideogram_2_turbo_request",
        "Ideogram3Request": ".ideogram_3_request",
        "Ideogram45AspectRatio": ".ideogram_45_aspect_ratio",
        "Ideogram45Quality": ".ideogram_45_quality",
        "Ideogram45Resolution": ".ideogram_45_resolution",
        "Ideogram45PreciseRequest": ".ideogram_4_5_precise_request",
        "Ideogram45Request": ".ideogram_4_5_request",
        "Imagen3Request": ".imagen_3_request",
        "Imagen4FastRequest": ".imagen_4_fast_request",
        "Imagen4Request": ".imagen_4_request",
        "Imagen4UltraRequest": ".imagen_4_ultra_request",
        "Job": ".job",
        "JobError": ".job_error",
        "JobFile": ".job_file",
        "JobPage": ".job_page",
        "JobResult": ".job_result",
        "JobStatus": ".job_status",
        "JobUrlMap": ".job_url_map",
        "Kling15Mode": ".kling_15_mode",
        "Kling15Request": ".kling_1_5_request",
        "Kling16Request": ".kling_1_6_request",
        "Kling1AspectRatio": ".kling_1_aspect_ratio",
        "Kling1Duration": ".kling_1_duration",
        "Kling1Mode": ".kling_1_mode",
        "Kling1Request": ".kling_1_request",
        "Kling21Duration": ".kling_21_duration",
        "Kling26AspectRatio": ".kling_26_aspect_ratio",
        "Kling21Request": ".kling_2_1_request",
        "Kling25Request": ".kling_2_5_request",
        "Kling26Request": ".kling_2_6_request",
        "Kling2AspectRatio": ".kling_2_aspect_ratio",
        "Kling2Duration": ".kling_2_duration",
        "Kling2Mode": ".kling_2_mode",
        "Kling2Request": ".kling_2_request",
        "Kling30AspectRatio": ".kling_30_aspect_ratio",
        "Kling30Mode": ".kling_30_mode",
        "Kling30Shot": ".kling_30_shot",
        "Kling30Request": ".kling_3_0_request",
        "KlingCameraAxes": ".kling_camera_axes",
        "KlingCameraMove": ".kling_camera_move",
        "KlingCameraMoveType": ".kling_camera_move_type",
        "KlingCameraPath": ".kling_camera_path",
        "KlingCameraPathType": ".kling_camera_path_type",
        "KlingO1AspectRatio": ".kling_o1_aspect_ratio",
        "KlingO1Element": ".kling_o1_element",
        "KlingO1Reference": ".kling_o1_reference",
        "KlingO1Request": ".kling_o1_request",
        "Krea2AspectRatio": ".krea_2_aspect_ratio",
        "Krea2Creativity": ".krea_2_creativity",
        "Krea2LargeRequest": ".krea_2_large_request",
        "Krea2MediumRequest": ".krea_2_medium_request",
        "Krea2MediumTurboRequest": ".krea_2_medium_turbo_request",
        "Krea2Moodboard": ".krea_2_moodboard",
        "Krea2Resolution": ".krea_2_resolution",
        "Krea2StyleImage": ".krea_2_style_image",
        "Krea3AspectRatio": ".krea_3_aspect_ratio",
        "Krea3Model": ".krea_3_model",
        "Krea3Request": ".krea_3_request",
        "Krea3Resolution": ".krea_3_resolution",
        "KreaEnhanceRequest": ".krea_enhance_request",
        "KreaLegacyEnhanceRequest": ".krea_legacy_enhance_request",
        "LtxVideo2322BAspectRatio": ".ltx_video_2322b_aspect_ratio",
        "LtxVideo2322BDuration": ".ltx_video_2322b_duration",
        "LtxVideo25FastDuration": ".ltx_video_25_fast_duration",
        "LtxVideo25FastResolution": ".ltx_video_25_fast_resolution",
        "LtxVideo25ProCameraMotion": ".ltx_video_25_pro_camera_motion",
        "LtxVideo25ProDuration": ".ltx_video_25_pro_duration",
        "LtxVideo25ProResolution": ".ltx_video_25_pro_resolution",
        "LtxVideo2322BRequest": ".ltx_video_2_3_22b_request",
        "LtxVideo25FastRequest": ".ltx_video_2_5_fast_request",
        "LtxVideo25ProRequest": ".ltx_video_2_5_pro_request",
        "MagnificCreativeEnhanceEngine": ".magnific_creative_enhance_engine",
        "MagnificCreativeEnhanceOptimizedFor": ".magnific_creative_enhance_optimized_for",
        "MagnificCreativeEnhanceRequest": ".magnific_creative_enhance_request",
        "MagnificImageFormat": ".magnific_image_format",
        "MagnificPreciseEnhanceFlavor": ".magnific_precise_enhance_flavor",
        "MagnificPreciseEnhanceRequest": ".magnific_precise_enhance_request",
        "MeshInputMode": ".mesh_input_mode",
        "Meshy7Request": ".meshy_7_request",
        "ModelUnavailable": ".model_unavailable",
        "MuseImageAspectRatio": ".muse_image_aspect_ratio",
        "MuseImageRequest": ".muse_image_request",
        "NanoBanana21ThinkingLevel": ".nano_banana_21_thinking_level",
        "NanoBanana21Request": ".nano_banana_2_1_request",
        "NanoBanana2AspectRatio": ".nano_banana_2_aspect_ratio",
        "NanoBanana2Request": ".nano_banana_2_request",
        "NanoBananaAspectRatio": ".nano_banana_aspect_ratio",
        "NanoBananaFlashLiteRequest": ".nano_banana_flash_lite_request",
        "NanoBananaProRequest": ".nano_banana_pro_request",
        "NanoBananaRequest": ".nano_banana_request",
        "NanoBananaResolution": ".nano_banana_resolution",
        "NodeApp": ".node_app",
        "NodeAppFields": ".node_app_fields",
        "NodeAppKeys": ".node_app_keys",
        "NodeAppSchema": ".node_app_schema",
        "Qwen2512Request": ".qwen_2512_request",
        "QwenImage21Background": ".qwen_image_21_background",
        "QwenImage21Request": ".qwen_image_2_1_request",
        "QwenImage3Request": ".qwen_image_3_request",
        "Ray2AspectRatio": ".ray_2_aspect_ratio",
        "Ray2Request": ".ray_2_request",
        "RecraftV41FlashAspectRatio": ".recraft_v41_flash_aspect_ratio",
        "RecraftV41FlashResolution": ".recraft_v41_flash_resolution",
        "RecraftV41FlashRequest": ".recraft_v4_1_flash_request",
        "Rodin25FastRequest": ".rodin_2_5_fast_request",
        "Rodin25Request": ".rodin_2_5_request",
        "RunwayRubyOutputFormat": ".runway_ruby_output_format",
        "RunwayRubyProresProfile": ".runway_ruby_prores_profile",
        "RunwayRubyRequest": ".runway_ruby_request",
        "Seedance10ProAspectRatio": ".seedance_10_pro_aspect_ratio",
        "Seedance10ProFastResolution": ".seedance_10_pro_fast_resolution",
        "Seedance10ProResolution": ".seedance_10_pro_resolution",
        "Seedance10ProFastRequest": ".seedance_1_0_pro_fast_request",
        "Seedance10ProRequest": ".seedance_1_0_pro_request",
        "Seedance25Resolution": ".seedance_25_resolution",
        "Seedance25Request": ".seedance_2_5_request",
        "Seedance2AspectRatio": ".seedance_2_aspect_ratio",
        "Seedance2FastRequest": ".seedance_2_fast_request",
        "Seedance2FastResolution": ".seedance_2_fast_resolution",
        "Seedance2MiniRequest": ".seedance_2_mini_request",
        "Seedance2Request": ".seedance_2_request",
        "Seedance2Resolution": ".seedance_2_resolution",
        "SeedanceEffect": ".seedance_effect",
        "SeedanceEffectAssetType": ".seedance_effect_asset_type",
        "SeededitRequest": ".seededit_request",
        "Seedream4Request": ".seedream_4_request",
        "Seedream5LiteRequest": ".seedream_5_lite_request",
        "Seedream5ProRequest": ".seedream_5_pro_request",
        "Style": ".style",
        "StyleFilter": ".style_filter",
        "StyleImage": ".style_image",
        "StyleOwner": ".style_owner",
        "StylePage": ".style_page",
        "StyleReference": ".style_reference",
        "StyleShareLink": ".style_share_link",
        "StyleSharing": ".style_sharing",
        "StyleUnsharing": ".style_unsharing",
        "TopazAstra2Creativity": ".topaz_astra_2_creativity",
        "TopazAstra2Request": ".topaz_astra_2_request",
        "TopazAstraCreativity": ".topaz_astra_creativity",
        "TopazAstraRequest": ".topaz_astra_request",
        "TopazBloom2EnhanceRequest": ".topaz_bloom_2_enhance_request",
        "TopazBloomEnhanceRequest": ".topaz_bloom_enhance_request",
        "TopazFrameInterpolationModel": ".topaz_frame_interpolation_model",
        "TopazGenerativeEnhanceModel": ".topaz_generative_enhance_model",
        "TopazGenerativeEnhanceRequest": ".topaz_generative_enhance_request",
        "TopazGrainModel": ".topaz_grain_model",
        "TopazHyperionRequest": ".topaz_hyperion_request",
        "TopazImageFormat": ".topaz_image_format",
        "TopazStandardEnhanceModel": ".topaz_standard_enhance_model",
        "TopazStandardEnhanceRequest": ".topaz_standard_enhance_request",
        "TopazStarlightPrecise25Request": ".topaz_starlight_precise_25_request",
        "TopazStarlightPreciseRequest": ".topaz_starlight_precise_request",
        "TopazSubjectDetection": ".topaz_subject_detection",
        "TopazVideoOutputPreset": ".topaz_video_output_preset",
        "TopazVideoUpscaleEnhancementFocusFix": ".topaz_video_upscale_enhancement_focus_fix",
        "TopazVideoUpscaleEnhancementModel": ".topaz_video_upscale_enhancement_model",
        "TopazVideoUpscaleEnhancementParameters": ".topaz_video_upscale_enhancement_parameters",
        "TopazVideoUpscaleEnhancementVideoType": ".topaz_video_upscale_enhancement_video_type",
        "TopazVideoUpscaleRequest": ".topaz_video_upscale_request",
        "TopazWonder35EnhanceEnhancementStrength": ".topaz_wonder_35_enhance_enhancement_strength",
        "TopazWonder35EnhanceRequest": ".topaz_wonder_35_enhance_request",
        "TrainFluxStyleModel": ".train_flux_style_model",
        "TrainFluxStyleRequest": ".train_flux_style_request",
        "TrainFluxStyleType": ".train_flux_style_type",
        "TrainQwenStyleModel": ".train_qwen_style_model",
        "TrainQwenStyleRequest": ".train_qwen_style_request",
        "TrainQwenStyleType": ".train_qwen_style_type",
        "Trellis2Request": ".trellis_2_request",
        "Trellis2Resolution": ".trellis_2_resolution",
        "Trellis2TextureSize": ".trellis_2_texture_size",
        "TrellisRequest": ".trellis_request",
        "TripoH31Request": ".tripo_h3_1_request",
        "TripoRequest": ".tripo_request",
        "Uni1Mode": ".uni_1_mode",
        "Uni1OutputFormat": ".uni_1_output_format",
        "Uni1Request": ".uni_1_request",
        "Uni1Style": ".uni_1_style",
        "UpdateStyleRequest": ".update_style_request",
        "UploadAssetRequest": ".upload_asset_request",
        "Usage": ".usage",
        "UsedJob": ".used_job",
        "Veo2AspectRatio": ".veo_2_aspect_ratio",
        "Veo2Request": ".veo_2_request",
        "Veo31AspectRatio": ".veo_31_aspect_ratio",
        "Veo31Duration": ".veo_31_duration",
        "Veo31LiteResolution": ".veo_31_lite_resolution",
        "Veo31Resolution": ".veo_31_resolution",
        "Veo31FastRequest": ".veo_3_1_fast_request",
        "Veo31LiteRequest": ".veo_3_1_lite_request",
        "Veo31Request": ".veo_3_1_request",
        "Veo3AspectRatio": ".veo_3_aspect_ratio",
        "Veo3Duration": ".veo_3_duration",
        "Veo3FastRequest": ".veo_3_fast_request",
        "Veo3Request": ".veo_3_request",
        "Veo3Resolution": ".veo_3_resolution",
        "ViduQ3AspectRatio": ".vidu_q3_aspect_ratio",
        "ViduQ3MovementAmplitude": ".vidu_q3_movement_amplitude",
        "ViduQ3Request": ".vidu_q3_request",
        "ViduQ3Resolution": ".vidu_q3_resolution",
        "Wan21AspectRatio": ".wan_21_aspect_ratio",
        "Wan25AspectRatio": ".wan_25_aspect_ratio",
        "Wan25Resolution": ".wan_25_resolution",
        "Wan21Request": ".wan_2_1_request",
        "Wan22Request": ".wan_2_2_request",
        "Wan25Request": ".wan_2_5_request",
        "Wan30AspectRatio": ".wan_30_aspect_ratio",
        "Wan30Resolution": ".wan_30_resolution",
        "Wan30Request": ".wan_3_0_request",
        "Workspace": ".workspace",
        "ZImageAspectRatio": ".z_image_aspect_ratio",
        "ZImageRequest": ".z_image_request",
        "ZImageResolution": ".z_image_resolution",
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


__all__ = (
    "AlephRatio",
    "AlephReference",
    "AlephReferenceType",
    "AlephRequest",
    "Asset",
    "AssetDeletion",
    "AssetPage",
    "BlackForestLabsFluxVideoUpscaleCreativity",
    "BlackForestLabsFluxVideoUpscaleRequest",
    "BytedanceSeedAudio10Request",
    "BytedanceSeedvr2Request",
    "ElevenlabsMusicRequest",
    "ElevenlabsMusicV25Request",
    "ElevenlabsMusicV2Request",
    "ElevenlabsTtsRequest",
    "ErrorAnswer",
    "ExecuteNodeAppRequest",
    "Export3D",
    "Export3DFormat",
    "Export3DRequest",
    "Flux11ProRequest",
    "Flux11ProUltraRequest",
    "Flux1DevRequest",
    "Flux1KontextDevRequest",
    "Flux3VideoAspectRatio",
    "Flux3VideoRequest",
    "Flux3VideoResolution",
    "FluxVideoEditRequest",
    "GeminiOmniFlash11Request",
    "GeminiOmniFlashAspectRatio",
    "GeminiOmniFlashRequest",
    "Gen3AspectRatio",
    "Gen3Duration",
    "Gen3Request",
    "Gen45AspectRatio",
    "Gen45Request",
    "Gen4ImageReference",
    "Gen4ImageRequest",
    "Gen4VideoAspectRatio",
    "Gen4VideoRequest",
    "GptImage25AspectRatio",
    "GptImage25FlareBackground",
    "GptImage25FlareRequest",
    "GptImage25Quality",
    "GptImage25Resolution",
    "GptImage25SunburstRequest",
    "GptImage2AspectRatio",
    "GptImage2Quality",
    "GptImage2Request",
    "GptImage2Resolution",
    "GptImageQuality",
    "GptImageRequest",
    "GrokImagine2AspectRatio",
    "GrokImagine2EditRequest",
    "GrokImagine2Quality",
    "GrokImagine2Request",
    "GrokImagine2Resolution",
    "GrokVideo15AspectRatio",
    "GrokVideo15Request",
    "GrokVideo15Resolution",
    "GrokVideoAspectRatio",
    "GrokVideoRequest",
    "GrokVideoResolution",
    "H3MaxAspectRatio",
    "H3MaxCameraControlsRequest",
    "H3MaxCameraPoint",
    "H3MaxPromptExpansionMode",
    "H3MaxRequest",
    "H3MaxResolution",
    "H3MaxTurboPromptExpansionMode",
    "H3MaxTurboRequest",
    "Hailuo02Request",
    "Hailuo02Resolution",
    "Hailuo23Duration",
    "Hailuo23FastRequest",
    "Hailuo23Request",
    "Hailuo23Resolution",
    "Hailuo3AspectRatio",
    "Hailuo3Request",
    "HailuoRequest",
    "Hunyuan3D21Request",
    "Hunyuan3D31ProRequest",
    "Hunyuan3D31RapidRequest",
    "Ideogram2TurboRequest",
    "Ideogram3Request",
    "Ideogram45AspectRatio",
    "Ideogram45PreciseRequest",
    "Ideogram45Quality",
    "Ideogram45Request",
    "Ideogram45Resolution",
    "Imagen3Request",
    "Imagen4FastRequest",
    "Imagen4Request",
    "Imagen4UltraRequest",
    "Job",
    "JobError",
    "JobFile",
    "JobPage",
    "JobResult",
    "JobStatus",
    "JobUrlMap",
    "Kling15Mode",
    "Kling15Request",
    "Kling16Request",
    "Kling1AspectRatio",
    "Kling1Duration",
    "Kling1Mode",
    "Kling1Request",
    "Kling21Duration",
    "Kling21Request",
    "Kling25Request",
    "Kling26AspectRatio",
    "Kling26Request",
    "Kling2AspectRatio",
    "Kling2Duration",
    "Kling2Mode",
    "Kling2Request",
    "Kling30AspectRatio",
    "Kling30Mode",
    "Kling30Request",
    "Kling30Shot",
    "KlingCameraAxes",
    "KlingCameraMove",
    "KlingCameraMoveType",
    "KlingCameraPath",
    "KlingCameraPathType",
    "KlingO1AspectRatio",
    "KlingO1Element",
    "KlingO1Reference",
    "KlingO1Request",
    "Krea2AspectRatio",
    "Krea2Creativity",
    "Krea2LargeRequest",
    "Krea2MediumRequest",
    "Krea2MediumTurboRequest",
    "Krea2Moodboard",
    "Krea2Resolution",
    "Krea2StyleImage",
    "Krea3AspectRatio",
    "Krea3Model",
    "Krea3Request",
    "Krea3Resolution",
    "KreaEnhanceRequest",
    "KreaLegacyEnhanceRequest",
    "LtxVideo2322BAspectRatio",
    "LtxVideo2322BDuration",
    "LtxVideo2322BRequest",
    "LtxVideo25FastDuration",
    "LtxVideo25FastRequest",
    "LtxVideo25FastResolution",
    "LtxVideo25ProCameraMotion",
    "LtxVideo25ProDuration",
    "LtxVideo25ProRequest",
    "LtxVideo25ProResolution",
    "MagnificCreativeEnhanceEngine",
    "MagnificCreativeEnhanceOptimizedFor",
    "MagnificCreativeEnhanceRequest",
    "MagnificImageFormat",
    "MagnificPreciseEnhanceFlavor",
    "MagnificPreciseEnhanceRequest",
    "MeshInputMode",
    "Meshy7Request",
    "ModelUnavailable",
    "MuseImageAspectRatio",
    "MuseImageRequest",
    "NanoBanana21Request",
    "NanoBanana21ThinkingLevel",
    "NanoBanana2AspectRatio",
    "NanoBanana2Request",
    "NanoBananaAspectRatio",
    "NanoBananaFlashLiteRequest",
    "NanoBananaProRequest",
    "NanoBananaRequest",
    "NanoBananaResolution",
    "NodeApp",
    "NodeAppFields",
    "NodeAppKeys",
    "NodeAppSchema",
    "Qwen2512Request",
    "QwenImage21Background",
    "QwenImage21Request",
    "QwenImage3Request",
    "Ray2AspectRatio",
    "Ray2Request",
    "RecraftV41FlashAspectRatio",
    "RecraftV41FlashRequest",
    "RecraftV41FlashResolution",
    "Rodin25FastRequest",
    "Rodin25Request",
    "RunwayRubyOutputFormat",
    "RunwayRubyProresProfile",
    "RunwayRubyRequest",
    "Seedance10ProAspectRatio",
    "Seedance10ProFastRequest",
    "Seedance10ProFastResolution",
    "Seedance10ProRequest",
    "Seedance10ProResolution",
    "Seedance25Request",
    "Seedance25Resolution",
    "Seedance2AspectRatio",
    "Seedance2FastRequest",
    "Seedance2FastResolution",
    "Seedance2MiniRequest",
    "Seedance2Request",
    "Seedance2Resolution",
    "SeedanceEffect",
    "SeedanceEffectAssetType",
    "SeededitRequest",
    "Seedream4Request",
    "Seedream5LiteRequest",
    "Seedream5ProRequest",
    "Style",
    "StyleFilter",
    "StyleImage",
    "StyleOwner",
    "StylePage",
    "StyleReference",
    "StyleShareLink",
    "StyleSharing",
    "StyleUnsharing",
    "TopazAstra2Creativity",
    "TopazAstra2Request",
    "TopazAstraCreativity",
    "TopazAstraRequest",
    "TopazBloom2EnhanceRequest",
    "TopazBloomEnhanceRequest",
    "TopazFrameInterpolationModel",
    "TopazGenerativeEnhanceModel",
    "TopazGenerativeEnhanceRequest",
    "TopazGrainModel",
    "TopazHyperionRequest",
    "TopazImageFormat",
    "TopazStandardEnhanceModel",
    "TopazStandardEnhanceRequest",
    "TopazStarlightPrecise25Request",
    "TopazStarlightPreciseRequest",
    "TopazSubjectDetection",
    "TopazVideoOutputPreset",
    "TopazVideoUpscaleEnhancementFocusFix",
    "TopazVideoUpscaleEnhancementModel",
    "TopazVideoUpscaleEnhancementParameters",
    "TopazVideoUpscaleEnhancementVideoType",
    "TopazVideoUpscaleRequest",
    "TopazWonder35EnhanceEnhancementStrength",
    "TopazWonder35EnhanceRequest",
    "TrainFluxStyleModel",
    "TrainFluxStyleRequest",
    "TrainFluxStyleType",
    "TrainQwenStyleModel",
    "TrainQwenStyleRequest",
    "TrainQwenStyleType",
    "Trellis2Request",
    "Trellis2Resolution",
    "Trellis2TextureSize",
    "TrellisRequest",
    "TripoH31Request",
    "TripoRequest",
    "Uni1Mode",
    "Uni1OutputFormat",
    "Uni1Request",
    "Uni1Style",
    "UpdateStyleRequest",
    "UploadAssetRequest",
    "Usage",
    "UsedJob",
    "Veo2AspectRatio",
    "Veo2Request",
    "Veo31AspectRatio",
    "Veo31Duration",
    "Veo31FastRequest",
    "Veo31LiteRequest",
    "Veo31LiteResolution",
    "Veo31Request",
    "Veo31Resolution",
    "Veo3AspectRatio",
    "Veo3Duration",
    "Veo3FastRequest",
    "Veo3Request",
    "Veo3Resolution",
    "ViduQ3AspectRatio",
    "ViduQ3MovementAmplitude",
    "ViduQ3Request",
    "ViduQ3Resolution",
    "Wan21AspectRatio",
    "Wan21Request",
    "Wan22Request",
    "Wan25AspectRatio",
    "Wan25Request",
    "Wan25Resolution",
    "Wan30AspectRatio",
    "Wan30Request",
    "Wan30Resolution",
    "Workspace",
    "ZImageAspectRatio",
    "ZImageRequest",
    "ZImageResolution",
)
