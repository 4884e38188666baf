"""Projects and their versions."""

from typing import Any

import pytest

from supervisely_ext.mock import Platform, VirtualClock

from .asking import ask

VERSION_FIELDS = {
    *("id", "projectId", "createdBy", "teamFileId", "version", "description", "status", "createdAt"),
    *("updatedAt", "projectUpdatedAt", "teamId", "name", "previewProjectId"),
}


def test_one_project_has_a_picture_and_one_has_none(platform: Platform) -> None:
    """The reference picture of a project without images is null."""
    pictures = [ask(platform, "projects.info", {"id": number})[1]["referenceImageUrl"] for number in (76, 77)]
    assert "/image-converter" in pictures[0]
    assert pictures[1] is None
    assert ask(platform, "projects.info", {"id": 1})[0] == 404


def test_custom_data_is_replaced_as_a_whole(platform: Platform, clock: VirtualClock) -> None:
    """What is not sent stays, the answer is what is shown afterwards, another platform knows nothing of it."""
    before = ask(platform, "projects.info", {"id": 76})[1]
    clock.advance(1)
    for data in ({"a": {"b": 1}}, {"c": 2}):
        status, after = ask(platform, "projects.editInfo", {"id": 76, "customData": data})
        assert (status, after) == (200, {**before, "customData": data, "updatedAt": "2026-01-01T00:00:01.000Z"})
        assert ask(platform, "projects.info", {"id": 76})[1] == after
    assert ask(Platform(), "projects.info", {"id": 76})[1] == before
    assert ask(platform, "projects.editInfo", {"id": 1, "name": "x"})[0] == 404


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        ([], [219, 222]),
        ([{"field": "version", "operator": "=", "value": 4}], [222]),
        ([{"field": "id", "operator": "in", "value": [219]}], [219]),
        ([{"field": "version", "operator": "=", "value": 9}], []),
    ],
)
def test_versions_are_listed(platform: Platform, rules: list[Any], found: list[int]) -> None:
    """Those of the project, each with every field that the SDK needs."""
    page = ask(platform, "projects.versions.list", {"projectId": 76, "filter": rules, "sort": "id"})[1]
    assert [version["id"] for version in page["entities"]] == found
    assert all(version.keys() == VERSION_FIELDS for version in page["entities"])


def test_a_project_may_have_no_versions(platform: Platform) -> None:
    """An empty page, while an unknown project is not found."""
    assert ask(platform, "projects.versions.list", {"projectId": 77})[1]["total"] == 0
    assert ask(platform, "projects.versions.list", {"projectId": 1})[0] == 404
