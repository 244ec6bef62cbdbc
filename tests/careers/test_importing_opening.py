import io
import zipfile

import pytest

from careers.importing import opening
from careers.importing.faults import FileFault
from careers.importing.opening import opened


def zipped(tmp_path, entries, name="files.zip"):
    path = tmp_path / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry, content in entries:
            packed.writestr(entry, content)
    return path


def read_all(path):
    with opened(path) as files:
        for name in files.openers:
            with files.reading(name) as file:
                file.read()


def fault(path):
    with pytest.raises(FileFault) as refused:
        read_all(path)
    return str(refused.value)


def test_a_folder_a_zip_and_a_file_are_read_alike(tmp_path):
    (tmp_path / "one.txt").write_text("hello")
    packed = zipped(tmp_path, [("db_30_3_text/one.txt", "hello")])
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "one.txt").write_text("hello")

    for path in (tmp_path / "one.txt", packed, tmp_path / "folder"):
        with opened(path) as files, files.reading("one.txt") as file:
            assert file.read() == b"hello"


def test_the_hash_of_a_folder_changes_with_a_name_and_with_a_byte(tmp_path):
    hashes = set()
    for name, text in [("a.txt", "x"), ("b.txt", "x"), ("b.txt", "y")]:
        folder = tmp_path / f"{name}{text}"
        folder.mkdir()
        (folder / name).write_text(text)
        with opened(folder) as files:
            hashes.add(files.hash())

    assert len(hashes) == 3
    assert {len(found) for found in hashes} == {64}


@pytest.mark.parametrize(
    "name", ["../one.txt", "a/../../one.txt", "/etc/one.txt", "a\\..\\one.txt", "C:\\one.txt"]
)
def test_a_name_that_points_outside_is_refused(tmp_path, name):
    assert "points outside" in fault(zipped(tmp_path, [(name, "x")]))


def test_what_unpacks_to_far_more_than_text_does_is_refused(tmp_path):
    assert "far more than tables of text" in fault(zipped(tmp_path, [("one.txt", b"0" * 5_000_000)]))


def test_too_many_files_are_refused(tmp_path):
    assert "at most 500" in fault(zipped(tmp_path, [(f"{number}.txt", "") for number in range(501)]))


def test_too_much_altogether_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(opening, "LARGEST", 10)

    assert "more than 2 GB" in fault(zipped(tmp_path, [("a.txt", "123456"), ("b.txt", "123456")]))


def test_a_name_that_is_there_twice_is_refused(tmp_path):
    assert "holds “one.txt” twice" in fault(zipped(tmp_path, [("a/one.txt", "x"), ("b/one.txt", "y")]))


def test_a_damaged_zip_is_told_of_in_a_sentence(tmp_path):
    path = zipped(tmp_path, [("one.txt", "hello " * 200)])
    damaged = bytearray(path.read_bytes())
    damaged[40:60] = b"\xff" * 20
    path.write_bytes(bytes(damaged))

    assert "cannot be read" in fault(path)


def test_a_zip_cut_off_is_no_zip(tmp_path):
    path = zipped(tmp_path, [("one.txt", "hello " * 200)])
    path.write_bytes(path.read_bytes()[:-30])
    with opened(path) as files:
        assert list(files.openers) == ["files.zip"]


def test_a_locked_zip_is_told_of(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        packed.writestr("one.txt", "x")
    raw = bytearray(buffer.getvalue())
    raw[raw.index(b"PK\x01\x02") + 8] |= 1
    path = tmp_path / "locked.zip"
    path.write_bytes(bytes(raw))

    assert "password" in fault(path)


def test_what_is_not_there_is_told_of(tmp_path):
    assert "There is no file or folder" in fault(tmp_path / "nowhere")
