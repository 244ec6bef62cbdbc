"""Names of roles as a heading or a title spells them."""

import re
from collections.abc import Mapping


def role_named(text: str, roles: Mapping[str, str]) -> str | None:
    """The slug of the role that ``text`` is the name of; one or many of them."""
    wanted = _plain(text)
    return next((slug for slug, name in roles.items() if _plain(name) == wanted), None)


def roles_in(text: str, roles: Mapping[str, str]) -> list[str]:
    """The slugs of the roles named in ``text``, in its order; the longest name wins."""
    rest = f" {_plain(text)} "
    found: dict[str, int] = {}
    for slug, name in sorted(roles.items(), key=lambda role: -len(role[1])):
        place = rest.find(f" {_plain(name)} ")
        if place >= 0:
            found[slug] = place
            rest = rest.replace(_plain(name), "·" * len(_plain(name)))
    return sorted(found, key=found.__getitem__)


def _plain(text: str) -> str:
    words = re.findall(r"[\w+#.]+", text.casefold())
    return " ".join(word.removesuffix("s") if len(word) > 3 else word for word in words)
