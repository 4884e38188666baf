"""How much of a Kubernetes cluster an app gets."""

from collections.abc import Mapping
from typing import Any

from .checks import as_mapping, as_whole, one_of
from .errors import ArgumentError

_WIRE_NAMES = {
    "use_health_check": "useHealthCheck",
    "request_cpus": "requestCpus",
    "limit_cpus": "limitCpus",
    "limit_memory_gb": "limitMemoryGb",
    "limit_shm_gb": "limitShmGb",
    "limit_storage_gb": "limitStorageGb",
    "limit_gpus": "limitGpus",
    "limit_gpu_memory_mb": "limitGpuMemoryMb",
    "limit_gpu_cores_perc": "limitGpuCoresPerc",
}
_OWN_NAMES = {wire: own for own, wire in _WIRE_NAMES.items()}


class KubernetesSettings:
    """Settings of `tasks.run.app` for agents on Kubernetes; names in snake_case or as on the wire, None for the cluster's default."""

    use_health_check: bool | None = None
    request_cpus: int | None = None
    limit_cpus: int | None = None
    limit_memory_gb: int | None = None
    limit_shm_gb: int | None = None
    limit_storage_gb: int | None = None
    limit_gpus: int | None = None
    limit_gpu_memory_mb: int | None = None
    limit_gpu_cores_perc: int | None = None

    def __init__(self, **settings: Any) -> None:
        for given, value in settings.items():
            name = _own_name(given)
            setattr(self, name, None if value is None else _checked(name, value))

    def to_dict(self) -> dict[str, int | bool]:
        """Give what is set, by its names on the wire."""
        return {_WIRE_NAMES[name]: value for name, value in vars(self).items() if value is not None}

    def __repr__(self) -> str:
        return f"KubernetesSettings({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KubernetesSettings) and self.to_dict() == other.to_dict()

    __hash__ = None  # type: ignore[assignment]


def as_settings(settings: KubernetesSettings | Mapping[str, Any] | None) -> dict[str, int | bool]:
    """Give the settings of an object, or of a dict in either spelling, by their names on the wire."""
    if isinstance(settings, KubernetesSettings):
        return settings.to_dict()
    given = as_mapping("kubernetes_settings", settings)
    return KubernetesSettings(**{_own_name(name): value for name, value in given.items()}).to_dict()


def _own_name(given: str) -> str:
    return one_of("kubernetes_settings", _OWN_NAMES.get(given, given), tuple(_WIRE_NAMES))


def _checked(name: str, value: Any) -> int | bool:
    if name == "use_health_check":
        if not isinstance(value, bool):
            raise ArgumentError(argument=name, problem=f"is {value!r}", allowed=(True, False))
        return value
    return as_whole(name, int(value) if isinstance(value, str) and value.isdecimal() else value, minimum=0)
