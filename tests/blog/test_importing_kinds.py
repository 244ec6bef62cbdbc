import pytest

from blog.importing.kinds import MAX_BYTES, MAX_CHARACTERS, Unreadable, decoded, kind_of, plain

from . import handed_in


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (handed_in.PLAIN, "plain text"),
        (handed_in.MARKDOWN, "Markdown"),
        (handed_in.HTML, "HTML"),
        (handed_in.WORD, "Word"),
        ("<!-- StartFragment --><!----><p>One</p>", "HTML"),
        ("<b id=docs-internal-guid-1><p>One</p></b>", "HTML"),
        ("a < b\nand <p> is a tag", "plain text"),
        ("A title\n=======\nText.", "Markdown"),
        ("See [the list](https://example.org).", "Markdown"),
        ("#Java #Python\nare hashtags", "plain text"),
        ("<String> is a type", "plain text"),
    ],
)
def test_a_text_is_known_by_its_signs(text, kind):
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("name", "kind"), [("a.md", "Markdown"), ("A.HTML", "HTML"), ("a.htm", "HTML"), ("a.txt", "plain text")]
)
def test_the_name_of_the_file_has_the_word(name, kind):
    assert kind_of("Only words.", name=name) == kind


def test_markdown_may_begin_with_html():
    assert kind_of("<p align=center>Hello</p>", name="readme.md") == "Markdown"


@pytest.mark.parametrize(
    "data",
    [
        "“Größe”".encode(),
        "“Größe”".encode("utf-8-sig"),
        "“Größe”".encode("utf-16"),
        "“Größe”".encode("cp1252"),
        "<meta charset=windows-1252>“Größe”".encode("cp1252"),
    ],
)
def test_a_file_is_read_in_its_own_encoding(data):
    assert decoded(data).endswith("“Größe”")


@pytest.mark.parametrize(
    "data",
    [b"PK\x03\x04rest", b"%PDF-1.7", b"{\\rtf1", b"\xd0\xcf\x11\xe0rest", b"\xff\xd8\xff\xe0\x00\x10JFIF"],
)
def test_a_file_that_is_no_text_is_refused_with_the_way_out(data):
    with pytest.raises(Unreadable, match=r"[Pp]aste"):
        decoded(data)


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(Unreadable, match="4 MB"):
        decoded(b"a" * (MAX_BYTES + 1))


def test_a_text_that_is_too_long_is_refused_with_its_length():
    with pytest.raises(Unreadable, match="200,001 characters; at most 200,000"):
        plain("a" * (MAX_CHARACTERS + 1))


def test_lines_end_in_one_way_and_nothing_stays_that_no_text_holds():
    assert plain("\ufeffa\0\r\nb\rc\u2028d\ud800") == "a\nb\nc\nd"
