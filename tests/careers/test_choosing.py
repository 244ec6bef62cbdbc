from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.choosing import (
    RoleOption,
    Statement,
    Weight,
    changes,
    choose,
    leading,
    reaches,
    says_nothing,
    totals,
)
from tests.careers.statements import sample_roles, sample_statements

GENAI, ML, AGENT = "generative-ai-engineer", "machine-learning-engineer", "ai-agent-engineer"
FIRST, SECOND = "train-models", "llm-apps"

A, B, C = (RoleOption(slug, slug.upper()) for slug in "abc")
OUT = Weight(is_excluding=True, reason="It cannot be.")


def said(slug, **points):
    """A statement that gives so many points to each role, or says something else of it."""
    weights = {role: Weight(w) if isinstance(w, int) else w for role, w in points.items()}
    return Statement(slug, f"I say {slug}", "", weights)


def placed(answer):
    return [(place.role.slug, place.rank, place.points) for place in answer.ranking]


def slugs(roles):
    return [role.slug for role in roles]


def changed(found):
    return [(change.statement.slug, slugs(change.first)) for change in found]


# --- The sample gives the advice of the article it comes from ---------------


def sample(*ticked, only=()):
    roles = [role for role in sample_roles() if not only or role.slug in only]
    return choose(roles, sample_statements(), ticked)


def test_the_first_sentence_of_advice_puts_the_machine_learning_engineer_first():
    answer = sample(FIRST)

    assert placed(answer) == [(ML, 1, 3), ("data-scientist", 2, 2), ("mlops-engineer", 3, 1)]
    assert answer.most == 3


def test_the_second_sentence_of_advice_is_a_tie_and_stays_one():
    answer = sample(SECOND)

    assert sorted(placed(answer)[:2]) == [(AGENT, 1, 3), (GENAI, 1, 3)]
    assert [place.is_shared for place in answer.ranking] == [True, True, False]
    assert answer.ranking[2].rank == 3


@pytest.mark.parametrize(("ticked", "first"), [(FIRST, ML), (SECOND, GENAI)])
def test_between_the_two_roles_of_the_article_it_gives_the_articles_own_advice(ticked, first):
    answer = sample(ticked, only={GENAI, ML})

    assert placed(answer) == [(first, 1, 3)]
    assert slugs(answer.unsaid) == [slug for slug in (GENAI, ML) if slug != first]


def test_of_the_sample_single_statements_would_put_the_runner_up_first():
    roles, statements = sample_roles(), sample_statements()

    found = changes(roles, statements, sample(FIRST))

    assert changed(found.for_contenders) == [
        ("explain", ["data-scientist"]),
        ("maths", [ML, "data-scientist"]),
    ]


def test_the_sample_has_three_roles_with_fewer_than_two_strong_statements():
    weak = {
        reach.role.slug: reach.most for reach in reaches(sample_roles(), sample_statements()) if reach.is_weak
    }

    assert weak == {"data-analyst": 5, "data-engineer": 4, "ai-security-engineer": 4}


# --- Adding up --------------------------------------------------------------


def test_points_add_up_and_equal_points_share_a_rank():
    answer = choose([A, B, C], [said("x", a=1, b=2), said("y", a=1, c=1)], ["x", "y"])

    assert placed(answer) == [("a", 1, 2), ("b", 1, 2), ("c", 3, 1)]
    assert answer.most == 6


def test_what_is_not_ticked_counts_for_nothing():
    assert placed(choose([A, B], [said("x", a=1), said("y", b=3)], ["x"])) == [("a", 1, 1)]


def test_a_role_nothing_speaks_about_stands_apart_from_those_with_points():
    answer = choose([A, B, C], [said("x", a=1, c=0)], ["x"])

    assert slugs(answer.unsaid) == ["b", "c"]


def test_what_rules_a_role_out_is_said_whatever_its_points():
    statements = [said("x", a=3, b=1), said("y", a=OUT)]

    answer = choose([A, B], statements, ["x", "y"])

    assert placed(answer) == [("b", 1, 1)]
    (out,) = answer.ruled_out
    assert (out.role, [ground.weight.reason for ground in out.grounds]) == (A, ["It cannot be."])


def test_who_is_ruled_out_leads_with_nobody():
    statements = [said("x", a=1, b=1), said("y", a=OUT)]

    assert leading([A, B], statements) == choose([A, B], statements, ["x", "y"]).first == (B,)


def test_nothing_ticked_is_no_answer():
    answer = choose([A, B], [said("x", a=3)], [])

    assert (answer.ranking, answer.first, answer.contenders, answer.most) == ((), (), (), 0)
    assert slugs(answer.unsaid) == ["a", "b"]


def test_without_roles_or_statements_nothing_fails():
    assert choose([], [said("x", a=3)], ["x"]).ranking == ()
    assert choose([A], [], ["x"]).ticked == ()


def test_the_grounds_of_a_place_are_what_was_ticked_for_it_the_strongest_first():
    answer = choose([A], [said("x", a=1), said("y", a=3), said("z", b=3)], ["x", "y", "z"])

    assert [ground.statement.slug for ground in answer.ranking[0].grounds] == ["y", "x"]


def test_the_working_shows_every_cell_and_no_total_where_a_role_is_ruled_out():
    statements = [said("x", a=1, b=2), said("y", a=OUT, b=1)]

    working = choose([A, B, C], statements, ["x", "y"]).working

    assert slugs(working.columns) == ["b", "a"]
    assert [[weight.points for weight in row.cells] for row in working.rows] == [[2, 1], [1, 0]]
    assert working.totals == (3, None)


@pytest.mark.parametrize(
    ("points", "shortlist"),
    [
        ({"a": 3, "b": 2, "c": 1}, "ab"),
        ({"a": 3, "b": 2, "c": 2}, "abc"),
        ({"a": 3, "b": 3, "c": 1}, "ab"),
        ({"a": 1, "b": 1, "c": 1}, "abc"),
        ({"a": 3}, ""),
    ],
)
def test_the_first_two_or_three_are_worth_a_closer_look(points, shortlist):
    assert "".join(slugs(choose([A, B, C], [said("x", **points)], ["x"]).shortlist)) == shortlist


# --- What would change the answer -------------------------------------------


def changes_of(statements, *ticked, roles=(A, B, C)):
    return changes(roles, statements, choose(roles, statements, ticked))


def test_a_statement_that_lifts_the_runner_up_alone_comes_before_one_that_makes_a_tie():
    statements = [said("x", a=3, b=2), said("tie", b=1), said("lift", b=2), said("same", a=1)]

    found = changes_of(statements, "x")

    assert changed(found.for_contenders) == [("lift", ["b"]), ("tie", ["a", "b"])]
    assert found.for_others == ()


def test_a_statement_that_lifts_somebody_else_is_kept_apart():
    found = changes_of([said("x", a=2, b=1), said("other", c=3)], "x")

    assert (changed(found.for_contenders), changed(found.for_others)) == ([], [("other", ["c"])])


def test_when_nothing_would_change_the_answer_there_is_nothing_to_say():
    found = changes_of([said("x", a=3, b=1), said("y", b=1)], "x")

    assert (found.for_contenders, found.for_others) == ((), ())


def test_of_a_shared_place_what_decides_it_counts():
    statements = [said("x", a=2, b=2), said("decides", b=1), said("third", c=2), said("both", a=1, b=1)]

    found = changes_of(statements, "x")

    assert changed(found.for_contenders) == [("decides", ["b"])]
    assert changed(found.for_others) == [("third", ["a", "b", "c"])]


def test_ruling_the_first_out_lifts_the_runner_up():
    found = changes_of([said("x", a=3, b=1), said("never", a=OUT)], "x")

    assert changed(found.for_contenders) == [("never", ["b"])]


def test_with_one_role_in_the_ranking_those_unheard_of_are_the_runners_up():
    answer = choose([A, B], [said("x", a=1)], ["x"])

    assert slugs(answer.contenders) == ["b"]


# --- Those who write the statements -----------------------------------------


def test_reach_is_every_statement_for_a_role_ticked_at_once():
    statements = [said("x", a=3, b=1), said("y", a=2), said("z", b=1, c=3)]

    found = {
        reach.role.slug: (reach.most, reach.strong, reach.is_weak) for reach in reaches([A, B, C], statements)
    }

    assert found == {"a": (5, 2, False), "b": (2, 0, True), "c": (3, 1, True)}


@pytest.mark.parametrize(("most", "is_far_below"), [(1, True), (2, False)])
def test_less_than_two_thirds_of_the_middle_is_far_below(most, is_far_below):
    statements = [said("x", a=most, b=3, c=3)]

    assert reaches([A, B, C], statements)[0].is_far_below is is_far_below


def test_without_roles_nobody_reaches_anything():
    assert reaches([], [said("x", a=1)]) == []


@pytest.mark.parametrize(
    ("weights", "is_idle"),
    [
        ({}, True),
        ({"a": Weight(2), "b": Weight(2)}, True),
        ({"a": Weight(2)}, False),
        ({"a": Weight(2), "b": Weight(1)}, False),
        ({"a": OUT}, False),
        ({"a": OUT, "b": OUT}, True),
        ({"a": Weight(0), "b": Weight(0)}, True),
    ],
)
def test_the_same_for_every_role_says_nothing(weights, is_idle):
    assert says_nothing(weights, ["a", "b"]) is is_idle


# --- Properties -------------------------------------------------------------

ROLES = [RoleOption(slug, f"Role {slug}") for slug in "abcdef"]
weights = st.one_of(st.builds(Weight, st.integers(0, 3)), st.just(OUT))
giving = st.dictionaries(st.sampled_from("abcdef"), weights, max_size=6)
points_only = st.dictionaries(st.sampled_from("abcdef"), st.builds(Weight, st.integers(0, 3)), max_size=6)


def numbered(rows):
    return [Statement(f"s{number}", f"Statement {number}", "", row) for number, row in enumerate(rows)]


statements_drawn = st.lists(giving, max_size=8).map(numbered)
ticks = st.lists(st.sampled_from([f"s{number}" for number in range(10)]), max_size=12)


def points_of(statements, ticked):
    chosen = [statement for statement in statements if statement.slug in ticked]
    return {role.slug: totals(chosen)[role.slug] for role in ROLES}


@given(statements_drawn, ticks, points_only)
def test_ticking_one_more_never_lowers_any_role(statements, ticked, more):
    extra = Statement("extra", "One more", "", more)
    before, after = choose(ROLES, statements, ticked), choose(ROLES, [*statements, extra], [*ticked, "extra"])

    shown = {place.role: place.points for place in after.ranking}
    assert all(shown[place.role] >= place.points for place in before.ranking)
    assert {out.role for out in after.ruled_out} == {out.role for out in before.ruled_out}
    assert all(
        points_of(statements, ticked)[slug] <= most
        for slug, most in points_of([*statements, extra], [*ticked, "extra"]).items()
    )


@given(st.data(), statements_drawn, ticks)
def test_neither_order_nor_repetition_of_ticks_matters(data, statements, ticked):
    shuffled = data.draw(st.permutations([*ticked, *ticked]))

    assert choose(ROLES, statements, shuffled) == choose(ROLES, statements, ticked)


@given(st.data(), statements_drawn, ticks)
def test_the_order_of_the_catalogue_moves_no_rank(data, statements, ticked):
    roles, rows = data.draw(st.permutations(ROLES)), data.draw(st.permutations(statements))

    assert set(placed(choose(roles, rows, ticked))) == set(placed(choose(ROLES, statements, ticked)))


@given(st.lists(st.text(max_size=30), min_size=6, max_size=6), statements_drawn, ticks)
def test_other_names_and_other_words_change_nothing(names, statements, ticked):
    roles = [replace(role, name=name) for role, name in zip(ROLES, names, strict=True)]
    rows = [replace(statement, text=names[0], about=names[1]) for statement in statements]

    renamed, answer = choose(roles, rows, ticked), choose(ROLES, statements, ticked)

    assert placed(renamed) == placed(answer)
    assert slugs(renamed.unsaid) == slugs(answer.unsaid)
    assert changed(changes(roles, rows, renamed).for_contenders) == changed(
        changes(ROLES, statements, answer).for_contenders
    )


@given(statements_drawn, ticks)
def test_equal_weights_are_a_tie(statements, ticked):
    rows = [
        replace(each, weights={**each.weights, "b": each.of(ROLES[0]), "a": each.of(ROLES[0])})
        for each in statements
    ]

    answer = choose(ROLES, rows, ticked)

    ranks = {place.role.slug: (place.rank, place.is_shared) for place in answer.ranking}
    assert ranks.get("a") == ranks.get("b")
    assert ranks.get("a", (0, True))[1]


@given(statements_drawn, ticks)
def test_ranks_go_with_points(statements, ticked):
    ranking = choose(ROLES, statements, ticked).ranking

    for place in ranking:
        above = [other for other in ranking if other.points > place.points]
        level = [other for other in ranking if other.points == place.points]
        assert place.rank == len(above) + 1
        assert place.is_shared is (len(level) > 1)
        assert 0 < place.points <= 3 * len(set(ticked))
        assert sum(ground.weight.points for ground in place.grounds) == place.points
    assert [place.points for place in ranking] == sorted((p.points for p in ranking), reverse=True)


@given(statements_drawn, ticks)
def test_every_role_is_in_one_place_exactly(statements, ticked):
    answer = choose(ROLES, statements, ticked)

    everywhere = [*(p.role for p in answer.ranking), *(out.role for out in answer.ruled_out), *answer.unsaid]
    assert sorted(slugs(everywhere)) == list("abcdef")


@given(statements_drawn, ticks)
def test_what_is_said_to_change_the_answer_does(statements, ticked):
    answer = choose(ROLES, statements, ticked)
    found = changes(ROLES, statements, answer)
    listed = {change.statement.slug: change.first for change in (*found.for_contenders, *found.for_others)}

    for statement in statements:
        then = choose(ROLES, statements, [*ticked, statement.slug])
        is_other = bool(answer.ranking) and bool(then.first) and set(then.first) != set(answer.first)
        assert (statement.slug in listed) is is_other
        assert not is_other or listed[statement.slug] == tuple(r for r in ROLES if r in then.first)
    assert leading(ROLES, answer.ticked) == tuple(role for role in ROLES if role in answer.first)
