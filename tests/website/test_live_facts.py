"""Stories and facts are one system: what changes in the catalogue changes in every article that shows it."""

import pytest

from careers.models import Fee, Recommendation, Role, RoleSkill
from tests.factories import (
    ArticleFactory,
    CredentialFactory,
    ExamVersionFactory,
    RoleFactory,
    SkillFactory,
)

pytestmark = pytest.mark.django_db
SECTIONS = "".join(f"<h2>Section {number}</h2><p>Text.</p>" for number in range(3))
BLOCK = '<careers-block data-kind="certifications" data-by="role" data-ref="ml-engineer"></careers-block>'


@pytest.fixture
def recommended():
    role = RoleFactory(name="ML Engineer", slug="ml-engineer")
    credential = CredentialFactory(name="Sample Associate")
    ExamVersionFactory(credential=credential, exam_code="SA-100")
    Recommendation.objects.create(role=role, credential=credential, tier="core", reason="It tests the work.")
    return credential


@pytest.fixture
def articles(recommended):
    return [ArticleFactory(body=f"<p>Text {number}.</p>{SECTIONS}{BLOCK}") for number in range(2)]


def pages(client, articles):
    return [client.get(article.get_absolute_url()).content.decode() for article in articles]


def test_a_changed_fact_shows_in_every_article_at_the_next_request(client, articles, recommended):
    assert all("SA-100" in page and "Sample Associate" in page for page in pages(client, articles))

    recommended.versions.update(exam_code="SA-200")
    recommended.name = "Sample Professional"
    recommended.save()

    after = pages(client, articles)
    assert all("SA-200" in page and "Sample Professional" in page for page in after)
    assert not any("SA-100" in page or "Sample Associate" in page for page in after)


def test_a_block_with_nothing_left_to_say_goes_with_its_heading_and_its_line_in_the_contents(
    client, articles, recommended
):
    heading = "ML Engineer certifications"
    assert all(page.count(heading) >= 2 for page in pages(client, articles))

    recommended.versions.update(status="retired")

    for page in pages(client, articles):
        assert "live-block" not in page
        assert "Sample Associate" not in page
        assert heading not in page


def test_a_block_whose_role_is_withdrawn_is_nothing_to_the_reader_and_no_error(client, articles, recommended):
    role = recommended.recommendations.get().role
    role.status = role.Status.DRAFT
    role.save()

    for page in pages(client, articles):
        assert "live-block" not in page
        assert "ML Engineer" not in page
        assert "Text" in page


def test_an_article_whose_blocks_show_ten_rows_costs_what_one_with_two_costs(client, articles, count_queries):
    role, costs = Role.objects.get(), []
    blocks = BLOCK + '<careers-block data-kind="comparison" data-ref="ml-engineer,other"></careers-block>'
    other = RoleFactory(slug="other")
    article = ArticleFactory(body=f"<p>Text.</p>{blocks}")
    for count in (2, 8):
        for _ in range(count):
            credential = ExamVersionFactory().credential
            Recommendation.objects.create(role=role, credential=credential, tier="core", reason="It fits.")
            for each in (role, other):
                RoleSkill.objects.create(role=each, skill=SkillFactory(), importance=4, level=4)
        costs.append(count_queries(client, article.get_absolute_url()))

    assert costs[0] == costs[1]


# --- In the middle of a sentence ----------------------------------------------

SENTENCE = (
    '<h2>What <careers-link data-ref="sa"></careers-link> costs</h2>'
    '<p>It is <careers-fact data-ref="sa" data-field="price"></careers-fact> now.</p>'
)


@pytest.fixture
def priced(db):
    version = ExamVersionFactory(
        credential__name="Sample Associate", credential__slug="sa", credential__checked_on="2026-09-28"
    )
    Fee.objects.create(version=version, amount=300)
    return version.credential


@pytest.fixture
def telling(priced):
    return [ArticleFactory(body=f"{SENTENCE}{SECTIONS}") for _ in range(2)]


def test_a_changed_price_and_a_changed_name_show_in_every_sentence_at_the_next_request(
    client, telling, priced
):
    assert all("USD 300 <" in page and "Sample Associate" in page for page in pages(client, telling))

    Fee.objects.update(amount=165)
    priced.name = "Sample Professional"
    priced.slug = "renamed"
    priced.checked_on = "2026-11-02"
    priced.save()

    for page in pages(client, telling):
        assert "USD 165 <" in page
        assert "(checked 2 November 2026)" in page
        assert '<a href="/careers/certifications/renamed/">Sample Professional</a>' in page
        assert "USD 300" not in page
        assert page.count("What Sample Professional costs") >= 1  # in the contents
        assert "Sample Associate" not in page


def test_a_retired_certification_gives_its_place_in_the_sentence_to_its_successor(client, telling, priced):
    successor = CredentialFactory(name="Sample Successor")
    ExamVersionFactory(credential=successor)
    priced.replaced_by.add(successor)
    priced.versions.update(status="retired")

    for page in pages(client, telling):
        assert f'<a href="{successor.get_absolute_url()}">Sample Successor</a>' in page
        assert "(in place of Sample Associate, now retired)" in page
        assert "(retired, checked 28 September 2026)" in page


def test_a_certification_withdrawn_leaves_sentences_that_can_be_read(client, telling, priced):
    priced.status = priced.Status.DRAFT
    priced.save()

    for page in pages(client, telling):
        assert "What a certification not listed here costs</h2>" in page
        assert "<p>It is not known now.</p>" in page
        assert "Sample Associate" not in page
        assert "careers-fact" not in page
