"""Text that lost its marks, line by line, as Markdown: lists, tables and paragraphs stand apart again."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final, Literal

Sign = Literal["blank", "fence", "row", "cells", "rule", "item", "text"]

_BULLET: Final = re.compile(r"^([ \t]*)[•◦▪▫‣·●○■□⁃∙\uf0b7\uf0a7*+–—-][ \t\xa0]+(?=\S)")
_NUMBER: Final = re.compile(r"^([ \t]*)(\d{1,3})[.)][ \t\xa0]+(?=\S)")
_FENCE: Final = re.compile(r"^\s{0,3}(?:```|~~~)")
_SENTENCE_END: Final = re.compile(r"[.!?:;…][\"'”’)\]]*$")
WIDEST: Final = 100  # longer lines were not broken by a program that breaks lines


def marked(text: str, *, is_plain: bool) -> str:
    """``text`` as Markdown. What is Markdown already gets what its tables and lists lack, no more."""
    lines = list(_signed(text.split("\n")))
    apart = is_plain and not is_wrapped(text.split("\n"))
    out: list[str] = []
    before: Sign = "blank"
    for (sign, line), (after, _) in zip(lines, [*lines[1:], ("blank", "")], strict=True):
        if _stands_apart(before, sign, apart=apart):
            out.append("")
        out.append(line)
        if sign in ("row", "cells") and before not in (sign, "rule") and after != "rule":
            out.append("|" + "---|" * _width(line))  # the line below it makes it a table's head
        before = sign
    return "\n".join(out)


def is_wrapped(lines: list[str]) -> bool:
    """Whether a program broke the lines: many stop in the middle of a sentence, and none is long."""
    texts = [line.strip() for line in lines if _sign(line) == "text"]
    inner = [first.strip() for first, second in pairwise(lines) if _sign(first) == _sign(second) == "text"]
    if not inner or max(map(len, texts)) > WIDEST:
        return False
    broken = [line for line in inner if len(line) > WIDEST // 2 and not _SENTENCE_END.search(line[-8:])]
    return len(broken) * 3 > len(inner)


def _signed(lines: list[str]) -> Iterator[tuple[Sign, str]]:
    in_code = False
    for line in lines:
        sign = _sign(line)
        if sign == "fence" or in_code:
            in_code = in_code != (sign == "fence")
            yield "fence", line
        else:
            yield sign, _TIDIED.get(sign, str)(line)


def _sign(line: str) -> Sign:
    if not line.strip():
        return "blank"
    if _FENCE.match(line):
        return "fence"
    row = line.strip()
    if 2 < row.count("|") + 1 <= WIDEST and row[0] == row[-1] == "|":
        return "rule" if "--" in row and not row.strip("|:- \t") else "row"
    if _BULLET.match(line) or _NUMBER.match(line):
        return "item"
    return "cells" if "\t" in line.strip() else "text"


def _stands_apart(before: Sign, sign: Sign, *, apart: bool) -> bool:
    if "blank" in (before, sign) or before == sign == "fence":
        return False
    if before == sign == "text":
        return apart
    return {before, sign} not in ({"row", "rule"}, {"rule"}, {"row"}, {"cells"}, {"item"})


def _width(row: str) -> int:
    return len(re.findall(r"(?<!\\)\|", row.strip())) - 1


def _cells(line: str) -> str:
    """Cells that a spreadsheet parts by tabs."""
    return "| " + " | ".join(cell.strip().replace("|", "\\|") for cell in line.strip("\n").split("\t")) + " |"


def _item(line: str) -> str:
    return _NUMBER.sub(r"\1\2. ", _BULLET.sub(r"\1- ", line))


_TIDIED: Final[dict[str, Callable[[str], str]]] = {"item": _item, "cells": _cells, "row": str.strip}
