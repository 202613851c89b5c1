# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

LtxVideo25ProCameraMotion = Literal[
    "dolly_in", "dolly_left", "dolly_out", "dolly_right", "focus_shift", "jib_down", "jib_up", "static"
]

LTX_VIDEO_25_PRO_CAMERA_MOTION_VALUES: set[LtxVideo25ProCameraMotion] = {
    "dolly_in",
    "dolly_left",
    "dolly_out",
    "dolly_right",
    "focus_shift",
    "jib_down",
    "jib_up",
    "static",
}


def check_ltx_video_25_pro_camera_motion(value: str) -> LtxVideo25ProCameraMotion:
    if value in LTX_VIDEO_25_PRO_CAMERA_MOTION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LTX_VIDEO_25_PRO_CAMERA_MOTION_VALUES!r}")
