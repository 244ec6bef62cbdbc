"""The catalogue in and out: from hand-written data files, and whole, as files that come back without loss."""

from .faults import DataError
from .files import DATA
from .loading import load

__all__ = ["DATA", "DataError", "load"]
