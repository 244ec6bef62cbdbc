from datetime import datetime

from django.db.models import Q

PUBLISHED = "published"


def visible(now: datetime, of: str = "") -> Q:
    """What readers may see at ``now``. ``of`` is the way to the article, as ``article__``."""
    has_no_end = Q(**{f"{of}expires_at__isnull": True}) | Q(**{f"{of}expires_at__gt": now})
    return has_no_end & Q(**{f"{of}state": PUBLISHED, f"{of}published_at__lte": now})
