"""What readers ask, and which pages should come first: kept as data, over the demo content."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from tests.demo import without_picture_files
from tests.factories import ArticleFactory
from website.search import rebuild, search

JUDGED = json.loads((Path(__file__).parent / "judgements.json").read_text())
# Languages that the demo content does not tell of, each among pages that only mention it.
MORE = {
    "c-plus-plus-at-work": ("C++ at work", "A language in use."),
    "node-js-at-work": ("Node.js at work", "A runtime in use."),
    "it-careers": ("IT careers without a degree", "Ways into the trade."),
    "mentions": ("Other languages", "C# C++ .NET Node.js " * 30),
}
pytestmark = pytest.mark.django_db


def test_readers_find_first_what_people_judged_to_be_right(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with without_picture_files():
        call_command("load_demo", stdout=StringIO())
    for slug, (title, text) in MORE.items():
        ArticleFactory(slug=slug, title=title, body=f"<p>{text}</p>")
    list(rebuild())
    now = timezone.now()

    found = {query: [hit.url for hit in search(query, now=now, leaves_out=True).hits[:3]] for query in JUDGED}
    wrong = {query: found[query] for query, right in JUDGED.items() if found[query][: len(right)] != right}

    assert len(JUDGED) >= 60
    assert wrong == {}, "\n".join(f"{query}: {urls}, not {JUDGED[query]}" for query, urls in wrong.items())
