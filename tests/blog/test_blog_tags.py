from datetime import UTC, datetime, timedelta

import pytest

from blog.templatetags.blog import ago, aria_current, articles_about, articles_naming, terrain, tone
from tests.factories import ArticleFactory, CredentialFactory, DraftFactory, RoleFactory, SkillFactory

NOW = datetime(2026, 6, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-28, "to come"),
        (0, "within the last day"),
        (1, "yesterday"),
        (2, "2 days ago"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (59, "8 weeks ago"),
        (60, "2 months ago"),
        (364, "12 months ago"),
        (365, "1 year ago"),
        (800, "2 years ago"),
    ],
)
def test_how_long_ago_is_told_in_the_unit_a_person_would_use(days, words):
    assert ago(NOW - timedelta(days=days, hours=3), NOW) == words


def test_the_words_stay_the_same_for_a_whole_day():
    moment = NOW - timedelta(days=3)

    assert ago(moment, NOW) == ago(moment, NOW + timedelta(hours=23))


@pytest.mark.parametrize(
    ("path", "attribute"),
    [
        ("/blog/", ' aria-current="page"'),
        ("/blog/an-article/", ' aria-current="true"'),
        ("/", ""),
        ("/careers/", ""),
    ],
)
def test_the_navigation_knows_where_the_reader_is(path, attribute):
    assert aria_current(path, "/blog/") == attribute


def test_neighbouring_categories_wear_different_tones_and_terrains():
    assert len({tone(pk) for pk in range(1, 9)}) == 8
    assert len({terrain(pk) for pk in range(1, 7)}) == 6


@pytest.mark.django_db
def test_the_catalogue_learns_of_public_articles_about_a_role():
    role = RoleFactory()
    story, draft, other = ArticleFactory(), DraftFactory(), ArticleFactory()
    story.roles.add(role)
    draft.roles.add(role)

    told = articles_about(role=role)
    assert (told.newest, told.number) == ([story], 1)
    assert other not in told.newest


@pytest.mark.django_db
def test_the_catalogue_learns_of_articles_about_a_certification():
    credential = CredentialFactory()
    story = ArticleFactory()
    story.credentials.add(credential)

    assert articles_about(credential=credential).newest == [story]


@pytest.mark.django_db
def test_the_catalogue_learns_of_articles_that_show_a_fact_and_of_how_many_there_are():
    skill = SkillFactory(slug="s")
    block = '<careers-block data-kind="certifications" data-by="skill" data-ref="s"></careers-block>'
    for _ in range(8):
        ArticleFactory(body=block)
    DraftFactory(body=block)

    told = articles_about(skill=skill)

    assert (len(told.newest), told.number) == (6, 8)


@pytest.mark.django_db
def test_what_is_retired_is_in_no_list():
    credential = CredentialFactory()
    credential.skills.add(SkillFactory(slug="s"))
    ArticleFactory(
        body='<careers-block data-kind="certifications" data-by="skill" data-ref="s"></careers-block>'
    )

    assert articles_about(credential=credential).number == 1
    assert articles_about(credential=credential, is_retired=True).number == 0


@pytest.mark.django_db
def test_the_catalogue_learns_of_public_articles_that_only_name_a_fact():
    skill = SkillFactory(name="Python")
    stories = [ArticleFactory(body="<p>Python</p>", title=f"{number}") for number in range(8)]
    DraftFactory(body="<p>Python</p>")
    ArticleFactory(body="<p>Python</p>", published_at=NOW + timedelta(days=9999))

    told = articles_naming(skill=skill)

    assert (told.newest, told.are_more) == (stories[:1:-1], True)
