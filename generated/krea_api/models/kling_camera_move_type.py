# Made by scripts/regenerate from spec/. Edits are lost at the next run.
from typing import Literal

KlingCameraMoveType = Literal["down_back", "forward_up", "left_turn_forward", "right_turn_forward"]

KLING_CAMERA_MOVE_TYPE_VALUES: set[KlingCameraMoveType] = {
    "down_back",
    "forward_up",
    "left_turn_forward",
    "right_turn_forward",
}


def check_kling_camera_move_type(value: str) -> KlingCameraMoveType:
    if value in KLING_CAMERA_MOVE_TYPE_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {KLING_CAMERA_MOVE_TYPE_VALUES!r}")
