from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.checklist import subjects
from careers.models import (
    Credential,
    Delivery,
    ExamDomain,
    FieldCheck,
    LifecycleEvent,
    Recommendation,
    RoleTitle,
    Source,
)
from careers.review import LABELS, Item, Kind, Place, chosen, dropped, found_in, of_roles, order, queue
from careers.succession import heirs
from tests.factories import CredentialFactory, ExamVersionFactory, RoleFactory

ON = date(2026, 11, 24)
DAY = timedelta(days=1)

items = st.lists(
    st.builds(
        Item,
        kind=st.sampled_from(Kind),
        what=st.text(max_size=3),
        says=st.just("x"),
        todo=st.just("x"),
        place=st.just(Place("role", 1)),
        facts=st.tuples(st.tuples(st.just("careers.role"), st.integers(1, 3))),
        provider=st.sampled_from(["aws", "ibm"]),
        since=st.none() | st.dates(),
    ),
    max_size=8,
)
counts = st.dictionaries(st.tuples(st.just("careers.role"), st.integers(1, 3)), st.integers(0, 3))


def found(on=ON):
    """What there is to say of facts that were all read on the day."""
    Credential.objects.update(checked_on=on)
    return [(item.kind, item.says) for item in found_in(subjects("credential").order_by("pk"), on=on)]


def kinds(on=ON):
    return [kind for kind, _ in found(on)]


# --- The order --------------------------------------------------------------


@given(items, counts)
def test_the_order_never_depends_on_the_order_of_coming(found, articles):
    assert [order(i) for i in queue(found, articles)] == [order(i) for i in queue(found[::-1], articles)]


@given(items, counts)
def test_what_more_articles_tell_of_never_comes_after_what_fewer_do(found, articles):
    told = [item.articles for item in queue(found, articles)]

    assert told == sorted(told, reverse=True)


@given(items)
def test_with_equal_articles_the_more_urgent_comes_first_and_then_what_has_waited_longer(found):
    waiting = [(list(Kind).index(item.kind), item.since or date.max) for item in queue(found, {})]

    assert waiting == sorted(waiting)


@given(items, st.sampled_from(["", *Kind, "nonsense"]), st.sampled_from(["", "aws", "nobody"]))
def test_a_filter_keeps_what_it_names_and_nothing_else(found, kind, provider):
    kept = chosen(found, kind=kind, provider=provider)

    assert all(kind in ("", item.kind) and provider in ("", item.provider) for item in kept)
    assert len(chosen(found)) == len(found)


def test_every_reason_has_a_name():
    assert set(LABELS) == set(Kind)


# --- What gets into it ------------------------------------------------------


@pytest.mark.django_db
def test_a_fact_in_order_needs_no_look():
    ExamVersionFactory(status="active")

    assert found() == []


@pytest.mark.django_db
def test_an_exam_announced_for_a_day_that_passed_is_overdue():
    day = date(2026, 9, 1)
    ExamVersionFactory(status="in_development", available_from=day, available_from_precision="month")

    assert found() == [
        ("overdue", "Announced for September 2026; nothing confirms that it opened."),
    ]
    assert kinds(on=date(2026, 9, 30)) == []


@pytest.mark.django_db
def test_an_exam_recorded_as_active_whose_last_window_closed_is_unlike_its_dates():
    version = ExamVersionFactory(status="active")
    Delivery.objects.create(version=version, window_to=date(2026, 9, 28))

    assert found() == [
        (
            "status",
            "Recorded as “Active”, but by its dates it is “Retired”: it closed on 28 September 2026.",
        )
    ]


@pytest.mark.django_db
def test_an_end_that_is_known_and_ahead_needs_no_look():
    ExamVersionFactory(status="active", last_exam_on=ON + 90 * DAY)

    assert found() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("weights", "is_odd"),
    [
        ([(50, 50), (50, 50)], False),
        ([(40, 45), (55, 60)], False),
        ([(50, 50), (44.9, 44.9)], True),
        ([(50, 50), (55.1, 60)], True),
        ([(47.5, 50), (47.5, 50)], False),
        ([(10, 20)], True),
    ],
)
def test_weights_that_cannot_add_up_to_about_a_hundred_are_odd(weights, is_odd):
    version = ExamVersionFactory()
    for number, (low, high) in enumerate(weights):
        ExamDomain.objects.create(version=version, name=str(number), weight_min=low, weight_max=high)

    assert kinds() == (["weights"] if is_odd else [])


def event(**fields):
    fields = {"kind": "last_exam", "happens_on": ON, "certainty": "announced", **fields}
    return LifecycleEvent.objects.create(**{"credential": CredentialFactory(), **fields})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "certainty", "wanted"),
    [
        (ON - DAY, "announced", ["overdue"]),
        (ON - DAY, "expected", ["overdue"]),
        (ON - DAY, "confirmed", []),
        (ON, "announced", ["coming"]),
        (ON + 30 * DAY, "confirmed", ["coming"]),
        (ON + 31 * DAY, "confirmed", []),
        (None, "announced", []),
    ],
)
def test_an_event_is_overdue_or_near_by_its_day(day, certainty, wanted):
    event(happens_on=day, certainty=certainty)

    assert kinds() == wanted


@pytest.mark.django_db
def test_a_day_known_only_to_the_quarter_is_past_when_the_quarter_is():
    event(happens_on=date(2026, 10, 1), happens_on_precision="quarter")

    assert kinds() == []
    assert kinds(on=date(2027, 1, 1)) == ["overdue"]


@pytest.mark.django_db
def test_an_announcement_is_answered_by_an_event_that_confirms_it():
    announced = event(happens_on=ON - 40 * DAY)
    event(credential=announced.credential, happens_on=ON - 38 * DAY, certainty="confirmed")

    assert kinds() == []


@pytest.mark.django_db
def test_an_event_asks_to_be_looked_at_on_its_day():
    event(happens_on=ON + 200 * DAY, review_on=ON)

    assert kinds() == ["look-again"]
    assert kinds(on=ON - DAY) == []


@pytest.mark.django_db
def test_an_item_says_whose_it_is_where_it_was_read_and_where_to_mend_it():
    source = Source.objects.create(key="one", title="The page", kind="official")
    version = ExamVersionFactory(exam_code="AB-1", credential__name="Data", status="active")
    version.sources.add(source)
    Delivery.objects.create(version=version, window_to=ON - DAY)

    (item,) = found_in(subjects("credential"), on=ON)

    assert (item.what, item.source, item.since) == ("Data (AB-1)", "The page", ON - DAY)
    assert item.provider == version.credential.provider.slug
    assert item.place == Place("examversion", version.pk, "id_status")
    assert ("careers.credential", version.credential_id) in item.facts
    assert item.line.source == source


# --- Checks -----------------------------------------------------------------


@pytest.fixture
def official(db):
    return [Source.objects.create(key=key, title=key.title(), kind="official") for key in ("one", "two")]


@pytest.fixture
def guide(db):
    return Source.objects.create(key="guide", title="Guide", kind="secondary")


def tell(version, source, value):
    verdict = "confirms" if value == "90 minutes" else "contradicts"
    FieldCheck.objects.create(
        version=version, field="minutes", source=source, value=value, verdict=verdict, checked_on=ON
    )


@pytest.mark.django_db
def test_a_fact_read_too_long_ago_is_due_with_its_line_to_press():
    version = ExamVersionFactory(exam_code="AB-1", credential__name="Data")
    Credential.objects.update(checked_on=ON - 61 * DAY)

    (item,) = found_in(subjects("credential"), on=ON)

    assert (item.kind, item.what, item.since) == ("due", "Data (AB-1)", ON - 61 * DAY)
    assert (item.line.field, item.line.pk) == ("status", version.pk)


@pytest.mark.django_db
def test_two_official_pages_that_differ_are_disputed_with_both_values(official):
    version = ExamVersionFactory()
    Delivery.objects.create(version=version, minutes=90)
    tell(version, official[0], "90 minutes")
    tell(version, official[1], "85 minutes")

    assert found() == [("disputed", "Length: we say “90 minutes”, but “85 minutes” (Two, 24 November 2026).")]


@pytest.mark.django_db
def test_a_guide_that_says_otherwise_is_less_than_a_dispute(guide):
    version = ExamVersionFactory()
    Delivery.objects.create(version=version, minutes=90)
    tell(version, guide, "85 minutes")

    assert kinds() == ["contradicted"]


@pytest.mark.django_db
def test_what_is_retired_may_rest():
    version = ExamVersionFactory(status="retired")
    Credential.objects.update(checked_on=None)

    assert [item.kind for item in found_in(subjects("credential"), on=ON)] == []
    assert version.credential.checked_on is None


@pytest.mark.django_db
def test_a_role_is_due_too():
    role = RoleFactory(name="Baker", checked_on=ON - 366 * DAY)
    RoleTitle.objects.create(role=role, title="Bread Maker")

    (item,) = of_roles(subjects("role"), on=ON)

    assert (item.what, item.says) == ("Baker", "Titles: Bread Maker; last read on 23 November 2025.")


@pytest.mark.django_db
def test_a_beta_that_closed_asks_what_followed():
    version = ExamVersionFactory(status="beta")
    Delivery.objects.create(version=version, phase="beta", window_to=ON - DAY)

    assert ("overdue", "Its beta closed on 23 November 2026; nothing confirms what followed.") in found()


# --- Recommendations --------------------------------------------------------


@pytest.mark.django_db
def test_a_recommendation_that_readers_no_longer_see_is_a_task():
    gone, replaced = (ExamVersionFactory(status="retired").credential for _ in range(2))
    replaced.replaced_by.add(ExamVersionFactory().credential)
    role = RoleFactory(name="Baker")
    for credential in (gone, replaced):
        Recommendation.objects.create(role=role, credential=credential, tier="core", reason="It fits.")
    rows = Recommendation.objects.all()

    (item,) = dropped(rows, heirs([gone, replaced], on=ON), on=ON)

    assert (item.kind, item.what) == ("dropped", "Baker")
    assert item.says == f"“{gone}” is retired, has no successor, and is no longer recommended."
    assert item.place == Place("role", role.pk, "recommendations-group")
