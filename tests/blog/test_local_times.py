from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from blog.local_times import LocalDateTimeField, LocalDateTimeInput, in_words, told

NOW = datetime(2026, 6, 1, 0, 30, tzinfo=UTC)  # 06:00 in Kolkata


@pytest.fixture
def kolkata(settings):
    settings.TIME_ZONE = "Asia/Kolkata"


@pytest.fixture
def berlin(settings):
    settings.TIME_ZONE = "Europe/Berlin"


def test_the_date_is_one_control_with_one_label():
    html = LocalDateTimeInput().render("published_at", None, {"id": "id_published_at"})

    assert html.count("<input") == 1
    assert 'type="datetime-local"' in html
    assert "data-zone" not in html


def test_a_control_that_speaks_names_the_clock_it_goes_by(kolkata):
    html = LocalDateTimeInput(speaks_of="expires_at").render("expires_at", None)

    assert 'data-zone="Asia/Kolkata"' in html
    assert 'data-ahead="Expires"' in html


def test_a_moment_is_told_by_the_distance_and_the_site_s_clock(kolkata):
    assert in_words(NOW + timedelta(hours=3), now=NOW) == "in 3 hours, 09:00 Asia/Kolkata"
    assert in_words(NOW + timedelta(days=2), now=NOW) == "in 2 days, Wed 3 Jun 2026, 06:00 Asia/Kolkata"
    assert in_words(NOW - timedelta(minutes=5), now=NOW) == "5 minutes ago, 05:55 Asia/Kolkata"


def test_each_moment_says_what_it_does_or_did(kolkata):
    later = NOW + timedelta(hours=1)

    said = told({"published_at": NOW, "expires_at": later, "goes_live_at": None}, now=NOW)

    assert said == {
        "published_at": "Dated 0 minutes ago, 06:00 Asia/Kolkata.",
        "expires_at": "Expires in 1 hour, 07:00 Asia/Kolkata.",
    }


def test_a_time_the_clocks_leave_out_is_explained_with_the_one_that_comes_instead(berlin):
    with pytest.raises(ValidationError) as refused:
        LocalDateTimeField().clean("2026-03-29T02:30")

    assert refused.value.messages == [
        "Clocks go forward that night: there is no 02:30 on 29 March 2026 in Europe/Berlin. Choose 03:30."
    ]


def test_of_a_time_that_comes_twice_the_first_is_meant_and_said(berlin):
    moment = LocalDateTimeField().clean("2026-10-25T02:30")

    assert moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert in_words(moment, now=NOW).endswith("02:30 Europe/Berlin, the first 02:30 of that night")
    second = in_words(moment + timedelta(hours=1), now=NOW)
    assert second.endswith("the second 02:30 of that night")


def test_what_is_no_time_is_refused_as_ever():
    with pytest.raises(ValidationError, match="valid date"):
        LocalDateTimeField().clean("soon")


@pytest.mark.parametrize(
    "typed", ["0001-01-01T00:00:00+14:00", "0001-01-01T00:00", "9999-12-31T23:59", "0206-05-01T09:00"]
)
def test_a_year_that_cannot_be_meant_is_refused(typed, kolkata):
    with pytest.raises(ValidationError, match="cannot be meant"):
        LocalDateTimeField().clean(typed)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda local: local.replace(second=0)))
def test_what_is_taken_is_shown_as_it_was_typed(local):
    from django.test import override_settings

    with override_settings(TIME_ZONE="Europe/Berlin"):
        field, typed = LocalDateTimeField(), f"{local:%Y-%m-%dT%H:%M}"
        try:
            moment = field.clean(typed)
        except ValidationError:
            assert (local.month, local.day, local.hour) == (3, 29, 2)
        else:
            assert f"{field.prepare_value(moment):%Y-%m-%dT%H:%M}" == typed
