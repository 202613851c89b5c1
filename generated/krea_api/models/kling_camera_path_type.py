# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

KlingCameraPathType = Literal["simple"]

KLING_CAMERA_PATH_TYPE_VALUES: set[KlingCameraPathType] = {
    "simple",
}


def check_kling_camera_path_type(value: str) -> KlingCameraPathType:
    if value in KLING_CAMERA_PATH_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KLING_CAMERA_PATH_TYPE_VALUES!r}")
