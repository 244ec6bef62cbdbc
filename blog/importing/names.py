"""Names of roles as a heading or a title spells them."""

import re
from collections.abc import Mapping

Roles = Mapping[str, tuple[str, ...]]  # by slug, what each is called, its own name first


def role_named(text: str, roles: Roles) -> str | None:
    """The slug of the role that ``text`` is a name of; one or many of them."""
    return _by_name(roles).get(_plain(text))


def roles_in(text: str, roles: Roles) -> list[str]:
    """The slugs of the roles named in ``text``, in its order; the longest name wins."""
    rest = f" {_plain(text)} "
    found: dict[str, int] = {}
    for name, slug in sorted(_by_name(roles).items(), key=lambda named: -len(named[0])):
        place = rest.find(f" {name} ")
        if place >= 0:
            found[slug] = min(place, found.get(slug, place))
            rest = rest.replace(name, "·" * len(name))
    return sorted(found, key=found.__getitem__)


def _by_name(roles: Roles) -> dict[str, str]:
    """What one is called itself, no other is by a name besides."""
    own = [(names[0], slug) for slug, names in roles.items()]
    others = [(name, slug) for slug, names in roles.items() for name in names[1:]]
    found: dict[str, str] = {}
    for name, slug in (*own, *others):
        found.setdefault(_plain(name), slug)
    found.pop("", None)
    return found


def _plain(text: str) -> str:
    words = re.findall(r"[\w+#.]+", text.casefold())
    return " ".join(word.removesuffix("s") if len(word) > 3 else word for word in words)
