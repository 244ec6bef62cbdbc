"""Whether a file has lost what it had: half a download looks like half a world gone. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

TOLERATED = 0.20  # of what the last committed import of the same things had


@dataclass(frozen=True)
class Loss:
    gone: tuple[str, ...]
    had: int

    @property
    def is_too_much(self) -> bool:
        return len(self.gone) > TOLERATED * self.had


def loss(
    seen: Iterable[tuple[str, datetime]], present: Collection[str], scopes: Collection[str] | None
) -> Loss:
    """``seen`` tells when each identifier was met last; only those of the last time can be lost now.

    With scopes, what begins with one is compared with the last import of that scope, and the rest is not.
    """
    groups: dict[str, list[tuple[str, datetime]]] = defaultdict(list)
    for identifier, at in seen:
        head = identifier.partition(" ")[0] if scopes is not None else ""
        if scopes is None or head in scopes:
            groups[head].append((identifier, at))
    expected = [identifier for group in groups.values() for identifier in latest(group)]
    return Loss(tuple(sorted(name for name in expected if name not in present)), len(expected))


def latest(group: list[tuple[str, datetime]]) -> list[str]:
    last = max(at for _, at in group)
    return [identifier for identifier, at in group if at == last]
