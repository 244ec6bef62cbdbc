"""“Can I still sit it?”: the question as it is asked by address, and the answer in a sentence. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from careers.dates import partial_date_text
from careers.factsheet import language as language_name
from careers.lifecycle import (
    OPEN,
    Answer,
    Doubt,
    Sitting,
    Status,
    can_sit,
    closing_day,
    credential_status,
    later,
)
from careers.models import Credential, ExamVersion, Precision

MOST_WEEKS = 520


@dataclass(frozen=True)
class Question:
    """Whether it can be sat on a day, in a language; without one, in any."""

    on: date
    day: date
    language: str = ""
    weeks: int | None = None

    @property
    def text(self) -> str:
        """“in Japanese on 17 February 2027, 12 weeks from today”."""
        return f"{self.in_language} {self.when}".strip()

    @property
    def when(self) -> str:
        """“on 17 February 2027, 12 weeks from today”."""
        if self.day == self.on:
            return "today"
        weeks = f", {self.weeks} week{'' if self.weeks == 1 else 's'} from today" if self.weeks else ""
        return f"on {day_text(self.day)}{weeks}"

    @property
    def in_language(self) -> str:
        return f" in {language_name(self.language)}" if self.language else ""


@dataclass(frozen=True)
class Reading:
    """What could be made of an address: a question, or none, and the names of what made no sense."""

    question: Question | None
    problems: tuple[str, ...] = ()


def read(asked: Mapping[str, str], languages: Iterable[str], *, on: date) -> Reading:
    """A day counts for more than a number of weeks. What makes no sense is left out, and named."""
    weeks, day, code = (asked.get(name, "").strip() for name in ("weeks", "by", "in"))
    found_weeks, found_day = read_weeks(weeks), read_day(day, on=on)
    problems = [
        *(["number of weeks"] if weeks and found_weeks is None else []),
        *(["date"] if day and found_day is None else []),
        *(["language"] if code and code not in set(languages) else []),
    ]
    code = "" if "language" in problems else code
    if found_day is None and found_weeks is None and not code:
        return Reading(None, tuple(problems))
    if found_day is not None:
        return Reading(Question(on, found_day, code), tuple(problems))
    return Reading(Question(on, later(on, found_weeks or 0), code, found_weeks), tuple(problems))


def read_weeks(text: str) -> int | None:
    weeks = int(text) if re.fullmatch(r"[0-9]{1,3}", text) else MOST_WEEKS + 1
    return weeks if weeks <= MOST_WEEKS else None


def read_day(text: str, *, on: date) -> date | None:
    """A day to come, or today."""
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None
    return day if day is not None and day >= on else None


def languages_of(credential: Credential) -> list[str]:
    """Every language in which one of its exams is or was offered, by name."""
    rows = [row for version in credential.versions.all() for row in version.deliveries.all()]
    return sorted({code for row in rows for code in row.languages}, key=language_name)


# --- Answers ----------------------------------------------------------------


@dataclass(frozen=True)
class Reply:
    """The answer in sentences, and the languages in which the same question would be answered by yes."""

    answer: Answer
    headline: str
    sentence: str
    instead: tuple[str, ...] = ()


HEADLINES = {Answer.YES: "Yes.", Answer.UNKNOWN: "Not known.", Answer.NO: "No."}


def reply(credential: Credential, question: Question) -> Reply:
    found = can_sit(credential, question.language, on=question.day, today=question.on)
    say = {Answer.YES: yes, Answer.UNKNOWN: unknown, Answer.NO: no}[found.answer]
    instead = () if found.answer == Answer.YES else elsewhere(credential, question)
    sentence = f"{say(found, question)}{for_whom(credential, found)}"
    return Reply(found.answer, HEADLINES[found.answer], sentence, instead)


def for_whom(credential: Credential, found: Sitting) -> str:
    """A yes holds for those who are let in."""
    if found.answer != Answer.YES or credential.access == Credential.Access.OPEN:
        return ""
    return f" It is not open to all: {credential.get_access_display().lower()}."


def elsewhere(credential: Credential, question: Question) -> tuple[str, ...]:
    codes = [code for code in languages_of(credential) if code != question.language]
    answers = {code: can_sit(credential, code, on=question.day, today=question.on).answer for code in codes}
    return tuple(language_name(code) for code in codes if answers[code] == Answer.YES)


def yes(found: Sitting, question: Question) -> str:
    until = f"The last day is {day_text(found.until)}." if found.until else "No last day has been announced."
    return f"It can be sat {question.text}: {called(found.version)}. {until}"


def unknown(found: Sitting, question: Question) -> str:
    version = found.version
    if version is None:
        return "No exam of it is recorded."
    if found.doubt is not None:
        return f"Whether {called(version)} can be sat {question.text} is not known: {DOUBTS[found.doubt]}."
    if Status(version.status) not in OPEN:
        return f"{called(version)} may be open {question.when}, but that it opened is not confirmed."
    if Status(version.status) == Status.BETA:
        return f"{code_of(version)} is a beta now; what follows it {question.when} is only announced."
    return (
        f"{called(version)} can be sat {question.when}; whether it is offered{question.in_language} is not"
        " recorded."
    )


def no(found: Sitting, question: Question) -> str:
    """With the last day, where one is known and over."""
    text = f"It cannot be sat {question.text}."
    last = found.until or (closing_day(found.version) if found.version else None)
    if last is None or last >= question.day:
        return text
    verb = "was" if last < question.on else "is"
    return f"{text} The last day {verb} {day_text(last)} ({called(found.version)})."


DOUBTS = {
    Doubt.ENDING: "that it ends has been announced, but not when",
    Doubt.SUCCESSOR: "what takes its place may be open by then",
    Doubt.FAR: "no end has been announced, but that is more than a year away",
}


def called(version: ExamVersion | None) -> str:
    """Its code, or what it is; a beta is said to be one."""
    if version is None:
        return "the exam"
    name = code_of(version)
    return f"{name} (a beta now)" if Status(version.status) == Status.BETA else name


def code_of(version: ExamVersion) -> str:
    return version.exam_code or version.version_label or "the exam"


def day_text(day: date | None) -> str:
    return partial_date_text(day, Precision.DAY)


# --- As it stands -----------------------------------------------------------


def stands(credential: Credential, *, on: date) -> str:
    """The status of a certification in a sentence."""
    status = credential_status(credential, on=on)
    ends = [end for version in credential.versions.all() if (end := closing_day(version))]
    last = max(ends, default=None)
    if status is None:
        return "Whether it can be taken is not known."
    if status == Status.RETIRED:
        is_over = last is not None and last < on
        return f"It can no longer be taken; the last day was {day_text(last)}." if is_over else RETIRED
    if status == Status.RETIREMENT_ANNOUNCED:
        return f"It can still be taken, until {day_text(last)}." if last and last >= on else ENDING
    return SENTENCES[status]


RETIRED = "It can no longer be taken."
ENDING = "It can still be taken; that it ends has been announced."
SENTENCES = {
    Status.ACTIVE: "It can be taken now.",
    Status.BETA: "It can be taken now, as a beta.",
    Status.IN_DEVELOPMENT: "It is announced and cannot be taken yet.",
}
