"""The tag ``url``, as Django has it; what has no values in it is looked up once and not for every page."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as as_django_reads_it
from django.urls import NoReverseMatch, get_script_prefix, reverse
from django.utils.html import conditional_escape

register = template.Library()


class Fixed(URLNode):
    """No part of the site is installed twice, so that it does not matter in which one a page is."""

    def render(self, context: Context) -> str:
        try:
            address = looked_up(self.view_name.var, get_script_prefix(), settings.ROOT_URLCONF)
        except NoReverseMatch:
            return super().render(context)  # which knows what to do about it
        if self.asvar:
            context[self.asvar] = address
            return ""
        return conditional_escape(address) if context.autoescape else address


@lru_cache(maxsize=500)
def looked_up(name: str, prefix: str, urlconf: str) -> str:
    """Where the site lies, and which addresses it has, are asked for only to keep apart what differs."""
    return reverse(name)


@register.tag
def url(parser: Parser, token: Token) -> URLNode:
    node = as_django_reads_it(parser, token)
    name = node.view_name
    if node.args or node.kwargs or not isinstance(name.var, str) or name.filters:
        return node
    return Fixed(node.view_name, [], {}, node.asvar)
