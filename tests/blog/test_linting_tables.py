"""Tables that can be read out."""

import pytest

from tests.blog.checked import found, mended, story

HEAD = "<thead><tr><th>Engine</th><th>Licence</th></tr></thead>"
ROW = "<tr><td>One</td><td>Free</td></tr>"


def table(inner):
    return story(f"<p>Text.</p><table>{inner}</table>")


def test_a_table_without_headers_gets_them_from_its_first_row():
    better = mended(table("<tr><td>Engine</td><td>Licence</td></tr>" + ROW), "table-header")

    assert "<thead>\n<tr>\n<th>Engine</th>" in better.body
    assert better.body.count("<th>") == 2


def test_what_was_bold_instead_of_a_header_is_one_and_no_longer_bold():
    bold = "<tr><td><strong>Engine</strong></td><td><strong><em>Licence</em></strong></td></tr>"

    assert "<th>Engine</th>\n<th><em>Licence</em></th>" in mended(table(bold + ROW), "table-header").body


@pytest.mark.parametrize(
    "inner",
    [HEAD + f"<tbody>{ROW}</tbody>", "<tr><th>Engine</th><td>One</td></tr><tr><th>Price</th><td>0</td></tr>"],
)
def test_headers_above_or_beside_pass(inner):
    assert found(table(inner), rule="table-header") == []


def test_a_column_without_a_header_is_named():
    (finding,) = found(
        table(HEAD.replace("Licence", "") + f"<tbody>{ROW}</tbody>"), rule="table-blank-header"
    )

    assert "Column 2" in finding.message


def test_the_corner_above_row_headers_may_be_empty():
    inner = HEAD.replace("Engine", "") + "<tbody><tr><th>One</th><td>Free</td></tr></tbody>"

    assert found(table(inner), rule="table-blank-header") == []


def test_a_row_of_another_length_is_named():
    inner = f"{HEAD}<tbody>{ROW}<tr><td>Alone</td></tr>{ROW}</tbody>"

    (finding,) = found(table(inner), rule="table-ragged")

    assert "Row 3" in finding.message


@pytest.mark.parametrize(
    "rows",
    [
        ROW + ROW,
        '<tr><td colspan="2">Both</td></tr>' + ROW,
        '<tr><td rowspan="2">One</td><td>a</td></tr><tr><td>b</td></tr>' + ROW,
    ],
)
def test_cells_that_span_fill_their_places(rows):
    assert found(table(f"{HEAD}<tbody>{rows}</tbody>"), rule="table-ragged") == []


def test_a_table_says_what_it_shows():
    with_caption = table(f"<caption>Engines</caption>{HEAD}<tbody>{ROW}</tbody>")

    assert found(with_caption, rule="table-caption") == []
    assert len(found(table(HEAD + f"<tbody>{ROW}</tbody>"), rule="table-caption")) == 1
