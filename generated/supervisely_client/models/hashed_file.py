from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

T = TypeVar("T", bound="HashedFile")


@_attrs_define
class HashedFile:
    name: str
    """ The path that the file gets, such as a/f0.txt. """
    hash_: str
    """ SHA-256 of the content, in base64: 44 characters. """

    def to_dict(self) -> dict[str, Any]:
        name = self.name

        hash_ = self.hash_

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "name": name,
                "hash": hash_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        name = d.pop("name")

        hash_ = d.pop("hash")

        hashed_file = cls(
            name=name,
            hash_=hash_,
        )

        return hashed_file
