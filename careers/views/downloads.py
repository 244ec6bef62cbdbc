"""Facts to take away."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careers.skill_table import lines
from careers.spreadsheets import csv_response


@require_safe
def skills(request: HttpRequest) -> HttpResponse:
    return csv_response("roles-and-skills", lines())
