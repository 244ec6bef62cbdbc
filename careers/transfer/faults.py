"""What can be wrong with a file, said in one sentence that names the file and the entry."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import db
from django.core.exceptions import ValidationError
from django.db import IntegrityError

# How a database says no to a row.
REFUSALS = (IntegrityError, db.DataError)


class DataError(Exception):
    """A file cannot be loaded; the message names the file and the entry."""


@contextmanager
def told_at(place: str) -> Iterator[None]:
    """Whatever goes wrong inside is said to have gone wrong here."""
    try:
        yield
    except KeyError as error:
        raise DataError(f"{place}: lacks {error}") from error
    except ValidationError as error:
        raise DataError(f"{place}: {sentence(error)}") from error
    except REFUSALS as error:
        raise DataError(f"{place}: the database refuses it: {str(error).splitlines()[0]}") from error
    except (TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise DataError(f"{place}: cannot be understood: {error}") from error


def sentence(error: ValidationError) -> str:
    if not hasattr(error, "error_dict"):
        return "; ".join(error.messages)
    named = error.message_dict.items()
    return "; ".join(
        f"{name}: {' '.join(said)}" if name != "__all__" else " ".join(said) for name, said in named
    )
