"""The small forms by which the desk keeps facts true."""

from typing import Any

from django import template
from django.urls import reverse

from careers.checklist import Line

register = template.Library()


@register.inclusion_tag("admin/careers/_still_true.html", takes_context=True)
def still_true(context: Any, line: Line, next: str = "") -> dict[str, Any]:
    """One press confirms what is said with the source used last; a link leads to every other answer."""
    address = reverse("admin:careers_fieldcheck_check", args=[line.kind, line.pk, line.field])
    return {"line": line, "address": address, "next": next, "csrf_token": context.get("csrf_token")}
