"""Ways into the catalogue for pages that are not its own: templates stand above both apps."""

from django import template

from careers.models import Role

register = template.Library()


@register.simple_tag
def public_roles() -> list[Role]:
    return list(Role.objects.public().only("name", "slug"))
