import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.importing import reading
from careers.importing.faults import FileFault, RowFault
from careers.importing.opening import opened
from careers.importing.reading import Reading
from careers.importing.values import clean

COLUMNS = {"code": ("Code",), "name": ("Name", "Title")}


def read(tmp_path, content, *, name="t.txt", commas=False, parse=lambda row: (row["code"], row["name"])):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    told = []
    with opened(path) as files:
        found = Reading(files, told.append)
        table = found.commas if commas else found.tabs
        rows = list(table(name, COLUMNS, parse))
    return rows, [(refusal.place, refusal.reason) for refusal in found.refused], told


def document(tmp_path, content):
    path = tmp_path / "one.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with opened(path) as files:
        return Reading(files).json("one.json")


def test_columns_are_found_by_their_titles_wherever_they_stand(tmp_path):
    one, *_ = read(tmp_path, "Code\tName\n1\ta\n")
    other, *_ = read(tmp_path, "Else\tTitle\tCode\nx\ta\t1\n")

    assert one == other == [("1", "a")]


def test_a_mark_of_byte_order_and_either_end_of_line_are_no_part_of_the_text(tmp_path):
    rows, refused, _ = read(tmp_path, b"\xef\xbb\xbfCode\tName\r\n1\ta\r\n\r\n")

    assert (rows, refused) == ([("1", "a")], [])


@pytest.mark.parametrize("content", ["", "Name\n", "Code\tname\n1\ta\n", "Code,Name\n"])
def test_a_file_without_a_needed_column_is_refused_as_a_whole(tmp_path, content):
    with pytest.raises(FileFault, match="lacks the column"):
        read(tmp_path, content)


def test_a_column_that_is_there_twice_is_refused(tmp_path):
    with pytest.raises(FileFault, match="“Name” twice"):
        read(tmp_path, "Code\tName\tTitle\n")


def test_a_short_row_is_set_aside_with_its_line_and_the_others_are_read(tmp_path):
    rows, refused, _ = read(tmp_path, "Code\tName\n1\n2\tb\n3\tc\td\n")

    assert rows == [("2", "b")]
    assert refused == [
        ("t.txt, line 2", "There are 1 columns here and 2 in the header."),
        ("t.txt, line 4", "There are 3 columns here and 2 in the header."),
    ]


def test_a_line_of_a_megabyte_is_set_aside_and_the_next_is_read(tmp_path):
    rows, refused, _ = read(tmp_path, f"Code\tName\n1\t{'x' * 1_000_000}\n2\tb\n")

    assert rows == [("2", "b")]
    assert "longer than 200,000 bytes" in refused[0][1]


@pytest.mark.parametrize("bad", [b"\xff\xfe", b"\0", b"\xed\xa0\x80", b"\x1b[2J"])
@pytest.mark.parametrize("commas", [False, True])
def test_bytes_that_are_no_text_cost_their_row_only(tmp_path, bad, commas):
    split = b"," if commas else b"\t"
    content = b"Code" + split + b"Name\n1" + split + bad + b"\n2" + split + b"b\n"

    rows, refused, _ = read(tmp_path, content, commas=commas, parse=lambda row: clean(row["name"]))

    assert rows == ["b"]
    assert [place for place, _ in refused] == ["t.txt, line 2"]


def test_a_quoted_cell_runs_over_several_lines(tmp_path):
    rows, *_ = read(tmp_path, 'Code,Name\n1,"a\nb, ""c"""\n', commas=True)

    assert rows == [("1", 'a\nb, "c"')]


def test_a_quote_that_never_ends_is_a_refused_row(tmp_path):
    rows, refused, _ = read(tmp_path, 'Code,Name\n1,"a\n2,b\n', commas=True)

    assert rows == []
    assert "quotes" in refused[0][1]


def test_a_cell_too_large_to_be_one_is_a_refused_row(tmp_path):
    _, refused, _ = read(tmp_path, f'Code,Name\n1,"{"x" * 140_000}"\n', commas=True)

    assert "quotes" in refused[0][1]


def test_quotes_mean_nothing_between_tabs(tmp_path):
    assert read(tmp_path, 'Code\tName\n1\t"a\n')[0] == [("1", '"a')]


def test_too_many_refusals_mean_the_wrong_file(tmp_path):
    with pytest.raises(FileFault, match="are these the files"):
        read(tmp_path, "Code\tName\n" + "1\n" * 1_001)


def test_a_long_file_tells_how_far_it_is(tmp_path):
    _, _, told = read(tmp_path, "Code\tName\n" + "1\ta\n" * 20_001)

    assert told == ["t.txt: 10,000 lines read", "t.txt: 20,000 lines read"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_rows_refused_rows_or_a_refused_file(tmp_path, content, commas):
    try:
        rows, refused, _ = read(tmp_path, b"Code,Name\tTitle\n" + content, commas=commas)
    except FileFault:
        return
    assert all(len(row) == 2 for row in rows)
    assert all(place.startswith("t.txt, line") for place, _ in refused)


def test_a_fault_of_a_row_is_told_with_its_place(tmp_path):
    def parse(row):
        raise RowFault("No.")

    assert read(tmp_path, "Code\tName\n1\ta\n", parse=parse)[1] == [("t.txt, line 2", "No.")]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        '{"a": NaN}',
        '{"a": -Infinity}',
        b"\xff{}",
        '{"a": ' + "9" * 5000 + "}",
        "[" * 5_000 + "]" * 5_000,
        "[" * 200_000,
        json.dumps({"a": [[[[1]]]]})[:-1],
    ],
)
def test_json_that_is_none_is_a_sentence(tmp_path, content):
    with pytest.raises(FileFault, match=r"one\.json is "):
        document(tmp_path, content)


def test_json_nested_deeper_than_any_catalogue_is_refused(tmp_path):
    with pytest.raises(FileFault, match="nested too deeply"):
        document(tmp_path, "[" * 60 + "1" + "]" * 60)


def test_numbers_of_json_keep_what_they_say(tmp_path):
    assert str(document(tmp_path, '{"price": 164.10}')["price"]) == "164.10"


def test_a_document_too_large_to_hold_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LARGEST_JSON", 10)

    with pytest.raises(FileFault, match="is larger than"):
        document(tmp_path, "[" + "1," * 50 + "1]")
