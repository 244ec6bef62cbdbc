"""Word's lists, made of paragraphs again into lists in lists."""

import re
from typing import Final

from blog.canonical import Block

from .blocks import without_start
from .documents import ITEM

_MARKER: Final = re.compile(r"[·•§▪oØ\uf0b7\uf0a7\uf0d8–-]\s+|(\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]\s+")


def with_lists(blocks: list[Block]) -> list[Block]:
    """``blocks`` with each run of marked paragraphs as one list."""
    done: list[Block] = []
    is_open: list[Block] = []  # the lists an item may continue, the outermost first
    for block in blocks:
        if not block.text.startswith(ITEM):
            block.children = with_lists(block.children)
            is_open = []
            done.append(block)
            continue
        level, name = _unmarked(block)
        if _opened(is_open, level, name):
            _home(is_open, done).append(is_open[-1])
        is_open[-1].children.append(Block("li", children=[block]))
    return done


def _unmarked(block: Block) -> tuple[int, str]:
    level = int(block.text[1]) if block.text[1:2].isdecimal() else 1
    found = _MARKER.match(block.text, 2)
    block.runs = without_start(block.runs, found.end() if found else 2)
    return level, "ol" if found and found[1] else "ul"


def _opened(is_open: list[Block], level: int, name: str) -> bool:
    """Whether the item begins a list of its own, which is then the last of those open."""
    del is_open[max(1, min(level, len(is_open) + 1)) :]
    if len(is_open) >= level and is_open[-1].tag == name:
        return False
    if len(is_open) >= level:
        is_open.pop()
    is_open.append(Block(name))
    return True


def _home(is_open: list[Block], done: list[Block]) -> list[Block]:
    """Where the newest of the open lists stands: in the last item of the one around it, or in the text."""
    return is_open[-2].children[-1].children if len(is_open) > 1 else done
