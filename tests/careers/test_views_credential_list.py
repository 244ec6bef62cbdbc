import re

import pytest
from django.utils import timezone

from careers import browsing
from careers.models import Delivery, ExamVersion, Fee, Recommendation, Status
from tests.careers.shown import data, source
from tests.factories import (
    CredentialFactory,
    ExamVersionFactory,
    ProviderFactory,
    RoleFactory,
    SkillFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/careers/certifications/"
NAMES = ("Gold", "Silver", "Tin")


@pytest.fixture
def certifications():
    acme, zeta = ProviderFactory(name="Acme", slug="acme"), ProviderFactory(name="Zeta", slug="zeta")
    gold = ExamVersionFactory(
        credential__name="Gold", credential__provider=acme, credential__level="expert", validity_months=36
    )
    Fee.objects.create(version=gold, amount=250)
    Delivery.objects.create(version=gold, languages=["en", "ja"])
    silver = ExamVersionFactory(credential__name="Silver", credential__provider=zeta)
    Delivery.objects.create(version=silver, languages=["en"])
    retired = ExamVersion.Status.RETIRED
    ExamVersionFactory(credential__name="Tin", credential__provider=zeta, status=retired)
    return gold.credential


def listed(client, asked):
    page = source(client.get(f"{LIST}{asked}"))
    return [name for name in re.findall(r">(\w+)</a>", page) if name in NAMES]


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("", ["Gold", "Silver"]),
        ("?retired=1", ["Gold", "Silver", "Tin"]),
        ("?provider=zeta", ["Silver"]),
        ("?provider=zeta&retired=1", ["Silver", "Tin"]),
        ("?provider=zeta&provider=acme", ["Gold", "Silver"]),
        ("?level=expert", ["Gold"]),
        ("?status=retired", ["Tin"]),
        ("?status=retired&status=active", ["Gold", "Silver", "Tin"]),
        ("?provider=acme&level=associate", []),
        ("?price=300", ["Gold"]),
        ("?price=unknown", ["Silver"]),
        ("?validity=3", ["Gold"]),
        ("?validity=unknown&price=300", []),
        ("?language=ja", ["Gold"]),
        ("?weeks=12&in=ja", ["Gold"]),
        ("?weeks=12&in=ja&sit=no", ["Silver"]),
        ("?by=2999-01-01", ["Gold", "Silver"]),
        ("?sort=name&retired=1", ["Gold", "Silver", "Tin"]),
        ("?sort=level", ["Silver", "Gold"]),
        ("?provider=nobody", ["Gold", "Silver"]),
        ("?level=%00&status=x", ["Gold", "Silver"]),
    ],
)
def test_certifications_can_be_narrowed_by_address(client, certifications, asked, names):
    assert listed(client, asked) == names


def test_certifications_can_be_narrowed_by_what_they_are_for(client, certifications):
    role, skill = RoleFactory(slug="data-engineer"), SkillFactory(slug="sql")
    Recommendation.objects.create(role=role, credential=certifications, tier="core", reason="It fits.")
    certifications.skills.add(skill)

    assert listed(client, "?role=data-engineer") == ["Gold"]
    assert listed(client, "?skill=sql&role=unknown") == []
    assert listed(client, "?role=unknown") == ["Silver"]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("provider=nobody&level=x", "We know no such level or provider, so that choice was left out."),
        ("weeks=-1", "We know no such number of weeks,"),
        ("by=1999-01-01", "We know no such date,"),
        ("in=tlh", "We know no such language,"),
        ("sort=cheapest", "We know no such order,"),
        ("page=0", "We know no such page,"),
    ],
)
def test_what_makes_no_sense_is_ignored_with_one_sentence(client, certifications, asked, sentence):
    page = source(client.get(f"{LIST}?{asked}"))

    assert sentence in page
    assert page.count("We know no such") == 1


def test_hidden_retired_certifications_are_counted_and_one_press_away(client, certifications):
    page = source(client.get(f"{LIST}?provider=zeta"))

    assert "1 certification; 1 retired one is hidden – " in page
    assert '<a href="?provider=zeta&retired=1">show</a>' in page


def test_each_choice_is_ticked_counted_and_can_be_taken_back(client, certifications):
    page = source(client.get(f"{LIST}?provider=acme&level=expert"))

    assert re.search(
        r'name="provider" value="acme" checked> <span class="facet__label">Acme</span>'
        r' <span class="facet__count">1</span>',
        page,
    )
    assert re.search(
        r'<li class="facet__none"><label><input type="checkbox" name="level" value="associate">', page
    )
    assert '<a class="chip chip--chosen" href="?level=expert">' in page
    assert f'<a class="chosen__all" href="{LIST}">' in page


def test_who_asks_for_a_day_sees_the_answer_at_each(client, certifications):
    page = source(client.get(f"{LIST}?weeks=0&in=en"))

    assert "and whether each can be sat in English today" in page
    assert page.count('class="answer answer--yes"') == 2


def test_only_the_list_as_it_stands_is_for_search_engines(client, certifications):
    noindex = '<meta name="robots" content="noindex, follow">'

    assert noindex not in source(client.get(LIST))
    for asked in ("level=expert", "weeks=3", "page=x", "retired=1"):
        assert noindex in source(client.get(f"{LIST}?{asked}")), asked


def test_an_empty_list_is_not_for_search_engines_either(client):
    assert "noindex" in source(client.get(LIST))


def test_where_nothing_is_left_a_way_back_is_shown(client, certifications):
    assert "No certification fits all of that." in source(client.get(f"{LIST}?provider=acme&level=associate"))


def test_a_long_list_comes_in_pages(client, certifications, monkeypatch):
    monkeypatch.setattr(browsing, "PAGE_SIZE", 2)
    first, second = source(client.get(f"{LIST}?retired=1")), source(client.get(f"{LIST}?retired=1&page=2"))

    assert "3 certifications, page 1 of 2" in first
    assert 'href="?retired=1&page=2"' in first
    assert listed(client, "?retired=1&page=2") == ["Tin"]
    assert 'rel="prev" href="?retired=1"' in second


def test_each_page_has_a_title_and_an_address_of_its_own(client, certifications, monkeypatch):
    monkeypatch.setattr(browsing, "PAGE_SIZE", 1)
    first, second = source(client.get(LIST)), source(client.get(f"{LIST}?page=2"))
    narrowed = source(client.get(f"{LIST}?retired=1&page=2"))

    assert "<title>Certifications" in first
    assert "<title>Page 2 of 2 – Certifications" in second
    assert f'<link rel="canonical" href="http://testserver{LIST}">' in first
    assert f'<link rel="canonical" href="http://testserver{LIST}?page=2">' in second
    assert f'<link rel="canonical" href="http://testserver{LIST}">' in narrowed
    assert "noindex" not in second


def test_what_ends_is_said_with_the_day(client, certifications):
    last = timezone.localdate().replace(month=1, day=2, year=timezone.localdate().year + 2)
    Delivery.objects.filter(version__credential__name="Silver").update(window_to=last)

    page = source(client.get(f"{LIST}?sort=ends"))

    assert f"until 2 January {last.year}" in page
    assert listed(client, "?sort=ends") == ["Silver", "Gold"]


def test_no_choice_names_a_draft(client, certifications):
    certifications.skills.add(SkillFactory(name="Secret skill", status=Status.DRAFT))
    role = RoleFactory(name="Secret role", status=Status.DRAFT)
    Recommendation.objects.create(role=role, credential=certifications, tier="core", reason="Secret.")
    CredentialFactory(name="Secret one", status=Status.DRAFT)

    assert "Secret" not in source(client.get(f"{LIST}?weeks=3&retired=1"))


def test_machines_read_the_rows_in_the_order_of_the_page(client, certifications):
    rows, trail = data(client.get(f"{LIST}?sort=level"))

    assert [row["name"] for row in rows["itemListElement"]] == ["Silver", "Gold"]
    assert rows["numberOfItems"] == 2
    assert [step["name"] for step in trail["itemListElement"]] == ["Home", "Careers", "Certifications"]
    assert all(row["url"].startswith("http://testserver/careers/") for row in rows["itemListElement"])


@pytest.mark.parametrize("asked", ["", "?weeks=12&in=en&sort=price", "?skill=shared&retired=1"])
def test_ten_certifications_cost_what_two_cost(client, make_catalogue, count_queries, asked):
    make_catalogue(2)
    two = count_queries(client, f"{LIST}{asked}")

    make_catalogue(10)

    assert count_queries(client, f"{LIST}{asked}") == two
