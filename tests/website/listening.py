"""What is heard while something is asked of the database."""

from datetime import timedelta

from django.utils import timezone

from website.pagecache import evidence


def taken_of(ask_database, began=None):
    moments = iter([began or timezone.now(), timezone.now() + timedelta(seconds=1)])
    with evidence.taken(lambda: next(moments)) as found:
        ask_database()
    return found
