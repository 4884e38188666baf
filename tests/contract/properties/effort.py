"""How hard to look: `make test` the same few examples in every run, `HYPOTHESIS_PROFILE=contract` three times as many, others in each run."""

import os

from hypothesis import HealthCheck, settings

LONG = os.environ.get("HYPOTHESIS_PROFILE") == "contract"


def effort(examples: int, **more: int) -> settings:
    """So many examples in the short form; a failure prints the blob that repeats it."""
    return settings(
        max_examples=examples * (3 if LONG else 1),
        derandomize=not LONG,
        database=None,
        deadline=None,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        **more,
    )
