"""Search over every public page: one tokeniser, two databases, one ``search()``."""

from .index import index_pages, rebuild, remove
from .matching import Results, search

__all__ = ["Results", "index_pages", "rebuild", "remove", "search"]
