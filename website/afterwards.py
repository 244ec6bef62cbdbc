"""What follows a commit, gathered into one transaction more: each commit makes the page cache begin anew.

A fault in one is logged. It is no reason to tell the writer that saving failed, nor to leave out the others.
"""

import logging
from collections.abc import Callable, Hashable

from asgiref.local import Local
from django.db import transaction

logger = logging.getLogger(__name__)
_pending = Local()  # what this thread is to do once it commits


def afterwards(key: Hashable, act: Callable[[], object]) -> None:
    """Once for each key. What a rollback left behind is done after the next commit, and must do no harm."""
    if not hasattr(_pending, "acts"):
        _pending.acts = {}
    _pending.acts[key] = act
    transaction.on_commit(_run, robust=True)


def _run() -> None:
    acts = _taken()
    if not acts:
        return
    with transaction.atomic():
        while acts:
            for key, act in acts.items():
                _done(key, act)
            acts = _taken()  # what they changed is followed by something too


def _taken() -> dict[Hashable, Callable[[], object]]:
    acts, _pending.acts = getattr(_pending, "acts", {}), {}
    return acts


def _done(key: Hashable, act: Callable[[], object]) -> None:
    try:
        with transaction.atomic():
            act()
    except Exception:
        logger.exception("What follows a commit failed: %s", key)
