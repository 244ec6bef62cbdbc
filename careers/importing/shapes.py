"""JSON whose shape cannot be relied on, asked for one thing at a time."""

from collections.abc import Iterator, Mapping
from typing import Any

from .faults import RowFault
from .values import quoted

Node = Mapping[str, Any]


def objects(value: Any) -> Iterator[tuple[int, Node]]:
    """The objects of a list, counted from one; a single one is a list of itself."""
    for number, item in enumerate(as_list(value), 1):
        if isinstance(item, Mapping):
            yield number, item


def as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def string(node: Node, key: str) -> str:
    """The text, or nothing where there is none; anything else is a fault."""
    value = node.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise RowFault(f"“{key}” is no text.")
    return value.strip()


def strings(node: Node, key: str) -> list[str]:
    found = as_list(node.get(key))
    if not all(isinstance(item, str) for item in found):
        raise RowFault(f"“{key}” is no list of texts.")
    return [item.strip() for item in found if item.strip()]


def worded(value: Any, *, key: str) -> str:
    """A bare text, a map of languages (English first), a list of either, or an object that holds one."""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return next((text for item in value if (text := worded(item, key=key))), "")
    if isinstance(value, Mapping):
        if "@value" in value:
            return worded(value["@value"], key=key)
        english = sorted(name for name in value if name == "en" or name.startswith("en-"))
        return next((text for name in [*english, *value] if (text := worded(value[name], key=key))), "")
    if value is None:
        return ""
    raise RowFault(f"“{key}” {quoted(str(value))} is no text.")
