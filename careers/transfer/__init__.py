"""The catalogue in and out: from hand-written data files, and whole, as files that come back without loss."""

from .documents import catalogue_document, catalogue_documents
from .faults import DataError
from .files import DATA
from .imports import Report, Verdict, bring_in
from .loading import load

__all__ = [
    "DATA",
    "DataError",
    "Report",
    "Verdict",
    "bring_in",
    "catalogue_document",
    "catalogue_documents",
    "load",
]
