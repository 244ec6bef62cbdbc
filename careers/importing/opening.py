"""A folder, a zip or a single file as named files to read from. Nothing is ever unpacked to disk."""

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from .faults import FileFault

MOST_ENTRIES = 500
LARGEST = 2 * 1024**3  # all files together; the largest database known is a tenth of it
HIGHEST_RATIO = 200  # tables of text pack about ten to one
SMALL = 1024**2
UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


@dataclass(frozen=True)
class Files:
    """What a path holds, by the names of the files."""

    path: Path
    openers: Mapping[str, Callable[[], IO[bytes]]]

    def __contains__(self, name: str) -> bool:
        return name in self.openers

    def hash(self) -> str:
        """SHA-256 of the file, or of a folder's names and contents."""
        if self.path.is_file():
            return digest(self.path)
        lines = [f"{digest(self.path / name)}  {name}\n" for name in sorted(self.openers)]
        return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()

    @contextmanager
    def reading(self, name: str) -> Iterator[IO[bytes]]:
        """The file, whatever damage turns up while it is read told in a sentence."""
        try:
            with self.openers[name]() as file:
                yield file
        except UNREADABLE as error:
            raise FileFault(f"{name} cannot be read: {error}.") from error


def digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileFault(f"{path.name} cannot be read: {error}.") from error


@contextmanager
def opened(path: Path) -> Iterator[Files]:
    with ExitStack() as stack:
        yield files_of(path, stack)


def files_of(path: Path, stack: ExitStack) -> Files:
    try:
        if path.is_dir():
            found = [file for file in path.iterdir() if file.is_file()]
            return Files(path, {file.name: partial(open_file, file) for file in found})
        if not path.is_file():
            raise FileFault(f"There is no file or folder {path}.")
        if zipfile.is_zipfile(path):
            return Files(path, entries(stack.enter_context(zipfile.ZipFile(path))))
    except (*UNREADABLE, ValueError) as error:
        raise FileFault(f"{path} cannot be read: {error}.") from error
    return Files(path, {path.name: partial(open_file, path)})


def open_file(path: Path) -> IO[bytes]:
    return path.open("rb")


def entries(packed: zipfile.ZipFile) -> dict[str, Callable[[], IO[bytes]]]:
    """The files by their own names, wherever in the zip they lie."""
    members = packed.infolist()
    if len(members) > MOST_ENTRIES:
        raise FileFault(f"The zip holds {len(members)} files; at most {MOST_ENTRIES} are read.")
    if sum(member.file_size for member in members) > LARGEST:
        raise FileFault("The zip would unpack to more than 2 GB; no such file is read.")
    found: dict[str, Callable[[], IO[bytes]]] = {}
    for member in members:
        refuse_traps(member)
        name = PurePosixPath(member.filename).name
        if member.is_dir():
            continue
        if name in found:
            raise FileFault(f"The zip holds “{name}” twice.")
        found[name] = partial(packed.open, member)
    return found


def refuse_traps(member: zipfile.ZipInfo) -> None:
    name = member.filename
    path = PurePosixPath(name.replace("\\", "/"))
    if ".." in path.parts or path.is_absolute() or PureWindowsPath(name).drive:
        raise FileFault(f"The zip holds a name that points outside of it: {name[:100]!r}.")
    if member.file_size > SMALL and member.file_size > HIGHEST_RATIO * member.compress_size:
        raise FileFault(f"“{name[:100]}” in the zip unpacks to far more than tables of text do.")
    if member.flag_bits & 1:
        raise FileFault("The zip is locked with a password.")
