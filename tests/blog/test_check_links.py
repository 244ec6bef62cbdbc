import io
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from blog import foreign_links
from blog.models import LinkCheck
from tests.factories import ArticleFactory, DraftFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def run(*options):
    """What it printed, and the code it ended with."""
    out = io.StringIO()
    try:
        call_command("check_links", *options, stdout=out)
    except CommandError as error:
        return out.getvalue() + str(error), error.returncode
    return out.getvalue(), 0


def linking_to(*urls, **fields):
    body = "".join(f'<p><a href="{url}">x</a></p>' for url in urls)
    return ArticleFactory(body=body, **fields)


def test_links_that_lead_somewhere_end_with_code_0():
    linking_to(ArticleFactory().get_absolute_url(), "/careers/")

    said, code = run()

    assert code == 0
    assert "Articles: 2/2" in said
    assert "Every link that was checked leads somewhere." in said


def test_a_dead_link_is_named_with_its_article_and_ends_with_code_1():
    linking_to("/blog/never/", title="The one")

    said, code = run()

    assert code == 1
    assert "The one: /blog/never/ – There is no such page on this site." in said
    assert said.endswith("1 link leads nowhere.")


def test_a_link_with_a_detour_is_named_with_the_better_address_and_ends_with_code_0():
    article = ArticleFactory(slug="old")
    linking_to("/blog/old/")
    article.slug = "new"
    article.save()

    said, code = run()

    assert code == 0
    assert "Better: /blog/new/" in said


def test_the_links_of_drafts_are_nobodys_trouble_yet():
    DraftFactory(body='<p><a href="/blog/never/">x</a></p>')

    assert run()[1] == 0


def test_other_sites_are_not_asked_unless_the_site_allows_it(monkeypatch):
    linking_to("https://a.example/")
    asked = []
    monkeypatch.setattr(foreign_links, "ask", lambda row, now: asked.append(row))

    said, code = run("--external")

    assert (code, asked) == (2, [])
    assert "CHECK_EXTERNAL_LINKS=1" in said


def test_asking_other_sites_is_off_until_asked_for(settings, monkeypatch):
    linking_to("https://a.example/")
    settings.CHECK_EXTERNAL_LINKS = True
    monkeypatch.setattr(foreign_links, "ask", lambda row, now: pytest.fail("asked"))

    assert run()[1] == 0


@pytest.fixture
def allowed(settings, monkeypatch):
    """Other sites may be asked: those with "gone" in their name have gone."""
    settings.CHECK_EXTERNAL_LINKS = True
    asked = []

    def ask(row, *, now):
        asked.append(row.url)
        row.checked_at = now
        row.status = "broken" if "gone" in row.url else "ok"

    monkeypatch.setattr(foreign_links, "ask", ask)
    return asked


def test_what_other_sites_say_is_kept_and_a_dead_one_ends_with_code_1(allowed):
    linking_to("https://fine.example/", "https://gone.example/")

    said, code = run("--external")

    assert code == 1
    assert "2/2 Leads nowhere: https://gone.example/" in said
    assert set(LinkCheck.objects.values_list("url", "status")) == {
        ("https://fine.example/", "ok"),
        ("https://gone.example/", "broken"),
    }


def test_only_so_many_are_asked_and_the_next_time_the_others(allowed):
    linking_to(*(f"https://{n}.example/" for n in range(3)))

    run("--external", "--limit=2")
    run("--external", "--limit=1")

    assert sorted(allowed) == ["https://0.example/", "https://1.example/", "https://2.example/"]


def test_more_articles_than_are_read_at_once_are_all_checked(monkeypatch):
    monkeypatch.setattr("blog.management.commands.check_links.BATCH", 2)
    for number in range(5):
        linking_to(f"/blog/never-{number}/")

    said, code = run()

    assert (code, LinkCheck.objects.dead().count()) == (1, 5)
    assert [line for line in said.splitlines() if line.startswith("Articles")] == [
        "Articles: 2/5",
        "Articles: 4/5",
        "Articles: 5/5",
    ]
