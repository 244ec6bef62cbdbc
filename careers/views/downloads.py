"""Facts to take away."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from careers import skills_csv


@require_safe
def skills(request: HttpRequest) -> HttpResponse:
    disposition = {"Content-Disposition": 'attachment; filename="roles-and-skills.csv"'}
    content_type = "text/csv; charset=utf-8; header=present"
    return HttpResponse(skills_csv.table(), content_type=content_type, headers=disposition)
