import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.artefacts import without_artefacts

MARKS = [
    ":contentReference[oaicite:1]{index=1}",
    "::contentReference[oaicite:12]{index=12}",
    ":contentReference[oaicite:3]",
    "[oaicite:0]{index=0}",
    "oai_citation:2‡example.org",
    "([oai_citation:2‡Example](https://example.org/a))",
    "citeturn0search0",
    "citeturn0search0turn1view3",
    "\ue200cite\ue202turn0search0\ue201",
    "【4†source】",
    "【12:3†notes.pdf】",
]


@pytest.mark.parametrize("mark", MARKS)
def test_a_mark_goes_with_the_space_before_it(mark):
    clean, found = without_artefacts(f"It grows {mark}. So it is said {mark}")

    assert clean == "It grows. So it is said"
    assert {one.kind for one in found} == {"citation mark"}


@pytest.mark.parametrize("mark", [mark for mark in MARKS if not mark[-1].isalnum()])
def test_words_stay_two_words(mark):
    assert without_artefacts(f"lays {mark}and goes")[0] == "lays and goes"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("https://a.org/?utm_source=chatgpt.com", "https://a.org/"),
        ("https://a.org/?x=1&utm_source=chatgpt.com", "https://a.org/?x=1"),
        ("https://a.org/?utm_source=chatgpt.com&x=1", "https://a.org/?x=1"),
        ("https://a.org/?utm_source=openai#top", "https://a.org/#top"),
    ],
)
def test_an_address_forgets_the_chat_it_came_from(before, after):
    assert without_artefacts(before)[0] == after


def test_characters_of_nobody_go():
    clean, found = without_artefacts("Pay\ue000 rise\uf8ff")

    assert clean == "Pay rise"
    assert [one.kind for one in found] == ["character without meaning"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "Turn 0 search results into one.",
        "We cite turnover.",
        "content reference",
        "an index {index=1} of [links]",
        "【注】 a note",
        "https://a.org/?utm_source=newsletter",
        "https://a.org/?utm_source=chatgpt.computer",
        "a dagger† and “quotes”",
    ],
)
def test_what_people_write_stays(text):
    assert without_artefacts(text) == (text, [])


@given(
    st.lists(
        st.sampled_from([*MARKS, "a", " ", "utm_source=chatgpt.com", "?", "&", "\ue200", "【", "†", "】"])
    )
)
def test_nothing_is_left_to_find(pieces):
    clean, _ = without_artefacts("".join(pieces))

    assert without_artefacts(clean) == (clean, [])
