# Made by scripts/regenerate from spec/. Edits are lost at the next run.
"""The bodies of requests and answers."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .error_answer import Error as Error
    from .gpt_image_2_aspect_ratio import GptImage2AspectRatio as GptImage2AspectRatio
    from .gpt_image_2_quality import GptImage2Quality as GptImage2Quality
    from .gpt_image_2_request import GptImage2Request as GptImage2Request
    from .gpt_image_2_resolution import GptImage2Resolution as GptImage2Resolution
    from .job import Job as Job
    from .job_error import JobError as JobError
    from .job_file import JobFile as JobFile
    from .job_page import JobPage as JobPage
    from .job_result import JobResult as JobResult
    from .job_status import JobStatus as JobStatus
    from .job_url_map import JobUrlMap as JobUrlMap
    from .model_unavailable import ModelUnavailable as ModelUnavailable
    from .style_image import StyleImage as StyleImage
    from .style_reference import StyleReference as StyleReference
    from .z_image_aspect_ratio import ZImageAspectRatio as ZImageAspectRatio
    from .z_image_request import ZImageRequest as ZImageRequest
    from .z_image_resolution import ZImageResolution as ZImageResolution
else:
    _HOMES = {
        "Error": ".error_answer",
        "GptImage2AspectRatio": ".gpt_image_2_aspect_ratio",
        "GptImage2Quality": ".gpt_image_2_quality",
        "GptImage2Request": ".gpt_image_2_request",
        "GptImage2Resolution": ".gpt_image_2_resolution",
        "Job": ".job",
        "JobError": ".job_error",
        "JobFile": ".job_file",
        "JobPage": ".job_page",
        "JobResult": ".job_result",
        "JobStatus": ".job_status",
        "JobUrlMap": ".job_url_map",
        "ModelUnavailable": ".model_unavailable",
        "StyleImage": ".style_image",
        "StyleReference": ".style_reference",
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
    "Error",
    "GptImage2AspectRatio",
    "GptImage2Quality",
    "GptImage2Request",
    "GptImage2Resolution",
    "Job",
    "JobError",
    "JobFile",
    "JobPage",
    "JobResult",
    "JobStatus",
    "JobUrlMap",
    "ModelUnavailable",
    "StyleImage",
    "StyleReference",
    "ZImageAspectRatio",
    "ZImageRequest",
    "ZImageResolution",
)
