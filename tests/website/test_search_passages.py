from website.search.passages import Heading, heading_at, headings

BODY = "The map is old. The map · Here it is. Is it true? Yes. End · Bye."
CONTENTS = [
    {"id": "s-map", "title": "The map", "level": 2},
    {"id": "s-true", "title": "Is it true?", "level": 2},
    {"id": "s-lost", "title": "Not there", "level": 2},
    {"block": 0},
]


def test_headings_are_found_where_they_stand_and_not_where_they_are_quoted():
    assert headings(BODY, CONTENTS) == [Heading(16, "s-map", "The map"), Heading(38, "s-true", "Is it true?")]


def test_a_passage_is_under_the_last_heading_before_it():
    kept = [list(heading) for heading in headings(BODY, CONTENTS)]

    assert heading_at(kept, 40) == Heading(38, "s-true", "Is it true?")
    assert heading_at(kept, 20) == Heading(16, "s-map", "The map")


def test_a_passage_before_all_headings_or_of_a_page_without_any_has_none():
    assert heading_at([[16, "s-map", "The map"]], 3) is None
    assert heading_at(None, 3) is None


def test_what_live_blocks_say_is_under_no_heading():
    kept = headings(f"{BODY} A block.", CONTENTS, "Bye.")

    assert heading_at(kept, len(BODY) - 4) == Heading(38, "s-true", "Is it true?")
    assert heading_at(kept, len(BODY) + 2) is None
