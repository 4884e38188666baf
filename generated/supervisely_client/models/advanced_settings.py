from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..types import UNSET, Unset

T = TypeVar("T", bound="AdvancedSettings")


@_attrs_define
class AdvancedSettings:
    """Where and with how much of the machine the app runs; the others on Kubernetes only."""

    limit_by_workspace: bool | Unset = UNSET
    use_health_check: bool | Unset = UNSET
    request_cpus: int | Unset = UNSET
    limit_cpus: int | Unset = UNSET
    limit_memory_gb: int | Unset = UNSET
    limit_shm_gb: int | Unset = UNSET
    limit_storage_gb: int | Unset = UNSET
    limit_gpus: int | Unset = UNSET
    limit_gpu_memory_mb: int | Unset = UNSET
    limit_gpu_cores_perc: int | Unset = UNSET

    def to_dict(self) -> dict[str, Any]:
        limit_by_workspace = self.limit_by_workspace

        use_health_check = self.use_health_check

        request_cpus = self.request_cpus

        limit_cpus = self.limit_cpus

        limit_memory_gb = self.limit_memory_gb

        limit_shm_gb = self.limit_shm_gb

        limit_storage_gb = self.limit_storage_gb

        limit_gpus = self.limit_gpus

        limit_gpu_memory_mb = self.limit_gpu_memory_mb

        limit_gpu_cores_perc = self.limit_gpu_cores_perc

        field_dict: dict[str, Any] = {}

        field_dict.update({})
        if limit_by_workspace is not UNSET:
            field_dict["limitByWorkspace"] = limit_by_workspace
        if use_health_check is not UNSET:
            field_dict["useHealthCheck"] = use_health_check
        if request_cpus is not UNSET:
            field_dict["requestCpus"] = request_cpus
        if limit_cpus is not UNSET:
            field_dict["limitCpus"] = limit_cpus
        if limit_memory_gb is not UNSET:
            field_dict["limitMemoryGb"] = limit_memory_gb
        if limit_shm_gb is not UNSET:
            field_dict["limitShmGb"] = limit_shm_gb
        if limit_storage_gb is not UNSET:
            field_dict["limitStorageGb"] = limit_storage_gb
        if limit_gpus is not UNSET:
            field_dict["limitGpus"] = limit_gpus
        if limit_gpu_memory_mb is not UNSET:
            field_dict["limitGpuMemoryMb"] = limit_gpu_memory_mb
        if limit_gpu_cores_perc is not UNSET:
            field_dict["limitGpuCoresPerc"] = limit_gpu_cores_perc

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        limit_by_workspace = d.pop("limitByWorkspace", UNSET)

        use_health_check = d.pop("useHealthCheck", UNSET)

        request_cpus = d.pop("requestCpus", UNSET)

        limit_cpus = d.pop("limitCpus", UNSET)

        limit_memory_gb = d.pop("limitMemoryGb", UNSET)

        limit_shm_gb = d.pop("limitShmGb", UNSET)

        limit_storage_gb = d.pop("limitStorageGb", UNSET)

        limit_gpus = d.pop("limitGpus", UNSET)

        limit_gpu_memory_mb = d.pop("limitGpuMemoryMb", UNSET)

        limit_gpu_cores_perc = d.pop("limitGpuCoresPerc", UNSET)

        advanced_settings = cls(
            limit_by_workspace=limit_by_workspace,
            use_health_check=use_health_check,
            request_cpus=request_cpus,
            limit_cpus=limit_cpus,
            limit_memory_gb=limit_memory_gb,
            limit_shm_gb=limit_shm_gb,
            limit_storage_gb=limit_storage_gb,
            limit_gpus=limit_gpus,
            limit_gpu_memory_mb=limit_gpu_memory_mb,
            limit_gpu_cores_perc=limit_gpu_cores_perc,
        )

        return advanced_settings
