"""Tables for spreadsheet programs (RFC 4180), which take some texts for formulas and run them."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_response(name: str, rows: Iterable[Sequence[object]]) -> HttpResponse:
    response = HttpResponse(csv_text(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def csv_text(rows: Iterable[Sequence[object]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


def harmless(cell: object) -> str:
    """The text of a cell; an apostrophe before what would begin a formula makes a text of it."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text
