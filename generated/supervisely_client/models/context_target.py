from typing import Literal

ContextTarget = Literal[
    "agent_file",
    "agent_folder",
    "ecosystem",
    "files_file",
    "files_folder",
    "images_dataset",
    "images_project",
    "labeling_job",
    "mesh_dataset",
    "mesh_project",
    "point_cloud_dataset",
    "point_cloud_episodes_dataset",
    "point_cloud_episodes_project",
    "point_cloud_project",
    "team",
    "team_member",
    "videos_dataset",
    "videos_project",
    "volumes_dataset",
    "volumes_project",
    "workspace",
]

CONTEXT_TARGET_VALUES: set[ContextTarget] = {
    "agent_file",
    "agent_folder",
    "ecosystem",
    "files_file",
    "files_folder",
    "images_dataset",
    "images_project",
    "labeling_job",
    "mesh_dataset",
    "mesh_project",
    "point_cloud_dataset",
    "point_cloud_episodes_dataset",
    "point_cloud_episodes_project",
    "point_cloud_project",
    "team",
    "team_member",
    "videos_dataset",
    "videos_project",
    "volumes_dataset",
    "volumes_project",
    "workspace",
}


def check_context_target(value: str) -> ContextTarget:
    if value in CONTEXT_TARGET_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CONTEXT_TARGET_VALUES!r}")
