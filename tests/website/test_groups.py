import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from website.groups import make_groups

pytestmark = pytest.mark.django_db


def powers(name):
    found = Group.objects.get(name=name).permissions.values_list("content_type__app_label", "codename")
    return {".".join(pair) for pair in found}


def test_each_group_may_all_that_the_one_before_may():
    assert powers("writer") < powers("editor") < powers("publisher")


@pytest.mark.parametrize(
    ("power", "first"),
    [
        ("blog.add_article", "writer"),
        ("blog.add_picture", "writer"),
        ("careers.view_role", "writer"),
        ("blog.change_any_article", "editor"),
        ("blog.change_hashtag", "editor"),
        ("blog.merge_hashtag", "editor"),
        ("blog.add_category", "editor"),
        ("careers.change_role", "editor"),
        ("website.add_signpost", "editor"),
        ("website.change_missingaddress", "editor"),
        ("website.teach_searchlesson", "editor"),
        ("careers.delete_roleskill", "editor"),
        ("blog.publish_article", "publisher"),
        ("blog.delete_article", "publisher"),
        ("careers.delete_role", "publisher"),
    ],
)
def test_a_power_begins_with_its_group(power, first):
    order = ["writer", "editor", "publisher"]

    having = [name for name in order if power in powers(name)]

    assert having == order[order.index(first) :]


@pytest.mark.parametrize("kept", ["fieldchange", "slugalias", "importrun", "importrow"])
def test_nobody_edits_what_the_site_writes_down_by_itself(kept):
    assert {power for power in powers("publisher") if power.endswith(kept)} == {f"careers.view_{kept}"}


def test_no_group_touches_accounts_or_the_machinery():
    assert {power.split(".")[0] for power in powers("publisher")} == {"blog", "careers", "website"}
    of_the_site = {power.rpartition("_")[2] for power in powers("publisher") if power.startswith("website")}
    assert of_the_site == {"redirect", "signpost", "missingaddress", "searchlesson"}


def test_making_the_groups_again_adds_nothing_and_keeps_what_the_client_granted():
    writer = Group.objects.get(name="writer")
    extra = Permission.objects.get(codename="change_picture")
    writer.permissions.add(extra)
    before = powers("writer")

    for label in ("blog", "careers", "auth"):
        make_groups(apps.get_app_config(label))

    assert powers("writer") == before
    assert Group.objects.count() == 3
