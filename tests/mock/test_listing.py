"""Filters, order and pages of the mock's lists."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervisely_ext.mock.listing import page
from supervisely_ext.mock.refusals import Refusal

FIELDS = frozenset({"id", "status", "startedAt"})
ENTITIES = [
    {"id": 3, "status": "started", "startedAt": "2026-01-03"},
    {"id": 1, "status": "queued", "startedAt": None},
    {"id": 2, "status": "finished", "startedAt": "2026-01-01"},
]


def ids(request: dict[str, Any]) -> list[int]:
    return [entity["id"] for entity in page(ENTITIES, request, FIELDS)["entities"]]


@pytest.mark.parametrize(
    ("operator", "value", "found"),
    [
        ("=", "queued", [1]),
        ("eq", "queued", [1]),
        ("!=", "queued", [2, 3]),
        ("not", "queued", [2, 3]),
        ("in", ["queued", "started"], [1, 3]),
        ("!in", ["queued", "started"], [2]),
        ("in", [["queued"], {}, "started"], [3]),
        ("like", "%ted", [3]),
        ("!like", "%ted", [1, 2]),
        ("like", "STARTED", []),
        ("ilike", "START__", [3]),
        ("!ilike", "START%", [1, 2]),
        ("like", "[qf]%", []),
    ],
)
def test_operators(operator: str, value: Any, found: list[int]) -> None:
    """Each operator keeps what it says; only % and _ are special in a pattern."""
    assert ids({"filter": [{"field": "status", "operator": operator, "value": value}]}) == found


@pytest.mark.parametrize(("operator", "found"), [(">", [3]), (">=", [2, 3]), ("<", []), ("<=", [2])])
def test_order_operators_leave_nulls_out(operator: str, found: list[int]) -> None:
    """What has no date is neither before nor after one."""
    assert ids({"filter": [{"field": "startedAt", "operator": operator, "value": "2026-01-01"}]}) == found


def test_all_filters_must_hold() -> None:
    """Several filters narrow."""
    rules = [{"field": "id", "operator": ">", "value": 1}, {"field": "status", "operator": "=", "value": "started"}]
    assert ids({"filter": rules}) == [3]


@pytest.mark.parametrize(
    "rule",
    [
        {"field": "name", "operator": "=", "value": 1},
        {"field": "id", "operator": "in", "value": 5},
        {"field": "id", "operator": ">", "value": "a"},
    ],
)
def test_bad_filters_are_refused(rule: dict[str, Any]) -> None:
    """An unknown field, or a value that does not fit the operator, is a 400."""
    with pytest.raises(Refusal) as caught:
        page(ENTITIES, {"filter": [rule]}, FIELDS)
    assert caught.value.status == 400


def test_order() -> None:
    """By id unless told; nulls last unless told."""
    assert ids({}) == [1, 2, 3]
    assert ids({"sort": "id", "sort_order": "desc"}) == [3, 2, 1]
    assert ids({"sort": "startedAt"}) == [2, 3, 1]
    assert ids({"sort": "startedAt", "sort_nulls_order": "first"}) == [1, 2, 3]


def test_objects_can_be_sorted_by() -> None:
    """Even a field that holds objects has an order."""
    entities = [{"id": 1, "config": {"b": 1}}, {"id": 2, "config": {"a": 1}}]
    assert [entity["id"] for entity in page(entities, {"sort": "config"}, FIELDS)["entities"]] == [2, 1]


def test_tokens_walk_the_list() -> None:
    """A listing by token goes on where the last answer said, until it says null."""
    first = page(ENTITIES, {"pagination_mode": "token", "per_page": 2}, FIELDS)
    second = page(ENTITIES, {"after": first["after"], "per_page": 2}, FIELDS)
    assert [len(first["entities"]), len(second["entities"]), second["after"]] == [2, 1, None]


def test_a_token_of_another_listing_is_refused() -> None:
    """after must be what an answer gave."""
    for token in ("x", "", "9" * 5000, "\u0661"):
        with pytest.raises(Refusal, match="Bad Request"):
            page(ENTITIES, {"after": token}, FIELDS)


@given(st.integers(0, 40), st.integers(1, 12))
def test_pages_partition_the_list(count: int, size: int) -> None:
    """All pages together are the list, each entity once, the numbers add up, and none is empty; tokens walk the same pages."""
    entities = [{"id": number} for number in range(count)]
    first = page(entities, {"per_page": size}, FIELDS)
    assert (first["total"], first["perPage"]) == (count, size)
    pages = [page(entities, {"per_page": size, "page": number + 1}, FIELDS) for number in range(first["pagesCount"])]
    assert [entity["id"] for found in pages for entity in found["entities"]] == list(range(count))
    assert all(found["entities"] for found in pages)
    assert page(entities, {"per_page": size, "page": first["pagesCount"] + 1}, FIELDS)["entities"] == []
    walked = [page(entities, {"pagination_mode": "token", "per_page": size}, FIELDS)]
    while walked[-1]["after"] is not None:
        walked.append(page(entities, {"after": walked[-1]["after"], "per_page": size}, FIELDS))
    assert [found["entities"] for found in walked] == ([found["entities"] for found in pages] or [[]])


def test_what_differs_in_kind_can_be_sorted() -> None:
    """Numbers come before texts, whole or not."""
    entities = [{"id": number, "name": name} for number, name in enumerate(["b", 2, "a", 1.5, 10, [1]])]
    assert [entity["name"] for entity in page(entities, {"sort": "name"}, FIELDS)["entities"]] == [
        *(1.5, 2, 10),
        *([1], "a", "b"),
    ]


def fits(text: str, pattern: str) -> bool:
    """Try everything that a pattern may mean."""
    if not pattern:
        return not text
    if pattern[0] == "%":
        return any(fits(text[skipped:], pattern[1:]) for skipped in range(len(text) + 1))
    return bool(text) and pattern[0] in ("_", text[0]) and fits(text[1:], pattern[1:])


@settings(max_examples=500)
@given(st.text("ab.\n", max_size=7), st.text("ab.%_", max_size=6))
def test_a_pattern_means_what_it_says(text: str, pattern: str) -> None:
    """Nothing that it may mean is overlooked."""
    rule = {"field": "status", "operator": "like", "value": pattern}
    assert page([{"id": 1, "status": text}], {"filter": [rule]}, FIELDS)["total"] == fits(text, pattern)


def test_a_pattern_of_very_many_parts_ends() -> None:
    """Each part is looked for once: to try all places of all of them would take longer than anybody lives."""
    for pattern in ("%" * 100 + "!", "%a" * 100 + "!"):
        rule = {"field": "status", "operator": "like", "value": pattern}
        assert page([{"id": 1, "status": "a" * 200}], {"filter": [rule]}, FIELDS)["total"] == 0
