"""What apps ask for: real ones, and any that there could be."""

import json
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from supervisely_ext.argument_schema import Form
from supervisely_ext.arguments import build_arguments
from supervisely_ext.targets import NO_TARGET, TARGETS, target_of

ROOT = Path(__file__).parents[2]
_SHARED = ROOT.parent / "shared/app-configs"
REAL: dict[str, dict[str, Any]] = {
    **json.loads((ROOT / "tests/data/app_configs.json").read_text("utf-8")),
    **{path.stem: json.loads(path.read_text("utf-8")) for path in sorted(_SHARED.glob("[!_]*.json"))},
}
"""Config files of real apps by the name of their repository: shortened copies, and the whole ones where they are at hand."""

leaves = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5)
)
names = st.text(min_size=1, max_size=8)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3), max_leaves=8
)
target_names = st.sampled_from([*TARGETS, NO_TARGET, "audio_project", "something_new"])
forms = st.builds(
    Form,
    app=st.just("An app"),
    options=st.dictionaries(names, values, max_size=4),
    targets=st.lists(target_names, unique=True, max_size=4).map(tuple),
)


@st.composite
def built(draw: st.DrawFn) -> tuple[Form, dict[str, Any], str | None]:
    """An app, arguments built for it, and the key of their target."""
    form = draw(forms)
    name = draw(st.sampled_from([*form.targets, None] if not form.needs_target else list(form.targets)))
    if name in (None, NO_TARGET):
        return form, build_arguments(form, {name: True} if name else {}), None
    target = target_of(name)
    key = target.key or draw(names.filter(lambda each: each not in form.options and each not in form.keys))
    value = draw(st.integers(min_value=1)) if target.kind != "path" else draw(st.text(min_size=1))
    return form, build_arguments(form, {name: value}, key=None if target.key else key), key
