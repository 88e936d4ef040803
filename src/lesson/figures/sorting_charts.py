"""Figures of what a learner has sorted, beside what the key has once the learner may see it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure

from ._palette import EDGE, GREY, ORANGE, SKY
from .charts import plain
from .figure import Picture
from .voices import MANNERS, portions, voices

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from matplotlib.axes import Axes

    from ..article import Article
    from ..key.schema import Choice, Sort

__all__ = ["claims_picture", "voices_picture"]

_LOOKS = {
    "quoted": (SKY, ""),
    "paraphrased": (ORANGE, "//"),
    "unattributed": (GREY, ".."),
}

_NOTHING_SORTED = "Not sorted yet"
_KEY_CLOSED = "Opens with\nthe explanation"


@plain
def voices_picture(
    exercise: Sort, answer: Mapping[str, str] | None, article: Article, *, key_open: bool
) -> Picture:
    """Draw how many words each voice gets, by the learner's sorting and by the key's.

    Parameters
    ----------
    exercise
        The exercise in which statements are sorted by their source.
    answer
        The learner's sorting, as far as it goes.
    article
        The article whose words are counted.
    key_open
        Whether the learner may see the key's side.

    Returns
    -------
    Picture
    """
    yours = voices(exercise, answer or {}, article)
    keys = voices(exercise, {line.id: line.category for line in exercise.statements}, article)
    total = sum(p.quoted + p.others for p in portions(exercise, article))
    figure = Figure(figsize=(9, 1.6 + 0.5 * len(exercise.categories)), layout="constrained")
    left, right = figure.subplots(1, 2, sharey=True)
    names = [textwrap.fill(category.text, 30) for category in exercise.categories]
    longest = max(sum(counts.values()) for counts in (*yours.values(), *keys.values()))
    for axes, counts, shown, instead in (
        (left, yours, bool(answer), _NOTHING_SORTED),
        (right, keys, key_open, _KEY_CLOSED),
    ):
        if shown:
            _bars(axes, names, list(counts.values()))
        else:
            _say(axes, instead)
        axes.set_xlim(0, longest * 1.18 if answer or key_open else 1)
    left.set_yticks(range(len(names)), names)
    left.set_ylim(len(names) - 0.5, -0.5)
    left.set_title("By your sorting")
    right.set_title("By the key")
    if answer or key_open:
        handles = (left if answer else right).get_legend_handles_labels()
        title = "Words of the story that are"
        figure.legend(*handles, title=title, loc="outside lower center", ncols=3, frameon=False)
    sentence = " ".join(
        (
            f"How many of the story's {total} words each voice gets.",
            _most(exercise, yours, "By your sorting") if answer else "Nothing is sorted yet.",
            _most(exercise, keys, "By the key")
            if key_open
            else "The key's side opens with the explanation of the exercise.",
        )
    )
    rows = tuple(
        (
            category.text,
            *_cells(yours[category.id] if answer else None, "not sorted yet"),
            *_cells(keys[category.id] if key_open else None, "not open yet"),
        )
        for category in exercise.categories
    )
    header = ("voice", *(f"{manner}, {whose}" for whose in ("you", "key") for manner in MANNERS))
    return Picture(figure, sentence, header, rows)


def _bars(axes: Axes, names: list[str], counts: list[dict[str, float]]) -> None:
    places = range(len(names))
    ends = [0.0] * len(names)
    for manner in MANNERS:
        color, hatch = _LOOKS[manner]
        lengths = [count[manner] for count in counts]
        axes.barh(
            places, lengths, 0.62, ends, color=color, hatch=hatch, edgecolor=EDGE, label=manner
        )
        ends = [end + length for end, length in zip(ends, lengths, strict=True)]
    for place, end in zip(places, ends, strict=True):
        axes.annotate(f"{end:.0f}", (end, place), (4, 0), textcoords="offset points", va="center")
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(left=False)


def _say(axes: Axes, text: str) -> None:
    axes.text(0.5, 0.5, text, transform=axes.transAxes, ha="center", va="center", fontsize=12)
    axes.tick_params(left=False, bottom=False, labelbottom=False)
    for spine in axes.spines.values():
        spine.set(linestyle="--", color=EDGE)


def _most(exercise: Sort, counts: dict[str, dict[str, float]], whose: str) -> str:
    ranked = sorted(exercise.categories, key=lambda c: -sum(counts[c.id].values()))
    # In quotation marks, for a heading may have commas of its own.
    first = ", ".join(f"“{c.text}” {sum(counts[c.id].values()):.0f}" for c in ranked[:3])
    none = [f"“{c.text}”" for c in exercise.categories if not sum(counts[c.id].values())]
    return f"{whose}: {first}." + (f" None for {' or '.join(none)}." if none else "")


def _cells(counts: dict[str, float] | None, instead: str) -> tuple[str, ...]:
    return tuple(f"{counts[manner]:.0f}" if counts else instead for manner in MANNERS)


@plain
def claims_picture(
    exercises: tuple[Sort, Sort],
    answers: tuple[Mapping[str, str], Mapping[str, str]],
    *,
    key_open: bool,
) -> Picture:
    """Place claims on a grid, by two sortings of the same statements.

    Parameters
    ----------
    exercises
        The exercise whose categories are the columns, and the one whose are the rows. Their
        statements share ids; those that are in one of them only are left out.
    answers
        The learner's sortings, as far as they go.
    key_open
        Whether the learner may see the key's side.

    Returns
    -------
    Picture
    """
    across, down = exercises
    rows_of = {line.id: line.category for line in down.statements}
    lines = [line for line in across.statements if line.id in rows_of]
    keys = {line.id: (line.category, rows_of[line.id]) for line in lines}
    yours = {
        line.id: (answers[0][line.id], answers[1][line.id])
        for line in lines
        if line.id in answers[0] and line.id in answers[1]
    }
    numbers = {line.id: number for number, line in enumerate(lines, start=1)}
    figure = Figure(figsize=(9, 5.1 + 0.1 * len(lines)), layout="constrained")
    parts: Any = figure.subfigures(2, 1, height_ratios=(4.6, 0.5 + 0.1 * len(lines)))
    grids, legend = parts
    left, right = grids.subplots(1, 2, sharey=True)
    _grid(left, across.categories, down.categories, "By your sorting")
    _grid(right, across.categories, down.categories, "By the key")
    left.set_yticks(
        range(len(down.categories)), [textwrap.fill(c.text, 16) for c in down.categories]
    )
    fits = [{s.id: (s.category, *s.also) for s in exercise.statements} for exercise in exercises]
    apart = {
        name
        for name, (column, row) in yours.items()
        if key_open and not (column in fits[0][name] and row in fits[1][name])
    }
    for axes, places, shown, instead in (
        (left, yours, bool(yours), _NOTHING_SORTED),
        (right, keys, key_open, _KEY_CLOSED),
    ):
        if shown:
            _place(axes, exercises, places, numbers, apart)
        else:
            middle = ((len(across.categories) - 1) / 2, (len(down.categories) - 1) / 2)
            axes.text(*middle, instead, ha="center", va="center", fontsize=12, backgroundcolor="w")
    half = (len(lines) + 1) // 2
    for start, side in ((0, 0.01), (half, 0.51)):
        text = "\n".join(
            f"{numbers[line.id]:>2}  {textwrap.shorten(line.text, 76, placeholder=' …')}"
            for line in lines[start : start + half]
        )
        legend.text(side, 0.98, text, va="top", fontsize=8.5, linespacing=1.5)
    if apart:
        right.set_title("By the key (square: you and the key differ)")
    table = []
    for line in lines:
        mine = _place_name(exercises, yours[line.id]) if line.id in yours else "not sorted yet"
        its = _place_name(exercises, keys[line.id]) if key_open else "not open yet"
        table.append((f"{numbers[line.id]}", line.text, mine, its))
    sentence = f"{len(lines)} claims by how they can be checked and by the evidence given."
    if yours:
        sentence += f" You have placed {len(yours)} of them."
    else:
        sentence += " None of them is sorted in both exercises yet."
    if not key_open:
        sentence += " The key's side opens with the explanations of both exercises."
    elif yours:
        sentence += f" {len(yours) - len(apart)} stand where the key has them or accepts them"
        sentence += f"; {len(apart)} elsewhere, in a square." if apart else "."
    return Picture(figure, sentence, ("no.", "claim", "you", "key"), tuple(table))


def _grid(axes: Axes, across: Iterable[Choice], down: Iterable[Choice], title: str) -> None:
    columns, rows = list(across), list(down)
    axes.set(title=title, xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.set_xticks(range(len(columns)), [textwrap.fill(c.text, 16) for c in columns], fontsize=9)
    axes.tick_params(length=0)
    for column in range(1, len(columns)):
        axes.axvline(column - 0.5, color="#999999", linewidth=0.8)
    for row in range(1, len(rows)):
        axes.axhline(row - 0.5, color="#999999", linewidth=0.8)


def _place(
    axes: Axes,
    exercises: tuple[Sort, Sort],
    places: Mapping[str, tuple[str, str]],
    numbers: Mapping[str, int],
    apart: set[str],
) -> None:
    columns = [category.id for category in exercises[0].categories]
    rows = [category.id for category in exercises[1].categories]
    cells: dict[tuple[str, str], list[str]] = {}
    for name in sorted(places, key=lambda name: numbers[name]):
        cells.setdefault(places[name], []).append(name)
    for (column, row), names in cells.items():
        for index, name in enumerate(names):
            beside = min(len(names) - index // 4 * 4, 4)
            x = columns.index(column) + (index % 4 - (beside - 1) / 2) * 0.24
            y = rows.index(row) + (index // 4 - (len(names) - 1) // 4 / 2) * 0.26
            shape = "square" if name in apart else "circle"
            box = {"boxstyle": f"{shape},pad=0.22", "edgecolor": EDGE}
            box["facecolor"] = _LOOKS["paraphrased" if name in apart else "quoted"][0]
            label = f"{numbers[name]:>2}" if shape == "circle" else f"{numbers[name]}"
            axes.text(x, y, label, ha="center", va="center", fontsize=8.5, bbox=box)


def _place_name(exercises: tuple[Sort, Sort], place: tuple[str, str]) -> str:
    texts = [
        next(category.text for category in exercise.categories if category.id == name)
        for exercise, name in zip(exercises, place, strict=True)
    ]
    return "; ".join(texts)
