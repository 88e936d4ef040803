from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lesson.classroom.check import check_counts
from lesson.classroom.outcomes import Judge
from lesson.classroom.talking_points import held_up, talking_points
from lesson.classroom.work import class_work
from lesson.exercise.answer import tidy
from lesson.exercise.checking import check
from lesson.key.schema import Write
from tests.class_examples import RIGHT, WRONG, attempt, record, submission_of

if TYPE_CHECKING:
    from lesson.classroom.counts import ClassWork, ItemCount
    from lesson.classroom.handed_in import Submission
    from lesson.exercise.record import Record
    from lesson.lesson import Lesson


def item_of(work: ClassWork, name: str) -> ItemCount:
    return next(item for item in work.items if item.exercise.id == name)


def tried(kind: str, *, first: Any, latest: Any) -> dict[str, Record]:
    both = record(first=attempt(first), latest=attempt(latest), attempts=2)
    return {f"a-{kind}": both}


@pytest.mark.parametrize("kind", RIGHT)
def test_first_and_latest_are_found_anew_whatever_the_file_says(
    class_lesson: Lesson, kind: str
) -> None:
    works = [
        submission_of(class_lesson, "1", **tried(kind, first=WRONG[kind], latest=RIGHT[kind])),
        submission_of(class_lesson, "2", **tried(kind, first=RIGHT[kind], latest=RIGHT[kind])),
        submission_of(class_lesson, "3", **tried(kind, first=WRONG[kind], latest=WRONG[kind])),
    ]
    item = item_of(class_work(works, class_lesson), f"a-{kind}")
    assert (item.first.of, item.first.complete) == (3, 1)
    assert (item.latest.of, item.latest.complete) == (3, 2)
    assert item.first.share < item.latest.share < 1
    assert item.pieces[0].of == 3


@pytest.mark.parametrize(
    ("kind", "pieces"),
    [
        ("choose", [("A choose question?", "Option b", 2, "On b.")]),
        (
            "choose-many",
            [
                ("Option a", "", 0, ""),
                ("Option b", "left out, and belongs", 2, "On b."),
                ("Option c", "chosen, and does not belong", 2, "On c."),
            ],
        ),
        (
            "sort",
            [("Line a", "Why", 2, "On a."), ("Line b", "", 0, ""), ("Line c", "", 0, "")],
        ),
        ("match", [("Line a", "Why", 2, "On a."), ("Line b", "left open", 2, "On b.")]),
        (
            "mark",
            [
                ("stay open", "not marked", 2, "On t1."),
                ("two loose", "not marked", 2, "On t2."),
                ("The", "marked, and not asked for", 2, ""),
            ],
        ),
        (
            "rank",
            [
                ("Line a", "", 0, ""),
                ("Line b", "not among the first 2", 2, "On b."),
                ("Line c", "among the first 2", 2, "On c."),
            ],
        ),
        ("estimate", [("A estimate question?", "too low", 2, "It is farther.")]),
    ],
)
def test_the_commonest_other_answer_of_each_piece_comes_with_its_explanation(
    class_lesson: Lesson, kind: str, pieces: list[tuple[str, str, int, str]]
) -> None:
    first = record(first=attempt(WRONG[kind]))
    right = record(first=attempt(RIGHT[kind]))
    works = [
        submission_of(class_lesson, str(place), **{f"a-{kind}": done})
        for place, done in enumerate((first, first, right))
    ]
    found = item_of(class_work(works, class_lesson), f"a-{kind}").pieces
    assert [(p.piece, p.other, p.other_first, p.explanation) for p in found] == pieces
    for piece in found:
        assert piece.other_latest == piece.other_first


def test_each_option_is_counted_by_how_many_named_it(class_lesson: Lesson) -> None:
    done = [tried("choose-many", first=["c"], latest=latest) for latest in (["a"], ["a", "c"])]
    works = [submission_of(class_lesson, str(n), **records) for n, records in enumerate(done)]
    item = item_of(class_work(works, class_lesson), "a-choose-many")
    assert [piece.chosen_latest for piece in item.pieces] == [2, 0, 1]


def test_texts_are_kept_to_the_letter_and_not_scored(class_lesson: Lesson) -> None:
    text = "  <b>Ask</b>\n\twho counted. \u05d0 "
    writing = record(first=attempt("First."), answer=text)
    work = class_work([submission_of(class_lesson, "a.json", **{"a-write": writing})], class_lesson)
    item = item_of(work, "a-write")
    assert item.texts == (("a", ("First.", text)),)
    assert item.latest.of == 0
    assert isinstance(item.exercise, Write)


def test_cards_opened_before_and_after_judging_are_counted_apart(class_lesson: Lesson) -> None:
    works = [
        submission_of(class_lesson, "1", deck=record(answer=[["card-a", "before"]])),
        submission_of(
            class_lesson, "2", deck=record(answer=[["card-a", "after"], ["card-b", "after"]])
        ),
    ]
    (deck,) = class_work(works, class_lesson).decks
    assert [(count.before, count.after) for count in deck.cards] == [(1, 1), (0, 1)]
    assert (deck.learners, deck.before, deck.after) == (2, 1, 2)


def test_a_learner_goes_by_the_chosen_name_or_the_files(class_lesson: Lesson) -> None:
    works = [
        submission_of(class_lesson, "c.json", nickname=" Sky\u202e "),
        submission_of(class_lesson, "all.zip › sam/my-work.html"),
        submission_of(class_lesson, "deep/lee.json"),
    ]
    names = {learner.name for learner in class_work(works, class_lesson).learners}
    assert names == {"Sky�", "sam", "lee"}


def test_one_name_on_different_work_counts_twice_and_is_said(class_lesson: Lesson) -> None:
    works = [
        submission_of(class_lesson, "a.json", nickname="Kim"),
        submission_of(class_lesson, "b.json", nickname="kim"),
    ]
    work = class_work(works, class_lesson)
    assert [learner.name for learner in work.learners] == ["Kim (a.json)", "kim (b.json)"]
    (notice,) = work.notices
    assert "a.json, b.json" in notice
    assert notice.endswith(".")


def test_work_of_an_older_version_counts_as_far_as_it_is_known(class_lesson: Lesson) -> None:
    records = {"a-choose": record(first=attempt("a")), "gone": record(first=attempt("a"))}
    work = class_work([submission_of(class_lesson, "a.json", **records)], class_lesson)
    assert item_of(work, "a-choose").first.complete == 1
    (notice,) = work.notices
    assert notice.startswith("1 file has work on exercises that this lesson does not have")
    assert "a.json" in notice


def test_what_is_no_exercise_is_no_work_of_an_older_version(lesson: Lesson) -> None:
    deck = next(iter(lesson.key.notebooks["02_sourcing"].decks))
    records = {deck: record(answer=[]), "check-0": record(answer={"half": "first"})}
    work = submission_of(lesson, "a.json", notebook="02_sourcing", **records)
    assert class_work([work], lesson).notices == ()


def test_forged_numbers_do_no_harm(class_lesson: Lesson) -> None:
    forged = record(first=attempt("b", right=-5, score=1e300), attempts=10**6000)
    work = class_work([submission_of(class_lesson, "a", **{"a-choose": forged})], class_lesson)
    assert item_of(work, "a-choose").first.share == 0
    assert len(str(work.learners[0].done["a-choose"].attempts)) < 6


marks = st.lists(
    st.tuples(st.sampled_from(["p1", "p2"]), st.integers(0, 120), st.integers(1, 40)).map(
        lambda span: [span[0], span[1], span[1] + span[2]]
    ),
    min_size=1,
    max_size=8,
)


@given(marks=marks)
def test_marks_that_overlap_count_as_the_words_they_cover(
    class_lesson: Lesson, marks: list[list[Any]]
) -> None:
    exercise = class_lesson.key.notebooks["small"].exercises["a-mark"]
    result = Judge(class_lesson.article).result(exercise, tidy(exercise, marks))
    feedback = check(exercise, marks, class_lesson.article)
    assert result is not None
    assert (result.complete, result.score) == (feedback.complete, feedback.score)
    assert [piece.piece for piece in result.pieces] == [note.subject for note in feedback.notes]


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
likely = st.sampled_from([*RIGHT.values(), *WRONG.values(), [["card-a", "after"]]])
ids = st.sampled_from([*(f"a-{kind}" for kind in (*RIGHT, "write")), "deck", "check-0", "gone"])
records = st.builds(
    lambda first, latest, now, attempts: record(
        first=attempt(first), latest=attempt(latest), answer=now, attempts=attempts
    ),
    anything | likely,
    anything | likely,
    anything | likely,
    st.integers(),
)
classes = st.lists(
    st.tuples(st.text(max_size=4), st.dictionaries(ids, records, max_size=4)), max_size=6
)


@given(classes=classes, data=st.data())
@settings(max_examples=60)
def test_whatever_is_handed_in_rates_are_shares_and_order_makes_no_difference(
    class_lesson: Lesson, classes: list[tuple[str, dict[str, Record]]], data: st.DataObject
) -> None:
    works = [
        submission_of(class_lesson, f"{place}.json", nickname=name, **done)
        for place, (name, done) in enumerate(classes)
        if done
    ]
    work = class_work(works, class_lesson)
    for item in work.items:
        for rate in (item.first, item.latest):
            assert 0 <= rate.share <= 1
            assert 0 <= rate.complete <= rate.of <= len(works)
        for piece in item.pieces:
            assert 0 <= piece.right_first + piece.other_first <= piece.of
    mixed = data.draw(st.permutations(works))
    assert class_work(mixed, class_lesson) == work
    assert check_counts(mixed, class_lesson) == check_counts(works, class_lesson)
    assert talking_points(work) == talking_points(class_work(mixed, class_lesson))


def test_talking_points_follow_the_stated_rule(class_lesson: Lesson) -> None:
    records = {
        **tried("choose", first="b", latest="b"),
        **tried("sort", first=WRONG["sort"], latest=RIGHT["sort"]),
        **tried("estimate", first=260, latest=260),
        "deck": record(answer=[["card-a", "after"]]),
    }
    two = tried("match", first={"a": "y", "b": "y"}, latest={"a": "x", "b": "y"})
    works = [
        submission_of(class_lesson, f"{number}.json", **records, **(two if number < 2 else {}))
        for number in range(6)
    ]
    works += [
        submission_of(class_lesson, f"{number}.json", **tried("match", first=right, latest=right))
        for number, right in enumerate([RIGHT["match"]] * 4, start=6)
    ]
    work = class_work(works, class_lesson)
    first, second, third = talking_points(work)
    assert first.title == "A choose question?"
    assert "0 of 6" in first.reason
    assert second.title == "A sort question? “Line a”"
    assert "6 of 6 gave the same other answer" in second.reason
    assert "0 still do" in second.reason
    assert third.title == "The cards “Deck”"
    assert "6 of 6 openings came only after judging" in third.reason
    good = held_up(work)
    assert good is not None
    assert good.title == "A estimate question?"


def test_what_too_few_did_is_not_talked_about(class_lesson: Lesson) -> None:
    many = [submission_of(class_lesson, f"{n}.json", **tried("sort", first={"a": "x"}, latest={}))
            for n in range(10)]  # fmt: skip
    one = submission_of(class_lesson, "one.json", **tried("choose", first="b", latest="b"))
    titles = [about.title for about in talking_points(class_work([*many, one], class_lesson))]
    assert titles
    assert not any("choose" in title for title in titles)


def test_an_empty_class_has_nothing_to_talk_about(class_lesson: Lesson) -> None:
    work = class_work([], class_lesson)
    assert talking_points(work) == ()
    assert held_up(work) is None


def test_the_check_is_counted_by_form_with_genuine_and_false_apart(lesson: Lesson) -> None:
    from lesson.key.check_file import load_check

    check = load_check(lesson.folder)

    def answer(half: str, form: str, *, rely: bool) -> Record:
        items = check.forms["AB".index(form)].items
        given = {item.id: {"rely": rely, "use": "", "reason": "So."} for item in items}
        return record(answer={"half": half, "items": given})

    def learner(file: str, **records: Any) -> Submission:
        return submission_of(lesson, file, notebook="00_start", **records)

    works = [
        learner("1", **{
            "check-0": answer("first", "A", rely=False),
            "check-1": answer("first", "B", rely=True),
        }),
        learner("2", **{"check-0": answer("second", "B", rely=True)}),
        learner("3", **{"check-0": record(answer={"half": "both", "items": 7})}),
    ]  # fmt: skip
    counts = check_counts(works, lesson)
    assert [(count.occasion, count.form, count.learners) for count in counts] == [
        (0, "A", 1),
        (0, "B", 1),
        (1, "B", 1),
    ]
    rejecting, relying, after = (count.tally for count in counts)
    assert rejecting.genuine_accepted == 0
    assert rejecting.false_rejected == rejecting.false > 0
    assert relying.genuine_accepted == relying.genuine > 0
    assert relying.false_rejected == 0
    assert after == relying
    assert counts[0].items[0].reasons == ((False, "", "So."),)
