"""The server that is asked, over the network: redirects are not followed, so that the token stays where it was meant to go."""

from collections.abc import Callable
from typing import Any

import httpx

from .bodies import json_or_absent
from .exchanges import JSON_TYPE
from .places import Json
from .reads import Reply, Unreachable
from .spec import OperationSpec
from .survey import ABSENT

PREFIX = "/public/api/v3/"


def asking(client: httpx.Client, token: Callable[[], str]) -> Callable[[OperationSpec, Json], Reply]:
    """Give what sends requests through a client whose base is the server. It raises `Unreachable`."""

    def ask(operation: OperationSpec, fields: Json) -> Reply:
        headers = {"x-api-key": token()} if operation.needs_token else {}
        content: dict[str, Any] = {"json": fields} if operation.request_type == JSON_TYPE else {"params": fields}
        try:
            response = client.request(
                operation.verb, f"{PREFIX}{operation.name}", headers=headers, follow_redirects=False, **content
            )
        except httpx.HTTPError as error:
            why = f"no answer from {client.base_url} ({type(error).__name__})"
            raise Unreachable(operation.name, why) from error
        content_type = response.headers.get("content-type", "")
        if response.is_redirect:
            to = response.url.join(response.headers["location"])
            return Reply(response.status_code, f"a redirect to {to.scheme}://{to.host}", ABSENT)
        return Reply(response.status_code, content_type, json_or_absent(content_type, response.content))

    return ask
