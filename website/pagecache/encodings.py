"""Which compression a visitor prefers of those we have, as RFC 9110 (12.5.3) counts."""

from functools import lru_cache
from typing import Final

GZIP: Final = "gzip"
PLAIN: Final = "identity"


@lru_cache(maxsize=256)
def preferred(accepted: str) -> str:
    """``gzip`` unless it is refused, or liked less than the plain text."""
    weights = dict(_weights(accepted[:500]))
    others = weights.get("*", 0.0)
    gzip = max(weights.get(GZIP, others), weights.get("x-gzip", 0.0))
    return GZIP if gzip > 0 and gzip >= weights.get(PLAIN, 0.0) else PLAIN


def _weights(accepted: str) -> list[tuple[str, float]]:
    found = []
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        found.append((name.strip(), _weight(parameter)))
    return found


def _weight(parameter: str) -> float:
    name, _, value = parameter.partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
