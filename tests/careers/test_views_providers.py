import re
from datetime import timedelta

import pytest
from django.utils import timezone

from careers.models import ExamVersion, LifecycleEvent, Status
from tests.careers.shown import data, source
from tests.factories import CredentialFactory, ExamVersionFactory, ProviderFactory

pytestmark = pytest.mark.django_db
PAGE = "/careers/providers/acme/"


@pytest.fixture
def acme():
    return ProviderFactory(name="Acme", slug="acme", site_url="https://acme.example/")


def make(acme, name, status, **more):
    return ExamVersionFactory(
        credential__name=name, credential__provider=acme, status=status, **more
    ).credential


def test_how_its_certifications_stand_leads_to_the_lists_of_them(client, acme):
    for name, status in [("A", "active"), ("B", "active"), ("C", "beta"), ("D", "retired")]:
        make(acme, name, status)
    CredentialFactory(name="E", provider=acme)
    links = re.findall(
        r'<a class="chip" href="([^"]+)">([^<]+) <span class="chip__count">(\d+)', source(client.get(PAGE))
    )

    assert [(label, count) for _, label, count in links] == [
        ("Active", "2"),
        ("Beta", "1"),
        ("Retired", "1"),
        ("Status not known", "1"),
    ]
    for address, _, count in links:
        listed = source(client.get(address))
        assert f"{count} certification" in listed, address
        assert "We know no such" not in listed


def test_the_next_five_changes_are_shown_and_no_more(client, acme):
    credential = make(acme, "A", "active")
    for number in range(7):
        day = timezone.localdate() + timedelta(days=number)
        LifecycleEvent.objects.create(
            credential=credential, kind="price_change", happens_on=day, note=f"Change {number}."
        )
    page = source(client.get(PAGE))

    assert [number for number in range(7) if f"Change {number}." in page] == [0, 1, 2, 3, 4]


def test_changes_of_a_draft_are_not_shown(client, acme):
    credential = make(acme, "Secret", "active", credential__status=Status.DRAFT)
    LifecycleEvent.objects.create(
        credential=credential, kind="announced", certainty="expected", note="Secret."
    )

    assert "Secret" not in source(client.get(PAGE))


def test_machines_read_the_provider_and_what_can_be_taken(client, acme):
    make(acme, "Open one", "active")
    make(acme, "Gone one", ExamVersion.Status.RETIRED)
    provider, rows, trail = data(client.get(PAGE))

    assert (provider["@type"], provider["name"], provider["sameAs"]) == (
        "Organization",
        "Acme",
        "https://acme.example/",
    )
    assert [row["name"] for row in rows["itemListElement"]] == ["Open one"]
    assert trail["itemListElement"][-1] == {"@type": "ListItem", "position": 4, "name": "Acme"}


def test_ten_certifications_cost_what_two_cost(client, count_queries):
    for slug, count in (("two", 2), ("ten", 10)):
        provider = ProviderFactory(slug=slug)
        for _ in range(count):
            version = ExamVersionFactory(credential__provider=provider)
            LifecycleEvent.objects.create(
                credential=version.credential, version=version, kind="announced", certainty="expected"
            )

    two, ten = (count_queries(client, f"/careers/providers/{slug}/") for slug in ("two", "ten"))

    assert two == ten
