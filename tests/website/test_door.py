import threading

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connections
from django.db.models import ForeignKey, ManyToManyField
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from blog.models import Category
from tests.factories import CategoryFactory, UserFactory
from website.door import guarded

LONG = "a" * 100_000
HUGE = "9" * 20


@pytest.fixture
def desk(client, db):
    client.force_login(UserFactory(is_superuser=True))
    return client


MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


def address(model, verb):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{verb}")


@pytest.mark.parametrize("turn", range(5))
def test_a_search_for_anything_gets_an_answer(desk, turn):
    text = [LONG, "a " * 50_000, "%00", "%ff", "%25_\\'\""][turn]
    # What makes a search bearable is one for all lists: each meets two of the texts.
    for model in [*MODELS[turn::5], *MODELS[(turn + 2) % 5 :: 5]]:
        assert desk.get(f"{address(model, 'changelist')}?q={text}", follow=True).status_code == 200


@pytest.mark.parametrize("name", ["id__in", "id__exact", "p", "_to_field", "_changelist_filters"])
@pytest.mark.parametrize("turn", range(4))
def test_a_list_narrowed_by_what_cannot_be_is_no_page(desk, name, turn):
    value = ["%00", HUGE, f"1,{HUGE}", LONG][turn]
    # The guard is one for all lists: each meets one of the values.
    for model in MODELS[turn::4]:
        assert desk.get(f"{address(model, 'changelist')}?{name}={value}").status_code == 404


@pytest.mark.parametrize("value", ["x", "-1", "1e9", "%D9%A3", "[]"])
def test_a_list_narrowed_by_nonsense_is_shown_whole_or_refused(desk, value):
    for narrowed in [
        "blog/article/?id__in",
        "blog/article/?p",
        "blog/article/?category__id__exact",
        "blog/article/?authors__id__exact",
        "blog/article/?hashtag",
        "careers/credential/?checked_on__day",
    ]:
        assert desk.get(f"/admin/{narrowed}={value}", follow=True).status_code in (200, 400)


@pytest.mark.parametrize("list_and_day", ["blog_article:published_at", "careers_credential:checked_on"])
@pytest.mark.parametrize(
    ("date", "status"),
    [
        ({"year": "2026"}, 200),
        ({"year": "9998"}, 200),
        ({"year": "0"}, 404),
        ({"year": "9999"}, 404),
        ({"year": "9999", "month": "12", "day": "31"}, 404),
        ({"year": HUGE}, 404),
        ({"year": "2026", "month": "13"}, 200),
        ({"year": "2026", "month": "2", "day": "31"}, 200),
    ],
)
def test_a_list_drills_down_to_days_of_the_calendar(desk, list_and_day, date, status):
    name, day = list_and_day.split(":")
    query = {f"{day}__{unit}": number for unit, number in date.items()}

    assert desk.get(reverse(f"admin:{name}_changelist"), query, follow=True).status_code == status


@pytest.mark.parametrize("value", ["1.5", HUGE])
def test_a_form_is_not_filled_in_with_what_is_no_key(desk, value):
    for model in MODELS:
        for field in [*model._meta.fields, *model._meta.many_to_many]:
            if isinstance(field, ForeignKey | ManyToManyField):
                assert desk.get(f"{address(model, 'add')}?{field.name}={value}").status_code == 404


@pytest.mark.parametrize("value", ["x", "1.5", "\0", HUGE])
def test_a_form_takes_nothing_but_keys_for_rows(desk, value):
    for model in MODELS:
        for field in model._meta.many_to_many:
            if isinstance(field, ManyToManyField):
                assert desk.post(address(model, "add"), {field.name: value}).status_code == 400


@pytest.mark.parametrize("value", ["x", "1.5", "\0", HUGE])
@pytest.mark.parametrize(
    "row",
    [
        "blog_article:byline",
        "careers_role:role_skills-0-skill",
        "careers_examversion:fees-1-source",
    ],
)
def test_a_row_of_a_form_takes_nothing_but_keys_either(desk, row, value):
    name, _, field = row.partition(":")

    assert desk.post(reverse(f"admin:{name}_add"), {field: value}).status_code == 400


@pytest.mark.parametrize("count", ["1000", "-1", "x", HUGE])
def test_a_form_that_counts_rows_it_did_not_send_is_refused(desk, count):
    sent = {"role_skills-TOTAL_FORMS": count, "role_skills-INITIAL_FORMS": "0"}

    assert desk.post(reverse("admin:careers_role_add"), sent).status_code == 400


def test_a_form_is_filled_in_from_the_address(desk):
    category = CategoryFactory(name="Chosen")

    form = desk.get(reverse("admin:blog_article_add"), {"category": category.pk, "roles": "1,2"})

    assert form.status_code == 200
    assert f'<option value="{category.pk}" selected>' in form.content.decode()


@pytest.mark.parametrize("term", [LONG, "%00", "%ff", "a " * 50_000])
@pytest.mark.parametrize("field", ["blog:article:cover", "careers:role:related", "blog:articleauthor:author"])
def test_a_choice_looked_up_by_anything_gets_an_answer(desk, field, term):
    asked = dict(zip(["app_label", "model_name", "field_name"], field.split(":"), strict=True))
    query = "&".join(f"{name}={value}" for name, value in asked.items())

    assert desk.get(f"/admin/autocomplete/?{query}&term={term}").status_code == 200


# --- Two in the same moment ----------------------------------------------------------------------------


def test_a_form_that_came_second_is_looked_at_once_more_with_its_file_from_the_start():
    read = []

    def save(request):
        read.append(request.FILES["file"].read())
        if len(read) == 1:
            raise IntegrityError("someone was quicker")
        return HttpResponse("This address is taken.")

    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.png", b"picture")})

    assert guarded(save)(request).content == b"This address is taken."
    assert read == [b"picture", b"picture"]


def test_a_fault_that_is_no_ones_quickness_is_not_hidden():
    def save(request):
        raise IntegrityError("a fault of our own")

    with pytest.raises(IntegrityError):
        guarded(save)(RequestFactory().post("/"))


@pytest.mark.django_db(transaction=True)
def test_of_editors_who_give_one_address_at_once_one_gets_it_and_the_others_are_told():
    people, rounds, statuses = 4, 6, []
    together = threading.Barrier(people, timeout=30)
    editors = [UserFactory(is_superuser=True) for _ in range(people)]

    def add(editor):
        desk = Client(raise_request_exception=False)
        desk.force_login(editor)
        try:
            for number in range(rounds):
                together.wait()
                sent = {"name": f"Same {number}", "slug": f"same-{number}", "order": "0"}
                statuses.append(desk.post(reverse("admin:blog_category_add"), sent).status_code)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=add, args=[editor]) for editor in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [200] * rounds * (people - 1) + [302] * rounds
    assert Category.objects.count() == rounds
