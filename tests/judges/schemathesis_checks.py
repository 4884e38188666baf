"""What Schemathesis checks beside its own checks; it imports this (`hooks` in schemathesis.toml)."""

import schemathesis


@schemathesis.check
def refused_by_a_rule_of_the_domain(
    ctx: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case
) -> None:
    """What the spec allows is refused by a rule of the domain only, never as a violation of the method's rules."""
    if response.status_code != 400 or case.meta is None or not case.meta.generation.mode.is_positive:
        return
    assert response.json()["error"] != "Validation error", f"the spec allows it: {response.text[:500]}"
