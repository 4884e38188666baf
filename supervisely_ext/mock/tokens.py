"""The API tokens that a platform takes: known by their hashes, so that none stands in a snapshot."""

import hashlib
from collections.abc import Iterable, Mapping

from attrs import frozen


@frozen
class AllowedTokens:
    """Tells whether a token is `in` it; false when there are none, and then any token is right."""

    digests: tuple[str, ...] = ()

    def shown(self) -> list[dict[str, str]]:
        """Give what a snapshot keeps of them."""
        return [{"sha256": digest} for digest in self.digests]

    def __contains__(self, token: str) -> bool:
        return _digest(token) in self.digests

    def __len__(self) -> int:
        return len(self.digests)


def read_tokens(entries: AllowedTokens | Iterable[str | Mapping[str, str]]) -> AllowedTokens:
    """Read tokens, or what a snapshot keeps of them: `{"sha256": …}`."""
    if isinstance(entries, AllowedTokens):
        return entries
    return AllowedTokens(tuple(_digest(entry) if isinstance(entry, str) else entry["sha256"] for entry in entries))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
