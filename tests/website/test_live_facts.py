"""Stories and facts are one system: what changes in the catalogue changes in every article that shows it."""

import pytest

from careers.models import Recommendation
from tests.factories import ArticleFactory, CredentialFactory, ExamVersionFactory, RoleFactory

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
