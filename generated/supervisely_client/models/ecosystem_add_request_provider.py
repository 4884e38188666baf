from typing import Literal

EcosystemAddRequestProvider = Literal["github", "gitlab"]

ECOSYSTEM_ADD_REQUEST_PROVIDER_VALUES: set[EcosystemAddRequestProvider] = {
    "github",
    "gitlab",
}


def check_ecosystem_add_request_provider(value: str) -> EcosystemAddRequestProvider:
    if value in ECOSYSTEM_ADD_REQUEST_PROVIDER_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {ECOSYSTEM_ADD_REQUEST_PROVIDER_VALUES!r}")
