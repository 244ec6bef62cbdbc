"""A thousand articles that nobody wrote, always the same: `python -m benchmarks.corpus` fills DATA_DIR.

Needs DJANGO_SETTINGS_MODULE and an empty database; benchmarks/pages.py sets both.
"""

import os
import random
import sys
from datetime import UTC, datetime, timedelta

import django

SEED = 20260105
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


def fill(articles: int) -> None:
    from django.core.management import call_command
    from django.utils.text import slugify

    from blog.models import Article, ArticleAuthor, Author, Category, Hashtag
    from blog.models.hashtags import ArticleHashtag

    chance = random.Random(SEED)
    categories = [Category.objects.create(name=name, slug=slugify(name)) for name in CATEGORIES]
    authors = [Author.objects.create(name=f"Desk {n}", slug=f"desk-{n}") for n in range(5)]
    hashtags = [Hashtag.objects.create(name=name, slug=slugify(name), key=slugify(name)) for name in HASHTAGS]

    rows = [article(number, chance, categories) for number in range(articles)]
    rows = Article.objects.bulk_create(rows, batch_size=200)
    ArticleAuthor.objects.bulk_create(ArticleAuthor(article=a, author=chance.choice(authors)) for a in rows)
    ArticleHashtag.objects.bulk_create(
        ArticleHashtag(content_object=a, tag=tag) for a in rows for tag in chance.sample(hashtags, 12)
    )
    call_command("rebuild_search", verbosity=0)


def article(number, chance, categories):
    from blog.models import Article

    published = datetime(2026, 1, 5, 9, tzinfo=UTC) - timedelta(hours=7 * number)
    row = Article(
        title=f"{sentence(chance)[:70].rstrip('. ')} {number}",
        slug=f"synthetic-{number}",
        summary=sentence(chance),
        body=body(chance),
        category=chance.choice(categories),
        state=Article.State.PUBLISHED,
        published_at=published,
        first_published_at=published,
        is_featured=number < 3,
    )
    row.render()
    return row


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "website.settings.prod")
    django.setup()
    fill(int(sys.argv[1]) if len(sys.argv) > 1 else 1000)
