"""Which compression a visitor prefers of those we have, as RFC 9110 (12.5.3) counts."""

from functools import lru_cache
from typing import Final

BROTLI: Final = "br"
GZIP: Final = "gzip"
PLAIN: Final = "identity"
LONGEST: Final = 500  # characters that are read, and remembered
SMALLEST_FIRST: Final = (BROTLI, GZIP)


def preferred(accepted: str, codings: tuple[str, ...] = SMALLEST_FIRST) -> str:
    """The best liked of ``codings``, the first of equals; ``identity`` where plain text is liked better."""
    return _preferred(accepted[:LONGEST], codings)


@lru_cache(maxsize=256)
def _preferred(accepted: str, codings: tuple[str, ...]) -> str:
    weights = dict(_weights(accepted))
    liking = {coding: _liking(coding, weights) for coding in codings}
    best = max(codings, key=lambda coding: liking[coding])
    return best if liking[best] > 0 and liking[best] >= weights.get(PLAIN, 0.0) else PLAIN


def _liking(coding: str, weights: dict[str, float]) -> float:
    """Who takes anything takes gzip: those who know Brotli name it."""
    if coding != GZIP:
        return weights.get(coding, 0.0)
    return max(weights.get(GZIP, weights.get("*", 0.0)), weights.get("x-gzip", 0.0))


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
