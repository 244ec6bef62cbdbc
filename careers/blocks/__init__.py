"""What a story may embed of the catalogue: the app's public surface.

``fill`` answers for any reference, however wrong: a reader sees the facts or nothing, an editor a sentence.
A new kind is a module here with its ``KIND``, a line in ``kinds.BLOCKS`` and a template.
"""

from .filling import fill, instead, is_inline
from .kinds import KINDS, choices
from .naming import Named, named, names_known
from .references import SLUG, Filled, Reference

__all__ = [
    "KINDS",
    "SLUG",
    "Filled",
    "Named",
    "Reference",
    "choices",
    "fill",
    "instead",
    "is_inline",
    "named",
    "names_known",
]
