"""What a story may embed of the catalogue: the app's public surface.

``fill`` answers for any reference, however wrong: a reader sees the facts or nothing, an editor a sentence.
A new kind is a module here with its ``KIND``, a line in ``kinds.BLOCKS`` and a template.
"""

from .checking import KnownCertification, KnownExam, KnownFacts, facts_for_checks
from .filling import fill, instead, is_inline
from .kinds import KINDS, choices
from .naming import Named, named, names_known
from .references import SLUG, Filled, Reference

__all__ = [
    "KINDS",
    "SLUG",
    "Filled",
    "KnownCertification",
    "KnownExam",
    "KnownFacts",
    "Named",
    "Reference",
    "choices",
    "facts_for_checks",
    "fill",
    "instead",
    "is_inline",
    "named",
    "names_known",
]
