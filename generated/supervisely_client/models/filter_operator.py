from typing import Literal

FilterOperator = Literal["!=", "!ilike", "!in", "!like", "<", "<=", "=", ">", ">=", "eq", "ilike", "in", "like", "not"]

FILTER_OPERATOR_VALUES: set[FilterOperator] = {
    "!=",
    "!ilike",
    "!in",
    "!like",
    "<",
    "<=",
    "=",
    ">",
    ">=",
    "eq",
    "ilike",
    "in",
    "like",
    "not",
}


def check_filter_operator(value: str) -> FilterOperator:
    if value in FILTER_OPERATOR_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {FILTER_OPERATOR_VALUES!r}")
