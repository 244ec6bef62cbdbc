"""What readers see where no page is, and when one broke."""

import re

import pytest
from django.views.defaults import bad_request, server_error


@pytest.mark.django_db
def test_where_no_page_is_the_ways_on_are_search_and_the_sections(client):
    response = client.get("/nowhere/at/all/")
    text = response.content.decode()

    assert response.status_code == 404
    assert text.count('action="/search/"') == 2
    assert all(f'href="{way}"' in text for way in ["/", "/blog/", "/category/", "/careers/"])
    assert '<meta name="robots" content="noindex">' in text


@pytest.mark.parametrize(
    "path", ["/%00/", "/" + "a" * 5000 + "/", "/%FF%FE/", "/blog/%0A/", "/<script>alert(1)</script>/"]
)
@pytest.mark.django_db
def test_no_address_is_too_strange_to_be_missing(client, path):
    response = client.get(path)

    assert response.status_code == 404
    assert b"<script>alert" not in response.content


def test_the_page_for_a_fault_of_ours_needs_neither_database_nor_request(rf):
    """Without the database mark a query would fail this test."""
    response = server_error(rf.get("/"))
    text = response.content.decode()

    assert response.status_code == 500
    assert "Something went wrong on our side" in text
    assert not re.search(r"<style|<script(?! type=\"module\" src)|\sstyle=|\son\w+=", text)


def test_what_cannot_be_read_is_answered_in_words_and_needs_neither_database_nor_request(rf):
    response = bad_request(rf.get("/"), ValueError())
    text = response.content.decode()

    assert response.status_code == 400
    assert "What was sent could not be read" in text
    assert "on our side" not in text
