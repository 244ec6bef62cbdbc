"""``{% picture article.cover alt=article.cover|described:article.cover_alt sizes="…" high=True %}``"""

from typing import Any

from django import template

from blog.models import Picture

register = template.Library()


@register.inclusion_tag("blog/_picture.html")
def picture(
    picture: Picture | None, alt: str = "", sizes: str = "100vw", *, high: bool = False
) -> dict[str, Any]:
    """A library picture in the widths it has; ``high`` for the one that a page shows first."""
    return {"picture": picture, "alt": alt, "sizes": sizes, "high": high}


@register.filter
def described(picture: Picture | None, here: str) -> str:
    """What is said of it in this place, or else what the library says."""
    return here or (picture.alt if picture else "")
