"""What is defined twice in other words: compared is what each sentence tells of one subject."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .findings import Known, Note, in_body, shortened
from .repetition import repeated_sentences, sentences
from .stories import Passage, Story

FEWEST_SHARED: Final = 4
SHARE: Final = 0.5  # of the words of the shorter one
LONGEST_SUBJECT: Final = 5  # words
COMPARED: Final = 20  # definitions of one subject; nobody reads more findings
_CLAUSE: Final = re.compile(r"[,;]?\s+(?:while|whereas|but)\s+|;\s+", re.IGNORECASE)
_TELLING: Final = re.compile(
    r"is|are|means?|refers?|focus(?:es)?|analy[sz]es?"
    r"|(?:answer|build|create|design|develop|help|keep|make|manage|plan|run|test|train|turn|use|work|write)s?"
)
_ADVERB: Final = re.compile(r"also|often|\w{4,}ly")
_OF_NO_WEIGHT: Final = re.compile(
    r"a|an|the|of|on|in|to|for|with|from|by|as|at|into|and|or|th[ae]t|which|who|can|could|may|might|will|would"
    r"|such|its?|their|they|them|this|these|those|is|are|be|been|has|have|do|does|not|th[ae]n|also|more|most|like"
)
_POINTING: Final = re.compile(r"it|this|that|these|those|they|s?he|we|you|i|t?here|both|each|what")
_ENDING: Final = re.compile(r"(?:ions?|ings?|ives?|ed|es|(?<![su])s|e)$")


@dataclass(frozen=True)
class Definition:
    passage: Passage
    sentence: str
    subject: str
    told: frozenset[str]

    def tells_what(self, other: "Definition") -> bool:
        shared = len(self.told & other.told)
        return shared >= FEWEST_SHARED and shared >= SHARE * min(len(self.told), len(other.told))


def repeated_definitions(story: Story, known: Known) -> Iterator[Note]:
    """By subject: the same words before the verb, and half of what the shorter one tells."""
    said = {note.place for note in repeated_sentences(story, known)}
    seen: dict[str, list[Definition]] = defaultdict(list)
    for found in _definitions(story):
        earlier = next((one for one in seen[found.subject] if found.tells_what(one)), None)
        place = in_body(found.passage, found.sentence)
        if earlier is not None and earlier.sentence != found.sentence and place not in said:
            said.add(place)
            yield Note(place, f"This was told before, in other words: “{shortened(earlier.sentence)}”")
        if len(seen[found.subject]) < COMPARED:
            seen[found.subject].append(found)


def _definitions(story: Story) -> Iterator[Definition]:
    for sentence in sentences(story):
        for clause in _CLAUSE.split(sentence.text):
            subject, told = _taken_apart(re.findall(r"\w+", clause.casefold()))
            if subject:
                yield Definition(sentence.passage, sentence.text, subject, told)


def _taken_apart(words: list[str]) -> tuple[str, frozenset[str]]:
    """What stands before the verb, and the words of weight from it on; nothing where no verb is known."""
    verb = next((at for at, word in enumerate(words[: LONGEST_SUBJECT + 2]) if _TELLING.fullmatch(word)), 0)
    head = [word for word in words[:verb] if not _ADVERB.fullmatch(word)]
    head = head[1:] if head[:1] in (["a"], ["an"], ["the"]) else head
    if not head or len(head) > LONGEST_SUBJECT or any(map(_POINTING.fullmatch, head)):
        return "", frozenset()
    subject = " ".join(map(_stem, head))
    return subject, frozenset(_stem(word) for word in words[verb:] if not _OF_NO_WEIGHT.fullmatch(word))


def _stem(word: str) -> str:
    return _ENDING.sub("", word) if len(word) > 3 else word
