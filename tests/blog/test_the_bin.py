"""Deleting moves to the bin and says how to undo it; only from there something is gone."""

import pytest
from django.urls import reverse

from blog.models import Article
from tests.factories import DraftFactory

pytestmark = pytest.mark.django_db
LIST = reverse("admin:blog_article_changelist")
BIN = f"{LIST}?standing=bin"


def chosen(action, *articles, **more):
    return {"action": action, "_selected_action": [article.pk for article in articles], **more}


def state(article):
    return Article.objects.values_list("state", flat=True).filter(pk=article.pk).first()


@pytest.fixture
def publisher(as_group):
    return as_group("publisher")


def test_deleting_one_asks_says_where_it_goes_and_names_the_undo(publisher):
    draft = DraftFactory()
    page = reverse("admin:blog_article_delete", args=[draft.pk])

    asked = publisher.get(page).text
    done = publisher.post(page, {"post": "yes"}, follow=True).text

    assert "goes to the bin" in asked
    assert "To undo this" in asked
    assert "To undo this" in done
    assert "deleted successfully" not in done
    assert state(draft) == "bin"


def test_deleting_many_asks_once_and_moves_them(publisher):
    one, other = DraftFactory(title="One <b>"), DraftFactory()

    asked = publisher.post(LIST, chosen("delete_selected", one, other)).text
    assert (state(one), state(other)) == ("draft", "draft")
    done = publisher.post(LIST, chosen("delete_selected", one, other, post="yes"), follow=True).text

    assert "2 articles would change" in asked
    assert "One &lt;b&gt;" in asked
    assert "Moved to the bin: 2 articles. To undo this" in done
    assert (state(one), state(other)) == ("bin", "bin")


def test_the_bin_is_emptied_and_taken_from_only_where_one_sees_it(publisher):
    binned, kept = DraftFactory(state="bin"), DraftFactory(state="bin")

    publisher.post(LIST, chosen("delete_selected", binned, post="yes"))
    assert state(binned) == "bin"
    asked = publisher.post(BIN, chosen("delete_selected", binned)).text
    publisher.post(BIN, chosen("delete_selected", binned, post="yes"))
    publisher.post(BIN, chosen("take_out_of_bin_selected", kept, post="yes"))

    assert "Are you sure" in asked
    assert (state(binned), state(kept)) == (None, "draft")


def test_the_list_offers_what_makes_sense_there(publisher):
    DraftFactory(), DraftFactory(state="bin")

    elsewhere, there = publisher.get(LIST).text, publisher.get(BIN).text

    assert "Move the selected articles to the bin" in elsewhere
    assert "out of the bin" not in elsewhere
    assert "Take the selected articles out of the bin" in there
    assert "Delete the selected articles for good" in there
    assert "Publish the selected" not in there


def test_one_in_the_bin_is_deleted_for_good_with_what_hangs_on_it(publisher):
    binned = DraftFactory(state="bin")
    page = reverse("admin:blog_article_delete", args=[binned.pk])

    asked = publisher.get(page).text
    publisher.post(page, {"post": "yes"})

    assert "Delete for good" in asked
    assert state(binned) is None
