"""An editor who publishes every half second, until told to stop: ``python -m benchmarks.editor``."""

import itertools
import time

import django

PAUSE = 0.5


def publish_on() -> None:
    from django.utils import timezone

    from blog import publishing
    from blog.models import Article

    article = Article.objects.get(slug="synthetic-3")
    began = time.monotonic()
    for number in itertools.count(1):
        article.summary = f"Published for the {number}th time, at {timezone.now():%H:%M:%S.%f}."
        publishing.publish(article, by=None, reason="A measurement", now=timezone.now())
        print(number, flush=True)
        time.sleep(max(0, began + number * PAUSE - time.monotonic()))


if __name__ == "__main__":
    django.setup()
    publish_on()
