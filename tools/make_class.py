"""Make the synthetic class: ``python tools/make_class.py``.

Each learner is a kernel of its own, in which the lesson's own notebooks are opened, exercises
answered, checked and explained, cards opened, and the work downloaded. Nothing is written into a
file by hand. Who answers what is drawn from a seed, so that only the times differ from run to
run. Written answers are the sample answers of the key. Nobody in this class is a real person.
"""

from __future__ import annotations

import io
import json
import os
import random
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jupyter_client.manager import start_new_kernel

from lesson import load_lesson
from lesson.exercise.answer import Answer
from lesson.exercise.check_forms import Half, form_for
from lesson.exercise.checking import words
from lesson.key.anchors import resolve
from lesson.key.schema import Choose, ChooseMany, Estimate, Exercise, Mark, Match, Rank, Sort, Write

if TYPE_CHECKING:
    from lesson.key.check_file import CheckFile
    from lesson.lesson import Lesson

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "data" / "synthetic_class" / "handed_in"
SEED = 20211110


class Kind(NamedTuple):
    """A kind of learner: how likely each thing is, and the levels of what they write."""

    right: float
    again: float
    hint: float
    cards_first: float
    levels: tuple[int, ...]


CAREFUL = Kind(0.85, 0.9, 0.2, 0.9, (3, 4))
QUICK = Kind(0.6, 0.4, 0.05, 0.15, (1, 2))
UNSURE = Kind(0.55, 0.85, 0.7, 0.7, (2, 3))
DISTRUSTFUL = Kind(0.4, 0.5, 0.1, 0.3, (0, 1))
CLASS = [CAREFUL] * 10 + [QUICK] * 9 + [UNSURE] * 7 + [DISTRUSTFUL] * 4

# Where the check stands, and on which occasion.
CHECKED = {"00_start": "before", "06_wrap_up": "after"}

# What runs in a learner's kernel, step by step, as a notebook would.
DRIVER = """
import json
from lesson import open_notebook

opened = {}
for notebook, name, act, value in json.loads(plan):
    if notebook not in opened:
        opened[notebook] = open_notebook(notebook)
    if act == "check before and after":
        opened[notebook].check(name).answer = value
        continue
    if act == "open":
        opened[notebook].cards(name).open_card(value)
        continue
    shown = opened[notebook].ask(name)
    if act == "answer":
        shown.answer = value
    else:
        getattr(shown, act)()
made = opened[notebook].download(nickname=nickname)
print(json.dumps(sorted(made.files)))
"""

Step = tuple[str, str, str, Answer]


def plan_of(lesson: Lesson, number: int) -> list[Step]:
    """Draw what a learner does, one step after the other."""
    chance = random.Random(SEED + number)  # noqa: S311  # no secret is made of it
    kind = CLASS[number - 1]
    # Some come only to the third or the fifth notebook.
    last = {5: 3, 12: 3, 19: 3, 8: 5, 22: 5, 29: 5}.get(number, 7)
    steps: list[Step] = []
    for notebook, key in list(lesson.key.notebooks.items())[:last]:
        if notebook in CHECKED and lesson.check:
            answer = _relied(lesson.check, number, CHECKED[notebook], kind, chance)
            steps += [(notebook, CHECKED[notebook], "check before and after", answer)]
        decks = {deck.judged_by: deck for deck in key.decks.values()}
        for exercise in key.exercises.values():
            if chance.random() < 0.04:
                continue  # nobody has to do everything
            cards = list(decks[exercise.id].cards) if exercise.id in decks else []
            chance.shuffle(cards)
            cards = cards[: chance.randint(1, 5)]
            openings = [(notebook, decks[exercise.id].id, "open", card) for card in cards]
            before = chance.random() < kind.cards_first
            steps += openings if before else []
            steps += _tries(notebook, exercise, lesson, kind, chance)
            steps += [] if before else openings
    return steps


def _tries(
    notebook: str, exercise: Exercise, lesson: Lesson, kind: Kind, chance: random.Random
) -> list[Step]:
    def act(name: str, value: Answer = None) -> Step:
        return (notebook, exercise.id, name, value)

    if isinstance(exercise, Write):
        sample = exercise.levels[chance.choice(kind.levels)].sample
        return [act("answer", sample), act("check")]
    # Some exercises are harder than others, for everybody.
    hard = random.Random(exercise.id).uniform(-0.25, 0.15)  # noqa: S311
    first = _answer(exercise, lesson, kind.right + hard, chance)
    steps = [act("answer", first), act("check")]
    right = _answer(exercise, lesson, 2, chance)
    if first != right:
        steps += [act("hint")] if chance.random() < kind.hint else []
        if chance.random() < kind.again:
            again = _answer(exercise, lesson, kind.right + 0.1, chance)
            steps += [act("answer", _mended(exercise, first, again, right)), act("check")]
        elif chance.random() < 0.5:
            steps += [act("explain")]
    return steps


def _relied(check: CheckFile, number: int, when: str, kind: Kind, chance: random.Random) -> Answer:
    """Draw the answers to one form; the distrustful rely on little, genuine or not."""
    half: Half = "first" if number % 2 else "second"
    form = check.form(form_for(half, 0 if when == "before" else 1))
    items = {}
    for item in form.items:
        genuine = item.verdict == "genuine"
        seen_rightly = chance.random() < kind.right
        rely = genuine == seen_rightly and not (kind is DISTRUSTFUL and chance.random() < 0.6)
        reason = "It says who knows this." if rely else "I cannot tell who stands behind it."
        items[item.id] = {"rely": rely, "use": "to plan my day" if rely else "", "reason": reason}
    return {"half": half, "items": items}


def _mended(exercise: Exercise, first: Answer, again: Answer, right: Answer) -> Answer:
    """Keep what was right at the first try: feedback says so."""
    match exercise:
        case Sort() | Match():
            return {
                name: right[name] if first[name] == right[name] else again[name] for name in first
            }
        case ChooseMany():
            names = [option.id for option in exercise.options]
            held = {name for name in names if (name in first) == (name in right)}
            chosen = [name for name in names if name in (right if name in held else again)]
            return chosen or right
        case Mark():
            return [span for span in first if span in right] + [s for s in again if s not in first]
    return again


def _answer(exercise: Exercise, lesson: Lesson, skill: float, chance: random.Random) -> Answer:
    """Draw an answer; each piece is right as often as `skill` says, and 2 is always."""

    def hits() -> bool:
        return chance.random() < skill

    # What is wrong is wrong in the same way for most: a class has favorites.
    favorite = random.Random(exercise.id + "favorite")  # noqa: S311

    def other(names: list[str]) -> str:
        liked = favorite.choice(names)
        return liked if chance.random() < 0.7 else chance.choice(names)

    match exercise:
        case Choose():
            right = [option.id for option in exercise.options if option.correct]
            wrong = [option.id for option in exercise.options if not option.correct]
            return chance.choice(right) if hits() or not wrong else other(wrong)
        case ChooseMany():
            chosen = [o.id for o in exercise.options if o.correct == hits()]
            return chosen or [exercise.options[0].id]
        case Sort():
            places = [category.id for category in exercise.categories]
            return {
                s.id: s.category if hits() else other([p for p in places if p != s.category])
                for s in exercise.statements
            }
        case Match():
            places = [choice.id for choice in exercise.choices]
            return {
                p.id: p.choice if hits() else other([c for c in places if c != p.choice])
                for p in exercise.pairs
            }
        case Rank():
            names = [item.id for item in exercise.items]
            if not hits():
                chance.shuffle(names)
            return names[: exercise.top]
        case Estimate():
            return exercise.value if hits() else exercise.value * chance.choice([0.4, 0.7, 1.5, 2])
        case Mark():
            return _marks(exercise, lesson, hits, chance)
    raise AssertionError(exercise)


def _marks(exercise: Mark, lesson: Lesson, hits: Any, chance: random.Random) -> Answer:
    spans = [list(resolve(t.at, lesson.article)) for t in exercise.targets if hits()]
    every = [word for part in exercise.parts for word in words(part, lesson.article.part(part))]
    if not hits():
        spans += [list(chance.choice(every))]
    return spans or [list(every[0])]


def work_of(lesson: Lesson, number: int, folder: Path) -> dict[str, bytes]:
    """Let a learner work in a kernel, and give the files that were downloaded."""
    environment = {
        **os.environ,
        "LESSON_ANSWERS": str(folder / "answers"),
        "LESSON_FOLDER": str(ROOT),
    }
    manager, client = start_new_kernel(kernel_name="python3", env=environment)
    try:
        plan, nickname = json.dumps(plan_of(lesson, number)), f"Learner {number:02}"
        reply = client.execute_interactive(
            f"plan, nickname = {plan!r}, {nickname!r}\n{DRIVER}",
            timeout=600,
            output_hook=lambda _: None,
        )
        if reply["content"]["status"] != "ok":
            raise RuntimeError("\n".join(reply["content"]["traceback"]))
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    # `download` leaves the files beside the answers, and the same content in its links.
    return {path.suffix: path.read_bytes() for path in folder.glob("my-work*")}


def main() -> int:
    """Make all thirty and store them: some as data, some as pages, most in a zip file."""
    lesson = load_lesson(ROOT)
    files: dict[str, bytes] = {}
    zipped: dict[str, bytes] = {}
    for number in range(1, len(CLASS) + 1):
        name = f"learner-{number:02}"
        print(name, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            made = work_of(lesson, number, Path(folder))
        kind = ".html" if number % 3 == 0 else ".json"
        (files if number <= 4 else zipped)[name + kind] = made[kind]
        if number == 3:
            files[f"{name}.json"] = made[".json"]  # handed in twice, as the page and as data
            files["cut-off.html"] = made[".html"][:5000]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in sorted(zipped.items()):
            archive.writestr(zipfile.ZipInfo(name, (2021, 11, 10, 0, 0, 0)), content, 8, 9)
    files["the-others.zip"] = packed.getvalue()
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    for name, content in files.items():
        (TARGET / name).write_bytes(content)
    print(f"{sum(map(len, files.values())) // 1000} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
