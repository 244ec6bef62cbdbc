from datetime import date

import pytest

from careers.models import FieldCheck, Source, Status
from tests.careers.shown import words
from tests.factories import ArticleFactory, CredentialFactory, ExamVersionFactory, RoleFactory

pytestmark = pytest.mark.django_db
PAGE = "/careers/facts/"


def source(key, **fields):
    return Source.objects.create(key=key, title=key.title(), kind="official", **fields)


def read(at, on, **of):
    FieldCheck.objects.create(source=at, checked_on=on, field="status", value="Active", **of)


def test_it_tells_where_facts_were_read_how_often_and_when_last(client):
    often, once = source("often", url="https://example.org/often"), source("once")
    version = ExamVersionFactory()
    read(often, date(2026, 9, 1), version=version)
    read(often, date(2026, 9, 30), credential=version.credential)
    read(once, date(2026, 3, 1), role=RoleFactory())

    page = words(client.get(PAGE))

    assert (
        "3 readings of single facts at 2 sources are on record, the last of them on 30 September 2026" in page
    )
    assert "Often Official page 2 30 September 2026 Once Official page 1 1 March 2026" in page
    assert "1 role, 0 skills, 0 technologies, 1 certification, " in page


def test_a_source_of_drafts_only_is_not_named(client):
    read(source("secret"), date(2026, 9, 1), role=RoleFactory(status=Status.DRAFT))
    read(source("hidden"), date(2026, 9, 1), version=ExamVersionFactory(credential__status=Status.DRAFT))

    page = words(client.get(PAGE))

    assert "Secret" not in page
    assert "Hidden" not in page
    assert "on record" not in page


def test_ten_sources_cost_what_two_cost(client, count_queries):
    def cost(sources):
        for number in range(sources):
            read(source(f"s-{sources}-{number}"), date(2026, 9, 1), credential=CredentialFactory())
        return count_queries(client, PAGE)

    assert cost(2) == cost(10)


@pytest.mark.parametrize("path", [PAGE, "/blog/a/", "/careers/roles/r/", "/careers/certifications/c/"])
def test_readers_are_asked_to_report_mistakes_only_where_somebody_reads_them(client, settings, path):
    ArticleFactory(slug="a", title="C & C++")
    RoleFactory(slug="r")
    CredentialFactory(slug="c")
    assert "mailto:desk" not in client.get(path).content.decode()

    settings.CONTACT_EMAIL = "desk@example.org"
    page = client.get(path).content.decode()

    assert "mailto:desk@example.org" in page
    if path == "/blog/a/":
        assert "?subject=Mistake%20on%3A%20C%20%26%20C%2B%2B&amp;body=%2Fblog%2Fa%2F" in page
