"""A certification by its name of today."""

from datetime import date

import pytest

from careers.blocks import Filled, Reference, fill
from careers.models import ExamVersion, Status
from tests.factories import CredentialFactory, ExamVersionFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 24)
RETIRED = ExamVersion.Status.RETIRED


def link(ref: str = "gold") -> Filled:
    return fill([Reference("link", ref)], on=ON)[0]


def credential(name, *, retired=False, **fields):
    status = RETIRED if retired else ExamVersion.Status.ACTIVE
    made = CredentialFactory(name=name, slug=name.lower(), **fields)
    ExamVersionFactory(credential=made, status=status)
    return made


def test_a_link_bears_the_name_of_today_and_leads_to_the_page():
    gold = credential("Gold")
    gold.name = "Gold & Glory"
    gold.save()

    filled = link()

    assert filled.text == "Gold & Glory"
    assert filled.html == (
        '<span class="live-link"><a href="/careers/certifications/gold/">Gold &amp; Glory</a></span>'
    )


def test_what_took_the_place_of_a_retired_one_is_named_instead_however_far_it_is():
    old, between, new = (
        credential("Old", retired=True),
        credential("Between", retired=True),
        credential("New"),
    )
    old.replaced_by.add(between)
    between.replaced_by.add(new)

    filled = link("old")

    assert '<a href="/careers/certifications/new/">New</a>' in filled.html
    assert (filled.text, filled.note, filled.problem) == ("New", "in place of Old, now retired", "")


def test_two_successors_are_both_named():
    old = credential("Old", retired=True)
    for successor in (credential("One"), credential("Two")):  # several at once are added in any order
        old.replaced_by.add(successor)

    assert link("old").text == "One or Two"
    assert "</a> or <a" in link("old").html


def test_a_retired_one_that_nothing_replaces_is_said_to_be_retired_and_the_editor_told():
    credential("Old", retired=True)

    filled = link("old")

    assert (filled.text, filled.note) == ("Old", "retired")
    assert filled.problem == "The certification “Old” is retired, and nothing is known to take its place."


def test_successors_that_go_round_in_a_circle_come_to_an_end():
    one, two = credential("One", retired=True), credential("Two", retired=True)
    one.replaced_by.add(two)
    two.replaced_by.add(one)

    assert link("one").note == "retired"


def test_a_draft_is_no_successor_that_readers_hear_of():
    old = credential("Old", retired=True)
    old.replaced_by.add(credential("Secret", status=Status.DRAFT))

    assert "Secret" not in link("old").html + link("old").text + link("old").note


@pytest.mark.parametrize("status", [Status.DRAFT, None])
def test_what_readers_cannot_see_is_a_certification_not_listed_here(status):
    if status:
        credential("Gold", status=status)

    filled = link()

    assert filled.html == "a certification not listed here"
    assert "“gold”" in filled.problem.lower()
