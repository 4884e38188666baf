from typing import Literal

Integration = Literal[
    "data_commander",
    "dicom_annotation_tool",
    "files",
    "image_annotation_tool",
    "panel",
    "pointcloud_annotation_tool",
    "standalone",
    "video_annotation_tool",
]

INTEGRATION_VALUES: set[Integration] = {
    "data_commander",
    "dicom_annotation_tool",
    "files",
    "image_annotation_tool",
    "panel",
    "pointcloud_annotation_tool",
    "standalone",
    "video_annotation_tool",
}


def check_integration(value: str) -> Integration:
    if value in INTEGRATION_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {INTEGRATION_VALUES!r}")
