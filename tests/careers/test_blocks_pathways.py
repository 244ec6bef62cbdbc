from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.blocks import fill
from careers.blocks.references import Reference
from careers.models import Pathway, PathwayStep
from tests.factories import ArticleFactory, CredentialFactory, ExamVersionFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)


def pathway(slug, *credentials, **fields):
    found = Pathway.objects.create(name=slug.title(), slug=slug, summary="One step at a time.", **fields)
    for order, credential in enumerate(credentials):
        PathwayStep.objects.create(
            pathway=found, key=f"s{order}", kind="credential", credential=credential, order=order
        )
    return found


def open_one(**fields):
    return ExamVersionFactory(**{f"credential__{name}": value for name, value in fields.items()}).credential


def block(ref, **fields):
    return fill([Reference("pathway", ref, **fields)], on=ON)[0]


def test_a_pathway_is_drawn_with_its_steps_as_a_list_too():
    pathway("way", open_one(name="First"), open_one(name="Second"))

    found = block("way")

    assert (found.heading, found.problem) == ("Way", "")
    assert "<svg" in found.html
    assert "Certification: First" in found.text
    assert 'href="/careers/pathways/way/">The whole pathway</a>' in found.html


def test_two_drawings_of_one_pathway_share_no_id():
    pathway("way", open_one(), open_one())

    one, two = fill([Reference("pathway", "way")] * 2, on=ON)

    assert 'id="block-1-way-title"' in one.html
    assert 'id="block-2-way-title"' in two.html


def test_a_retired_step_names_what_takes_its_place():
    old = ExamVersionFactory(status="retired", credential__name="Old").credential
    old.replaced_by.add(open_one(name="Its heir"))
    pathway("way", old, open_one())

    assert "Its heir" in block("way").html


@pytest.mark.parametrize(
    ("days", "said"),
    [([date(2026, 9, 1), date(2026, 8, 1)], "1 August 2026"), ([date(2026, 9, 1), None], "Facts checked")],
)
def test_the_drawing_is_as_fresh_as_its_stalest_step(days, said):
    pathway("way", *(open_one(checked_on=day) for day in days))

    assert (said in block("way").html) == (None not in days)


def test_what_cannot_be_drawn_is_a_message_to_the_editor_and_nothing_to_readers():
    pathway("draft", open_one(), status="draft")
    pathway("empty")
    pathway("hidden", CredentialFactory(status="draft"))

    for ref, problem in {
        "draft": "The pathway “Draft” is not published.",
        "empty": "No step of the pathway “Empty” is published.",
        "hidden": "No step of the pathway “Hidden” is published.",
        "nowhere": "There is no pathway “nowhere” in the catalogue.",
    }.items():
        found = block(ref)
        assert (found.html, found.problem) == ("", problem)


def test_ten_drawings_cost_what_two_cost():
    for number in range(12):
        old = ExamVersionFactory(status="retired").credential
        old.replaced_by.add(open_one())
        pathway(f"way-{number}", old, open_one(), open_one())

    def cost(count):
        with CaptureQueriesContext(connection) as queries:
            assert all(
                found.html for found in fill([Reference("pathway", f"way-{n}") for n in range(count)], on=ON)
            )
        return len(queries)

    assert cost(10) == cost(2)


def test_an_article_shows_it_brings_its_styles_and_keeps_it_from_deletion(client):
    way = pathway("way", open_one())
    article = ArticleFactory(body='<careers-block data-kind="pathway" data-ref="way"></careers-block>')

    page = client.get(article.get_absolute_url()).content.decode()

    assert "live-block--pathway" in page
    assert "css/site-pages" in page
    assert article.embeds.get().pathway == way
