from datetime import date

from careers.deliveries import deliveries

TERMS = {"status": "active", "minutes": 90}


def test_an_exam_of_which_nothing_is_known_has_no_way_of_sitting_it():
    assert deliveries({"status": "active"}) == []


def test_one_set_of_terms_is_one_way():
    (way,) = deliveries({**TERMS, "items": 40, "languages": ["en", "es"], "delivery": ["online"]})

    assert way == {
        "phase": "standard",
        "minutes": 90,
        "items_min": 40,
        "items_max": 40,
        "channels": ["online"],
        "languages": ["en", "es"],
        "window_to": None,
    }


def test_languages_that_end_on_one_day_go_together():
    ends = {"en": "2027-06-11", "ja": "2027-08-13", "es": "2027-08-13"}

    ways = deliveries({**TERMS, "languages": ["en", "ja", "es"], "language_ends": ends})

    assert [(way["languages"], way["window_to"]) for way in ways] == [
        (["en"], date(2027, 6, 11)),
        (["ja", "es"], date(2027, 8, 13)),
    ]


def test_where_no_list_is_known_ending_languages_leave_others_open():
    ways = deliveries({**TERMS, "language_ends": {"it": "2026-10-15"}})

    assert [(way["languages"], way["window_to"]) for way in ways] == [
        ([], None),
        (["it"], date(2026, 10, 15)),
    ]


def test_a_beta_that_ended_is_a_way_of_its_own():
    ways = deliveries({**TERMS, "beta_ended": "2026-03-31"})

    assert [(way["phase"], way["window_to"]) for way in ways] == [
        ("standard", None),
        ("beta", date(2026, 3, 31)),
    ]


def test_the_standard_form_of_a_beta_is_a_way_of_its_own():
    standard = {"items": 65, "available_from": "2027-01-14", "date_certainty": "announced"}

    ways = deliveries({"status": "beta", "items": 85, "standard": standard})

    assert [(way["phase"], way["items_max"]) for way in ways] == [("beta", 85), ("standard", 65)]
    assert ways[1]["window_from"] == date(2027, 1, 14)
