from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.ecosystem_add_request_provider import (
    EcosystemAddRequestProvider,
    check_ecosystem_add_request_provider,
)

T = TypeVar("T", bound="EcosystemAddRequest")


@_attrs_define
class EcosystemAddRequest:
    repo: str
    token: str
    """ A secret; opens the repository. """
    provider: EcosystemAddRequestProvider

    def to_dict(self) -> dict[str, Any]:
        repo = self.repo

        token = self.token

        provider: str = self.provider

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "repo": repo,
                "token": token,
                "provider": provider,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        repo = d.pop("repo")

        token = d.pop("token")

        provider = check_ecosystem_add_request_provider(d.pop("provider"))

        ecosystem_add_request = cls(
            repo=repo,
            token=token,
            provider=provider,
        )

        return ecosystem_add_request
