"""Settings of a cluster."""

from typing import Any, cast

import pytest

from supervisely_ext import ArgumentError, KubernetesSettings
from supervisely_ext.kubernetes import as_settings
from tests.scripted import answer

from .test_namespaces import Connect, sent


def test_both_spellings() -> None:
    """Snake case and the wire's names are the same setting; None is not sent."""
    settings = KubernetesSettings(limit_cpus=2, limitMemoryGb="8", use_health_check=True, limit_gpus=None)
    assert settings.to_dict() == {"limitCpus": 2, "limitMemoryGb": 8, "useHealthCheck": True}
    assert settings == KubernetesSettings(limitCpus=2, limit_memory_gb=8, useHealthCheck=True)
    assert settings != {"limitCpus": 2}
    assert "limit_cpus=2" in repr(settings)
    assert as_settings(settings) == as_settings({"limitCpus": 2, "limit_memory_gb": 8, "useHealthCheck": True})
    assert as_settings(None) == {}


@pytest.mark.parametrize(
    "settings",
    [
        {"limit_cpu": 2},
        {"limitByWorkspace": True},
        {"limit_cpus": 0.5},
        {"limit_cpus": -1},
        {"limit_cpus": "x"},
        {"limit_cpus": True},
        {"use_health_check": 1},
    ],
)
def test_what_is_no_setting(settings: dict[str, Any]) -> None:
    """Unknown names, parts of a core and below nothing are refused."""
    with pytest.raises(ArgumentError):
        KubernetesSettings(**settings)


def test_a_setting_has_a_name() -> None:
    """Of text."""
    with pytest.raises(ArgumentError, match="kubernetes_settings: is 1; allowed: limit_cpus"):
        as_settings(cast("Any", {1: 2}))


def test_they_are_sent_with_the_start(connect: Connect) -> None:
    """Beside what is always sent."""
    api, transport = connect(answer([{"taskId": 7}]), answer([{"taskId": 8}]))
    api.app.start(None, module_id=11, app_version="v1", kubernetes_settings={"limitCpus": 2})
    assert sent(transport)["advancedSettings"] == {"limitByWorkspace": False, "limitCpus": 2}
    api.task.start(None, module_id=11, limit_by_workspace=True, kubernetes_settings=KubernetesSettings(limit_cpus=3))
    assert sent(transport)["advancedSettings"] == {"limitByWorkspace": True, "limitCpus": 3}
