"""Search over every public page: one tokeniser, two databases, one ``search()``."""

from .index import index_pages, rebuild, remove
from .matching import Explanation, Hit, Results, explain, search, suggest

__all__ = [
    "Explanation",
    "Hit",
    "Results",
    "explain",
    "index_pages",
    "rebuild",
    "remove",
    "search",
    "suggest",
]
