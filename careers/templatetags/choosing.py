"""Words for the pages on which a role is chosen."""

from collections.abc import Sequence

from django import template
from django.utils.text import get_text_list

from careers.choosing import RoleOption

register = template.Library()


@register.filter
def names(roles: Sequence[RoleOption]) -> str:
    return get_text_list([role.name for role in roles], "and")
