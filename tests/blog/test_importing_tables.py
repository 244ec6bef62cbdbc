from blog.canonical import read, write
from blog.importing.tables import comparison, live_block, settle

from .handed_in import ROLES


def table(*rows):
    cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    return read(f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>")[0]


def settled(*rows):
    one = table(*rows)
    settle(one)
    return write(read(write([one]))).replace("\n", "")


def test_a_first_row_in_bold_is_the_head():
    assert settled(["<strong>A</strong>", "<strong>B</strong>"], ["1", "2"]) == (
        "<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>"
    )


def test_a_first_row_with_one_plain_cell_is_a_row():
    assert "<th>" not in settled(["<strong>A</strong>", "B"], ["1", "2"])


def test_a_column_without_a_word_goes():
    assert settled(["A", "", "B"], ["1", "", "2"]).count("<td>") == 4


def test_a_ragged_table_keeps_every_cell():
    assert settled(["A", ""], ["1"]).count("<td>") == 3


def test_a_table_of_roles_can_be_a_live_comparison():
    found = comparison(3, table(["", "Data Engineers", "ML Engineer"], ["Focus", "a", "b"]), ROLES)

    assert found is not None
    assert (found.number, found.roles, found.rows) == (3, ("data-engineer", "ml-engineer"), ("Focus",))
    assert write([live_block(found)]) == (
        '<careers-block data-kind="comparison" data-ref="data-engineer,ml-engineer"></careers-block>'
    )


def test_a_table_of_anything_else_cannot():
    assert comparison(0, table(["", "Data Engineer", "Somebody"], ["Focus", "a", "b"]), ROLES) is None
    assert comparison(0, table(["", "Data Engineer", "Data Engineers"], ["Focus", "a", "b"]), ROLES) is None
    assert comparison(0, table(["", "Data Engineer", "ML Engineer"]), ROLES) is None
