from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.models import Delivery, ExamVersion
from careers.sitting import Question, languages_of, read, reply, stands
from tests.factories import CredentialFactory, ExamVersionFactory

ON = date(2026, 11, 25)
LATER = date(2027, 2, 17)
Status = ExamVersion.Status


def question(**asked):
    return read(asked, ["en", "ja"], on=ON)


# --- What was asked ---------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ({"weeks": "12"}, "on 17 February 2027, 12 weeks from today"),
        ({"weeks": "1", "in": "ja"}, "in Japanese on 2 December 2026, 1 week from today"),
        ({"in": "ja"}, "in Japanese today"),
        ({"weeks": "0"}, "today"),
        ({"by": "2027-02-17"}, "on 17 February 2027"),
        ({"by": "2027-02-17", "weeks": "3"}, "on 17 February 2027"),
        ({"by": "2026-11-25", "in": "en"}, "in English today"),
        ({"weeks": " 12 "}, "on 17 February 2027, 12 weeks from today"),
    ],
)
def test_a_question_says_itself_in_words(asked, text):
    reading = question(**asked)

    assert (reading.question.text, reading.problems) == (text, ())


@pytest.mark.parametrize("asked", [{}, {"weeks": "", "by": "", "in": ""}, {"other": "1"}])
def test_without_an_entry_nothing_is_asked(asked):
    assert question(**asked).question is None
    assert question(**asked).problems == ()


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ({"weeks": "-1"}, "number of weeks"),
        ({"weeks": "521"}, "number of weeks"),
        ({"weeks": "9" * 5000}, "number of weeks"),
        ({"weeks": "٣"}, "number of weeks"),
        ({"weeks": "1.5"}, "number of weeks"),
        ({"weeks": "\x00"}, "number of weeks"),
        ({"by": "2026-11-24"}, "date"),
        ({"by": "2027-02-30"}, "date"),
        ({"by": "20270217"}, "date"),
        ({"by": "99999-01-01"}, "date"),
        ({"by": "0000-00-00"}, "date"),
        ({"in": "xx"}, "language"),
        ({"in": "\ud800"}, "language"),
    ],
)
def test_what_makes_no_sense_is_left_out_and_named(asked, problem):
    assert question(**asked).question is None
    assert question(**asked).problems == (problem,)


def test_the_rest_of_a_question_is_kept_beside_what_makes_no_sense():
    reading = question(weeks="many", **{"in": "ja"})

    assert (reading.question.text, reading.problems) == ("in Japanese today", ("number of weeks",))


@given(st.fixed_dictionaries({name: st.text() for name in ("weeks", "by", "in")}))
def test_any_text_is_read(asked):
    reading = question(**asked)

    assert reading.question is None or reading.question.day >= ON


# --- Answers ----------------------------------------------------------------


@pytest.fixture
def ending(db):
    """Ended in English, runs on in Japanese, as one of Amazon's did."""
    version = ExamVersionFactory(exam_code="MLA-C01", status=Status.RETIREMENT_ANNOUNCED)
    Delivery.objects.create(version=version, languages=["ja"])
    Delivery.objects.create(version=version, languages=["en"], window_to=date(2026, 9, 28))
    return version.credential


def test_yes_names_the_version_and_that_no_end_is_announced(ending):
    ending.versions.update(status=Status.ACTIVE)
    answer = reply(ending, Question(ON, LATER, "ja", 12))

    assert (answer.headline, answer.instead) == ("Yes.", ())
    assert answer.sentence == (
        "It can be sat in Japanese on 17 February 2027, 12 weeks from today: MLA-C01."
        " No last day has been announced."
    )


def test_of_an_end_without_a_day_nobody_knows_more_than_today(ending):
    answer = reply(ending, Question(ON, LATER, "ja"))

    assert reply(ending, Question(ON, ON, "ja")).headline == "Yes."
    assert answer.headline == "Not known."
    assert answer.sentence == (
        "Whether MLA-C01 can be sat in Japanese on 17 February 2027 is not known:"
        " that it ends has been announced, but not when."
    )
    assert reply(ending, Question(ON, LATER, "en")).instead == ()


def test_in_any_language_the_one_whose_end_is_known_is_sure_until_then(ending):
    Delivery.objects.filter(languages=["en"]).update(window_to=date(2027, 6, 11))

    assert reply(ending, Question(ON, LATER)).sentence.endswith("The last day is 11 June 2027.")
    assert reply(ending, Question(ON, date(2027, 6, 12))).headline == "Not known."


def test_of_a_day_far_off_nobody_knows(db):
    credential = ExamVersionFactory(exam_code="SAA-C03").credential

    assert reply(credential, Question(ON, date(2027, 11, 25))).headline == "Yes."
    assert "more than a year away" in reply(credential, Question(ON, date(2027, 11, 26))).sentence


def test_what_takes_its_place_may_end_it(db):
    new = ExamVersionFactory(exam_code="NEW", status=Status.BETA, available_from=date(2026, 9, 29))
    Delivery.objects.create(version=new, phase="beta", window_to=date(2027, 1, 13))
    Delivery.objects.create(version=new, phase="standard", window_from=date(2027, 1, 14))
    ExamVersionFactory(exam_code="OLD", credential=new.credential, successor=new)

    before, after = (reply(new.credential, Question(ON, date(2027, 1, day))) for day in (13, 14))

    assert before.headline == "Yes."
    assert after.headline == "Not known."
    assert "what takes its place may be open by then" in after.sentence


def test_a_yes_says_for_whom_it_holds(db):
    credential = ExamVersionFactory(credential=CredentialFactory(access="invite")).credential

    assert reply(credential, Question(ON, ON)).sentence.endswith("It is not open to all: by invitation only.")


def test_no_names_the_last_day_and_the_languages_that_remain(ending):
    ending.versions.update(status=Status.ACTIVE)
    answer = reply(ending, Question(ON, LATER, "en", 12))

    assert answer.headline == "No."
    assert answer.sentence.endswith("The last day was 28 September 2026 (MLA-C01).")
    assert answer.instead == ("Japanese",)


def test_a_last_day_to_come_is_not_told_as_over(db):
    version = ExamVersionFactory(exam_code="SY0-701")
    Delivery.objects.create(version=version, languages=["en"], window_to=date(2027, 1, 11))

    assert "The last day is 11 January 2027." in reply(version.credential, Question(ON, ON, "en")).sentence
    assert (
        "The last day is 11 January 2027 (" in reply(version.credential, Question(ON, LATER, "en")).sentence
    )


def test_a_language_that_nobody_recorded_is_not_known(db):
    version = ExamVersionFactory(exam_code="DEA-C01")
    Delivery.objects.create(version=version)

    answer = reply(version.credential, Question(ON, LATER, "ja"))

    assert answer.headline == "Not known."
    assert "whether it is offered in Japanese is not recorded" in answer.sentence


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.IN_DEVELOPMENT, "X may be open on 17 February 2027, but that it opened is not confirmed"),
        (Status.BETA, "X is a beta now; what follows it on 17 February 2027 is only announced"),
    ],
)
def test_what_is_only_announced_is_not_known(db, status, words):
    version = ExamVersionFactory(exam_code="X", status=status)
    Delivery.objects.create(version=version, phase="standard", window_from=date(2027, 1, 14))

    assert words in reply(version.credential, Question(ON, LATER)).sentence


def test_without_any_exam_nothing_is_known(db):
    assert reply(CredentialFactory(), Question(ON, LATER)).sentence == "No exam of it is recorded."


def test_the_languages_of_a_certification_are_those_of_all_its_exams(ending):
    other = ExamVersionFactory(credential=ending)
    Delivery.objects.create(version=other, languages=["de"])

    assert languages_of(ending) == ["en", "de", "ja"]


# --- As it stands -----------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "last", "sentence"),
    [
        (Status.ACTIVE, None, "It can be taken now."),
        (Status.BETA, None, "It can be taken now, as a beta."),
        (Status.IN_DEVELOPMENT, None, "It is announced and cannot be taken yet."),
        (Status.ACTIVE, date(2027, 6, 11), "It can still be taken, until 11 June 2027."),
        (Status.RETIREMENT_ANNOUNCED, None, "It can still be taken; that it ends has been announced."),
        (Status.RETIRED, None, "It can no longer be taken."),
        (Status.RETIRED, date(2027, 6, 11), "It can no longer be taken."),
        (Status.ACTIVE, date(2026, 6, 11), "It can no longer be taken; the last day was 11 June 2026."),
    ],
)
def test_a_status_is_said_in_a_sentence(db, status, last, sentence):
    version = ExamVersionFactory(status=status, last_exam_on=last)

    assert stands(version.credential, on=ON) == sentence


def test_of_a_certification_without_exams_it_is_said_that_nothing_is_known(db):
    assert stands(CredentialFactory(), on=ON) == "Whether it can be taken is not known."
