from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from careers.changes import told_of
from careers.changes_asked import asked, is_slug, narrowed
from careers.models import LifecycleEvent, Recommendation
from tests.factories import ExamVersionFactory, RoleFactory

pytestmark = pytest.mark.django_db


def ask(text):
    return asked(QueryDict(text))


@pytest.fixture
def rows():
    """Two certifications, each with a beta and a last day; the first is recommended for Baker."""
    found = []
    for name in ("one", "two"):
        version = ExamVersionFactory(
            credential__slug=name,
            credential__name=name.title(),
            credential__provider__slug=f"of-{name}",
            credential__provider__name=f"Of {name}",
        )
        found.append(version.credential)
        for kind in ("beta_open", "last_exam"):
            LifecycleEvent.objects.create(
                credential=version.credential, version=version, kind=kind, happens_on=date(2026, 11, 24)
            )
    role = RoleFactory(name="Baker", slug="baker")
    Recommendation.objects.create(role=role, credential=found[0], tier="core", reason="It fits.")
    return found


def left(text):
    return [(row.credential.slug, row.kind) for row in narrowed(told_of(), ask(text)).order_by("pk")]


ALL = [("one", "beta_open"), ("one", "last_exam"), ("two", "beta_open"), ("two", "last_exam")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", ALL),
        ("provider=of-two", ALL[2:]),
        ("role=baker", ALL[:2]),
        ("kind=betas", ALL[::2]),
        ("kind=endings&provider=of-one", [ALL[1]]),
        ("certification=one&certification=two", ALL),
        ("certification=two", ALL[2:]),
        ("kind=others", []),
    ],
)
def test_each_choice_narrows_what_is_told(rows, text, wanted):
    assert left(text) == wanted


def test_a_choice_is_named_and_can_be_taken_back(rows):
    by = ask("provider=of-one&role=baker&kind=betas&certification=one&certification=two")

    assert [chip.label for chip in by.chips] == ["Of one", "Recommended for Baker", "Betas", "One", "Two"]
    assert by.chips[0].without == "?role=baker&kind=betas&certification=one&certification=two"
    assert by.chips[-1].without == "?provider=of-one&role=baker&kind=betas&certification=one"
    assert asked(QueryDict(by.query[1:])) == by


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("provider=nobody", ("provider",)),
        ("role=x&kind=y&certification=z", ("role", "kind", "certification")),
        ("certification=one&certification=nothing", ("certification",)),
        ("provider=%00", ("provider",)),
        (f"role={'x' * 5000}", ("role",)),
        ("provider=&role=&kind=", ()),
    ],
)
def test_what_does_not_exist_is_left_out_and_named(rows, text, unknown):
    assert ask(text).unknown == unknown


def test_what_is_asked_for_by_a_former_slug_is_found(rows):
    rows[0].slug = "first"
    rows[0].save()

    by = ask("certification=one&certification=two")

    assert (by.unknown, by.is_lost) == ((), False)
    assert by.query == "?certification=first&certification=two"
    assert left("certification=one") == [("first", "beta_open"), ("first", "last_exam")]


@pytest.mark.parametrize(
    ("text", "is_lost"),
    [
        ("", False),
        ("provider=of-one", False),
        ("provider=nobody", True),
        ("kind=nothing", True),
        ("certification=one&certification=nothing", False),
        ("certification=nothing", True),
    ],
)
def test_what_is_left_of_a_choice_is_enough_or_not(rows, text, is_lost):
    assert ask(text).is_lost is is_lost


def test_a_draft_cannot_be_asked_for(rows):
    type(rows[0]).objects.filter(slug="one").update(status="draft")
    RoleFactory(slug="secret", status="draft")

    assert ask("certification=one&role=secret").unknown == ("role", "certification")


@given(st.text())
def test_what_passes_for_a_slug_has_only_letters_digits_and_hyphens(text):
    assert not is_slug(text) or set(text) <= set(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
    )
