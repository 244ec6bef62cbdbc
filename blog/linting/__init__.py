"""The desk check: one function a rule, grouped by subject; ``registry.RULES`` names them all."""

from .findings import Finding, Fix, Place, Severity
from .links import internal_links
from .registry import LABELS, RULES, blocking, check, must_be_mended, version
from .stories import Story
from .storing import store, unchecked, with_findings

__all__ = [
    "LABELS",
    "RULES",
    "Finding",
    "Fix",
    "Place",
    "Severity",
    "Story",
    "blocking",
    "check",
    "internal_links",
    "must_be_mended",
    "store",
    "unchecked",
    "version",
    "with_findings",
]
