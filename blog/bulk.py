"""Many articles at once: each change is shown first, all are made or none, and one undo takes all back.

A change is a pure function from snapshot to snapshot (``blog.snapshots``). Articles are written by
``blog.publishing`` only: a draft is saved, a live article gets a draft over it, or is published where a
publisher asks for that.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import accumulate, groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from . import publishing, saving, snapshots, states
from .canonical import Block, canonical, read, write
from .hashtag_names import key_of
from .inline_text import Run
from .models import Article, Batch, Category, ChangeNote, Revision
from .saving import Conflict, Person
from .snapshots import Snapshot

Change = Callable[[Snapshot], Snapshot]
MOST = 500
TEXTS = ("title", "summary", "seo_title", "seo_description")


# --- Changes ------------------------------------------------------------------


def with_hashtags(names: list[str]) -> Change:
    def change(snapshot: Snapshot) -> Snapshot:
        there = {key_of(name) for name in snapshot["hashtags"]}
        new = [name for name in names if key_of(name) not in there]
        return {**snapshot, "hashtags": [*snapshot["hashtags"], *new]}

    return change


def without_hashtags(names: list[str]) -> Change:
    gone = {key_of(name) for name in names}

    def change(snapshot: Snapshot) -> Snapshot:
        kept = [name for name in snapshot["hashtags"] if key_of(name) not in gone]
        return {**snapshot, "hashtags": kept}

    return change


def in_category(category: Category) -> Change:
    return lambda snapshot: {**snapshot, "category": category.pk}


def replacing(find: str, put: str, *, whole_words: bool, match_case: bool, in_code: bool = False) -> Change:
    """In titles, summaries, search texts and the words of the body; not in addresses or live parts."""
    around = (r"(?<!\w)", r"(?!\w)") if whole_words else ("", "")
    pattern = re.compile(f"{around[0]}{re.escape(find)}{around[1]}", 0 if match_case else re.IGNORECASE)

    def change(snapshot: Snapshot) -> Snapshot:
        texts = {name: pattern.sub(lambda _: put, snapshot[name]) for name in TEXTS}
        return {**snapshot, **texts, "body": _in_words(snapshot["body"], pattern, put, in_code=in_code)}

    return change


def _in_words(body: str, pattern: re.Pattern[str], put: str, *, in_code: bool) -> str:
    blocks = read(body)
    for block in _all(blocks):
        if block.tag != "pre" or in_code:
            parts = groupby(block.runs, key=lambda run: _is_open(run, in_code=in_code))
            block.runs = [
                run
                for is_open, runs in parts
                for run in (_replaced([*runs], pattern, put) if is_open else runs)
            ]
    return canonical(write(blocks))


def _is_open(run: Run, *, in_code: bool) -> bool:
    return run.live is None and (in_code or ("code", "") not in run.marks)


def _replaced(runs: list[Run], pattern: re.Pattern[str], put: str) -> list[Run]:
    """Found whatever its formatting; what is put there looks as the first character did."""
    spans = [match.span() for match in pattern.finditer("".join(run.text for run in runs))]
    starts = accumulate((len(run.text) for run in runs), initial=0)
    pairs = zip(runs, starts, strict=False)  # the last start is the end of all
    return [replace(run, text=_cut(run.text, start, spans, put)) for run, start in pairs]


def _cut(text: str, start: int, spans: list[tuple[int, int]], put: str) -> str:
    """The part of a longer text that begins at ``start``, with what is put where a match begins in it."""
    end, at, kept = start + len(text), start, []
    for first, last in spans:
        if first < end and last > start:
            kept += [text[at - start : max(first, start) - start], put if first >= start else ""]
            at = min(last, end)
    return "".join([*kept, text[at - start :]])


def _all(blocks: Iterable[Block]) -> Iterable[Block]:
    for block in blocks:
        yield block
        yield from _all(block.children)


# --- Proposing, applying, undoing ---------------------------------------------


@dataclass(frozen=True)
class Proposal:
    """What one article would become. ``version`` is the one that was looked at."""

    article: Article
    before: Snapshot
    after: Snapshot
    version: int
    change_note: str = ""  # what readers are told, if it reaches them at once


def propose(articles: Iterable[Article], change: Change) -> list[Proposal]:
    """For those that the change changes, from their newest draft."""
    found = []
    for article in articles:
        before = snapshots.of(article, snapshots.open_working_copy(article))
        after = change(before)
        if after != before:
            found.append(Proposal(article, before, after, article.version))
    return found


@transaction.atomic
def apply(
    proposals: Iterable[Proposal], *, what: str, by: Person | None, at_once: bool = False, now: datetime
) -> Batch:
    """All or none; raises ValidationError naming the article that stands in the way."""
    batch, proposals = Batch(what=what[:300], by=by, at=now), list(proposals)
    lock([proposal.article for proposal in proposals])
    for proposal in proposals:
        how = _how(proposal.article, at_once=at_once)
        with all_or_none(proposal.article):
            _make(batch, proposal, how)
    batch.save()
    return batch


def _make(batch: Batch, proposal: Proposal, how: str) -> None:
    article, note = proposal.article, proposal.change_note
    dated = article.updated_at
    details = {"base": proposal.version, "note": batch.what, "is_major": bool(note), "change_note": note}
    _write(article, proposal.after, how, by=batch.by, now=batch.at, **details)
    batch.rows.append([article.pk, proposal.version, article.version, how])
    if note and how == "publish":
        told = ChangeNote.objects.filter(article=article, at=batch.at).last()
        batch.told[str(article.pk)] = {
            "updated_at": snapshots.as_text(dated),
            "note": told.pk if told else None,
        }


def lock(articles: Iterable[Article]) -> None:
    """First of all, as the form of one does it, and in one order: two who wait for each other lose both."""
    keys = [article.pk for article in articles]
    list(Article.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))


@contextmanager
def all_or_none(article: Article) -> Iterator[None]:
    """What stands in the way of one stops all, and says which one it was."""
    try:
        yield
    except Conflict as conflict:
        raise ValidationError(f"“{article}” was changed meanwhile. Nothing was changed.") from conflict
    except ValidationError as refusal:
        raise ValidationError(f"“{article}”: {' '.join(refusal.messages)} Nothing was changed.") from refusal


def _how(article: Article, *, at_once: bool) -> str:
    if article.state != Article.State.PUBLISHED or article.draft_id or article.scheduled_id:
        return "draft"
    return "publish" if at_once else "over"


def _write(article: Article, snapshot: Snapshot, how: str, **details: Any) -> None:
    related = snapshots.put(article, snapshot)
    verb = publishing.publish if how == "publish" else publishing.save
    verb(article, related=related, **details)


@transaction.atomic
def undo(batch: Batch, *, by: Person | None, now: datetime) -> list[str]:
    """Back to what each was before; the titles of those that somebody changed since, which stay."""
    if not Batch.objects.filter(pk=batch.pk, undone_at=None).update(undone_at=now):
        return []  # somebody pressed the same button in this moment
    left = {}
    for key, before, after, how in batch.rows:
        article = Article.objects.select_for_update().filter(pk=key, version=after).first()
        if article is None or not _stands_as_left(batch, article):
            left[key] = str(Article.objects.filter(pk=key).first() or "an article that is gone")
        else:
            _take_back(batch, article, how, before, note=f"Undone: {batch.what}", by=by, now=now)
    batch.undone_at, batch.undone_by_name, batch.left = now, by.get_username() if by else "", [*left]
    batch.save()
    return [*left.values()]


def _stands_as_left(batch: Batch, article: Article) -> bool:
    """Being handed in, returned or given to somebody makes no version, and is a change all the same."""
    kept = batch.states.get(str(article.pk))
    return kept is None or states.of([article])[article.pk] == kept[1]


def _take_back(batch: Batch, article: Article, how: str, before: int, *, note: str, **who_when: Any) -> None:
    if how == "state":
        publishing.put_back(article, batch.states[str(article.pk)][0], note=note, **who_when)
    elif how == "over":
        publishing.discard_draft(article, **who_when)
    else:
        _untell(batch, article)
        _write(article, _content(article, before), how, note=note, **who_when)


def _untell(batch: Batch, article: Article) -> None:
    """Readers find the date and the change log as they were before."""
    if told := batch.told.get(str(article.pk)):
        article.updated_at = snapshots.as_moment(told["updated_at"])
        ChangeNote.objects.filter(article=article, pk=told["note"]).delete()


def _content(article: Article, version: int) -> Snapshot:
    kept = Revision.objects.filter(article=article, version=version).first()
    return kept.content if kept else saving.content_at(article, version)
