"""What the templates ask that is not a fact of a row: where the reader is, which colour a category wears."""

from django import template

register = template.Library()

TONES = 8


@register.filter
def current(path: str, address: str) -> str:
    """The value of ``aria-current`` for a way to ``address`` on the page at ``path``."""
    if path == address:
        return "page"
    return "true" if path.startswith(address) else ""


@register.filter
def tone(pk: int) -> str:
    """The colour class of a category: by key, so that it stays when names and order change."""
    return f"tone-{pk % TONES}"
