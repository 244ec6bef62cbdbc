"""Articles that nobody wrote, always the same: `python -m benchmarks.corpus 20000` makes that many.

The first thousand of a hundred thousand are those of a site with a thousand: it grows as a real one does, the
newest written last. Each article has a title, a summary and a first paragraph of its own; what follows is one
of a few hundred texts, which are cleaned, rendered and read for the search once.
"""

import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

import django

SEED = 20260105
BATCH = 1_000
BODIES = 300
FIRST, PACE = datetime(2016, 6, 1, 9, tzinfo=UTC), timedelta(minutes=50)  # a hundred thousand in ten years
WORDS = """
agent application architecture business career certificate change cloud code company customer data
decision deployment design development engineer evaluation evidence example experience experiment
failure feature feedback field foundation gap goal growth guide habit idea industry infrastructure
interview job knowledge language leader learning library machine manager market measure method
metric mind model network number offer operation opinion path people pipeline plan platform
portfolio practice problem process product production programme project prompt proof quality
question reason research result retrieval risk role salary sample science security server service
skill software source stage standard statistics story strategy system task teacher team technology
term test theory time tool training user value version work world year about after against although
and are as at be because before between both but by can each few first for from good grow has have
how in into is it large later learn less like long make many matter may means more most need new no
not of often on one or other over people small so some still such take than that the their then
there these they this through to true two under until useful usually well what when where which
while who with without write you your
""".split()
HASHTAGS = [f"{first} {second}".title() for first in WORDS[:8] for second in WORDS[40:48]]
OFTEN = [1 / (place + 3) for place in range(len(HASHTAGS))]  # the first is under a third of all articles
CATEGORIES = [
    "Comparisons",
    "Learning paths",
    "Certifications",
    "Interviews",
    "Tools",
    "Day to day",
    "Salaries",
]


def sentence(chance: random.Random) -> str:
    # Common words come often and rare ones seldom, as in real text.
    count = len(WORDS)
    picked = [WORDS[-1 - int(count * chance.random() ** 2)] for _ in range(chance.randint(7, 22))]
    return " ".join(picked).capitalize() + "."


def paragraph(chance: random.Random) -> str:
    return "<p>" + " ".join(sentence(chance) for _ in range(chance.randint(3, 6))) + "</p>"


def body(chance: random.Random) -> str:
    """Eight to twelve hundred words in sections, every third with a list and every fifth with a table."""
    parts = [paragraph(chance)]
    for section in range(chance.randint(4, 6)):
        parts += [f"<h2>{sentence(chance)[:60].rstrip('. ')}</h2>", paragraph(chance), paragraph(chance)]
        if section % 3 == 0:
            parts.append("<ul>" + "".join(f"<li>{sentence(chance)}</li>" for _ in range(4)) + "</ul>")
        if section % 5 == 0:
            row = "<tr><td>{}</td><td>{}</td></tr>"
            rows = "".join(row.format(sentence(chance), sentence(chance)) for _ in range(4))
            head = "<thead><tr><th>Point</th><th>Answer</th></tr></thead>"
            parts.append(f"<table><caption>In short</caption>{head}<tbody>{rows}</tbody></table>")
    return "".join(parts)


def coined(number: int) -> str:
    """A word that stands in no dictionary, one for each number below 32,768."""
    syllables = [first + second for first in "bdfgklmn" for second in ("a", "e", "i", "o")]
    return "".join(syllables[number // 32**place % 32] for place in range(3)) + "x"


def rare_words(number: int) -> tuple[str, str]:
    """Both are in one article of fifteen thousand only."""
    return coined(number % 5_000), coined(5_000 + number % 3_000)


class Body(NamedTuple):
    """A text that many articles share, made ready once for the page and for the search."""

    source: str
    html: str
    contents: list[dict[str, Any]]
    text: str
    words: int
    shown: str
    indexed: str
    headings: list[Any]


@cache
def ready(number: int) -> Body:
    from blog.rendering import render_body
    from website.search import index, passages, words

    made = render_body(body(random.Random(f"{SEED} body {number}")))
    shown = index.one_line(words.clean(made.text))
    headings = passages.headings(shown, made.contents, index.one_line(made.text)[-index.END :])
    indexed = words.index_words(made.text)
    return Body(made.source, made.html, made.contents, made.text, made.words, shown, indexed, headings)


def fill(articles: int) -> None:
    """Up to so many. What is there already stays."""
    from blog.models import Article

    present = Article.objects.filter(slug__startswith="synthetic-").count()
    if present > articles:
        raise SystemExit(f"This database has {present} articles already; give an empty one.")
    take_your_time()
    shelf = Shelf.made()
    began = time.monotonic()
    for start in range(present, articles, BATCH):
        end = min(start + BATCH, articles)
        write(range(start, end), shelf)
        progress(end, articles, time.monotonic() - began)
    index_lists()
    analyse()


def take_your_time() -> None:
    """Pages give up after seconds; a thousand articles on a busy machine must not."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = 0")


def progress(done: int, articles: int, seconds: float) -> None:
    end = "\n" if done == articles else ""
    print(f"\r{done:,} of {articles:,} articles, {seconds:.0f} s", end=end, file=sys.stderr, flush=True)


class Shelf(NamedTuple):
    """What articles are listed under."""

    categories: list[Any]
    authors: list[Any]
    hashtags: list[Any]
    roles: list[Any]

    @classmethod
    def made(cls) -> "Shelf":
        from blog.hashtag_names import key_of
        from blog.models import Author, Category, Hashtag
        from careers.models import Role

        Category.objects.bulk_create(
            (Category(name=name, slug=slugged(name)) for name in CATEGORIES), ignore_conflicts=True
        )
        Author.objects.bulk_create(
            (Author(name=f"Desk {n}", slug=f"desk-{n}") for n in range(5)), ignore_conflicts=True
        )
        Hashtag.objects.bulk_create(
            (Hashtag(name=name, slug=slugged(name), key=key_of(name)) for name in HASHTAGS),
            ignore_conflicts=True,
        )

        hashtags = list(Hashtag.objects.filter(slug__in=map(slugged, HASHTAGS)))
        for place, hashtag in enumerate(hashtags):
            hashtag.place = place  # in the database's own order, by which an article's are read back
        return cls(
            list(Category.objects.filter(slug__in=map(slugged, CATEGORIES)).order_by("slug")),
            list(Author.objects.filter(slug__startswith="desk-").order_by("slug")),
            sorted(hashtags, key=_frequency),
            list(Role.objects.public().order_by("slug")),
        )


def slugged(name: str) -> str:
    return name.lower().replace(" ", "-")


def _frequency(hashtag: Any) -> int:
    return HASHTAGS.index(hashtag.name)


def write(numbers: range, shelf: Shelf) -> None:
    """In one transaction, as the rows that saving each of them would have written."""
    from django.db import transaction

    from blog.models import Article, ArticleAuthor, ArticleHashtag
    from website.models import SearchDocument

    with transaction.atomic():
        made = [article(number, shelf, ready(number % BODIES)) for number in numbers]
        Article.objects.bulk_create(one.row for one in made)
        ArticleAuthor.objects.bulk_create(
            ArticleAuthor(article=one.row, author=author) for one in made for author in one.authors
        )
        ArticleHashtag.objects.bulk_create(
            ArticleHashtag(content_object=one.row, tag=tag) for one in made for tag in one.hashtags
        )
        subjects = Article.roles.through
        subjects._default_manager.bulk_create(
            subjects(article=one.row, role=role) for one in made for role in one.roles
        )
        SearchDocument.objects.bulk_create(row for one in made for row in found_by(one))


class Made(NamedTuple):
    row: Any
    lead: str
    body: Body
    authors: list[Any]
    hashtags: list[Any]
    roles: list[Any]


def article(number: int, shelf: Shelf, body: Body) -> Made:
    from blog.models import Article

    chance = random.Random(f"{SEED} {number}")
    first, second = rare_words(number)
    lead = f"{sentence(chance)} {first.capitalize()} and {second}. {sentence(chance)}"
    published = FIRST + number * PACE
    row = Article(
        title=f"{sentence(chance)[:70].rstrip('. ')} {number}",
        slug=f"synthetic-{number}",
        summary=sentence(chance),
        body=f"<p>{lead}</p>\n{body.source}",
        body_html=f"<p>{lead}</p>\n{body.html}",
        contents=body.contents,
        plain_text=f"{lead}\n{body.text}",
        word_count=len(lead.split()) + body.words,
        category=chance.choice(shelf.categories),
        state=Article.State.PUBLISHED,
        published_at=published,
        first_published_at=published,
        is_featured=number < 3,
    )
    hashtags = dict.fromkeys(chance.choices(shelf.hashtags, OFTEN, k=8))
    roles = chance.sample(shelf.roles, 2) if shelf.roles and number % 10 == 0 else []
    in_order = sorted(hashtags, key=lambda tag: tag.place)
    return Made(row, lead, body, [chance.choice(shelf.authors)], in_order, roles)


def found_by(made: Made) -> Iterator[Any]:
    """Its row for the search: of its own words by the site's rules, then of the text it shares."""
    from blog.models import ArticleAuthor
    from website.search import index

    row, lead, body = made.row, made.lead, made.body
    row._prefetched_objects_cache = {
        "hashtags": made.hashtags,
        "bylines": [ArticleAuthor(author=author) for author in made.authors],
        "embeds": [],
    }
    row.text_in_full = lead
    for found in index.documents("blog.Article", row):
        found.body_words = f"{found.body_words} {body.indexed}"
        found.body = f"{lead} {body.shown}"
        found.headings = [(len(lead) + 1 + at, anchor, title) for at, anchor, title in body.headings]
        yield found


def index_lists() -> None:
    """Hashtags one by one: all times of all articles under all of them would be much to hold at once."""
    from website.search import index
    from website.search.kinds import model_of

    for label in ("blog.Category", "blog.Author", "blog.Hashtag"):
        for ref in model_of(label).objects.values_list("pk", flat=True):
            index.index_pages(label, [ref])


def analyse() -> None:
    """What PostgreSQL would do by itself in time. SQLite is told (``website/plans.py``)."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings.prod")
    django.setup()
    fill(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
