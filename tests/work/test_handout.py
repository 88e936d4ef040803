from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from lxml import etree, html

from lesson.exercise.answer import LONGEST_TEXT
from lesson.exercise.record import Record, checked, hinted
from lesson.work.handout import work_page
from lesson.work.portfolio import decode
from lesson.work.progress import Step, steps_of
from lesson.work.wording import answer_in_words
from tests.examples import ANSWERS
from tests.work_files import HARD_TEXTS, any_text, attempt, every_kind, portfolio

if TYPE_CHECKING:
    from lesson import Lesson


def page_of(lesson: Lesson, answers: dict[str, Record], steps: tuple[Step, ...] = ()) -> Any:
    return html.document_fromstring(work_page(lesson, portfolio(answers), steps))


def as_parsed(text: str) -> str:
    """Give a text as a parser of HTML may: line ends as one sign, no signs that HTML lacks."""
    text = re.sub(r"\r\n?", "\n", text)
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffd\ufeff\ufffe\uffff]", "", text)


def parts_of(tree: Any) -> list[str]:
    return [strong.text for strong in tree.xpath("//p/strong")]


@given(any_text.filter(str.strip))
def test_a_written_text_is_shown_escaped_to_the_letter(small_lesson: Lesson, text: str) -> None:
    tree = page_of(small_lesson, {"a-write": Record(answer=text)})
    (shown,) = tree.find_class("words")
    assert len(shown) == 0
    assert as_parsed(shown.text_content()) == as_parsed(text)
    assert shown.get("dir") == "auto"


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_the_page_has_no_elements_but_its_own(small_lesson: Lesson, text: str) -> None:
    def tags(answer: str) -> list[str]:
        tree = page_of(small_lesson, {"a-write": Record(answer=answer)})
        return [node.tag for node in tree.iter(etree.Element)]

    assert tags(text) == tags("plain")


def test_the_longest_text_is_shown_whole(small_lesson: Lesson) -> None:
    text = "<😀>" * (LONGEST_TEXT // 3)
    tree = page_of(small_lesson, {"a-write": Record(answer=text)})
    assert tree.find_class("words")[0].text_content() == text


@given(any_text)
def test_the_data_in_the_page_are_the_work(small_lesson: Lesson, text: str) -> None:
    work = portfolio({**every_kind(), "a-write": Record(answer=text)})
    page = work_page(small_lesson, work, ())
    assert decode(page.encode("utf-8"), small_lesson) == work


def test_the_only_script_is_data_and_nothing_is_loaded(small_lesson: Lesson) -> None:
    tree = page_of(small_lesson, every_kind())
    assert [script.get("type") for script in tree.xpath("//script")] == ["application/json"]
    assert not tree.xpath("//@src | //@href | //@onclick | //link | //iframe")
    (policy,) = tree.xpath("//meta[@http-equiv]/@content")
    assert policy.startswith("default-src 'none'")


def test_every_answer_stands_under_its_question_in_the_learners_words(
    small_lesson: Lesson,
) -> None:
    tree = page_of(small_lesson, every_kind())
    exercises = small_lesson.key.notebooks["small"].exercises
    assert [head.text for head in tree.xpath("//h3")] == [e.question for e in exercises.values()]
    expected: list[str] = []
    for kind, answer in ANSWERS.items():
        expected += answer_in_words(exercises[f"a-{kind}"], answer, small_lesson.article)
    shown = [node.text_content() for node in tree.xpath("//ul/li | //p[@class='words']")]
    assert shown == expected


def test_tries_are_told_apart_and_none_is_told_twice(small_lesson: Lesson) -> None:
    record = Record(answer="b")
    assert parts_of(page_of(small_lesson, {"a-choose": record})) == ["Answer"]
    record = checked(record, attempt("b"))
    assert parts_of(page_of(small_lesson, {"a-choose": record})) == ["First try"]
    record = checked(record, attempt("c"))
    tree = page_of(small_lesson, {"a-choose": record})
    assert parts_of(tree) == ["First try", "Latest try"]
    record = Record(**{**{f: getattr(record, f) for f in record.__struct_fields__}, "answer": "a"})
    tree = page_of(small_lesson, {"a-choose": record})
    assert parts_of(tree) == ["First try", "Latest try", "Answer now"]
    shown = [item.text for item in tree.xpath("//ul/li")]
    assert shown == ["Option b", "Option c", "Option a"]


def test_a_check_in_a_second_tab_is_told_too(small_lesson: Lesson) -> None:
    record = Record(answer="a", first=attempt("b"), latest=attempt("c"), attempts=1)
    assert parts_of(page_of(small_lesson, {"a-choose": record})) == [
        "First try",
        "Latest try",
        "Answer now",
    ]


def test_work_kept_beside_is_told_with_its_tries(small_lesson: Lesson) -> None:
    other = Record(answer="b", first=attempt("c"), latest=attempt("b"), attempts=2)
    tree = page_of(small_lesson, {"a-choose": Record(answer="a", beside=(other,))})
    assert parts_of(tree) == ["Answer", *["Loaded from a file, kept beside"] * 2]
    assert [item.text for item in tree.xpath("//ul/li")] == ["Option a", "Option c", "Option b"]


def test_results_and_hints_are_told(small_lesson: Lesson) -> None:
    record = hinted(checked(Record(answer="b"), attempt("b")), "now")
    text = page_of(small_lesson, {"a-choose": record}).text_content()
    assert "Checked once. The hint was opened." in text
    assert "First try (0 of 1 hold):" in text


def test_cards_are_told_in_the_order_they_were_opened(small_lesson: Lesson) -> None:
    opened = [["card-b", "before"], ["card-a", "after"]]
    tree = page_of(small_lesson, {"deck": Record(answer=opened)})
    assert [item.text for item in tree.xpath("//ol/li")] == [
        "A card (The Harbor Post), before judging",
        "A card (The Harbor Post), after judging",
    ]


def test_progress_on_the_page_is_that_of_the_notebook(small_lesson: Lesson) -> None:
    answers = {"a-choose": checked(Record(answer="a"), attempt("a"))}
    steps = steps_of(small_lesson, {"small": _Saved(answers)})  # type: ignore[dict-item]
    text = page_of(small_lesson, answers, steps).text_content()
    assert text.count("1 of 8 exercises done.") == 2


class _Saved(dict[str, Record]):
    def __missing__(self, name: str) -> Record:
        return Record()


def test_unknown_records_are_not_shown_but_kept_in_the_data(small_lesson: Lesson) -> None:
    work = portfolio({"gone": Record(answer="lost words")})
    page = work_page(small_lesson, work, ())
    tree = html.document_fromstring(page)
    assert not tree.xpath("//h2")
    assert decode(page.encode(), small_lesson) == work
