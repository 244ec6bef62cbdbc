"""What every template knows: the name on the door. Nothing here may touch session, user or database."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, dict[str, str]]:
    return {
        "site": {
            "name": settings.SITE_NAME,
            "tagline": settings.SITE_TAGLINE,
            "contact": settings.CONTACT_EMAIL,
        }
    }
