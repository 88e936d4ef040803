"""Figures of a class's work. Each comes with its sentence and its table."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from .._count import counted
from ..figures._palette import EDGE, ORANGE, SKY
from ..figures.charts import plain
from ..figures.figure import Picture
from .tables import card_rows, rate_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .counts import DeckCount, ItemCount

__all__ = ["cards_picture", "rates_picture"]

# Okabe and Ito's orange and blue at full strength, for no text stands on these.
_FIRST, _LATEST = "#e69f00", "#0072b2"


@plain
def rates_picture(items: Sequence[ItemCount]) -> Picture:
    """Draw the mean share that was right at the first and at the latest try, by exercise.

    Parameters
    ----------
    items
        Counts of exercises; those that nobody checked, or that no program scores, are left out.
    """
    drawn = [item for item in items if item.first.of]
    figure = Figure(figsize=(8, 1.4 + 0.5 * max(1, len(drawn))), layout="constrained")
    axes = figure.add_subplot()
    places = range(len(drawn))
    firsts, latests = [i.first.share for i in drawn], [i.latest.share for i in drawn]
    axes.hlines(places, firsts, latests, color="#888888", linewidth=2, zorder=1)
    look: dict[str, Any] = {"s": 80, "edgecolor": EDGE, "clip_on": False}
    axes.scatter(firsts, places, marker="o", color=_FIRST, label="first try", **look)
    # Smaller and on top, so that both are seen where they are equal.
    look["s"] = 38
    axes.scatter(latests, places, marker="s", color=_LATEST, label="latest try", **look)
    names = [_short(item.exercise.question, 64) for item in drawn]
    axes.set_yticks(places, names, fontsize=9)
    axes.set(
        xlim=(0, 1),
        ylim=(max(1, len(drawn)) - 0.5, -0.5),
        xlabel="mean share that is as in the key",
    )
    axes.xaxis.set_major_formatter(PercentFormatter(1))
    axes.grid(axis="x", color="#dddddd")
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(left=False)
    if drawn:
        figure.legend(loc="outside upper center", ncols=2, frameon=False)
    rows = tuple(
        (i.exercise.question, str(i.begun), rate_words(i.first), rate_words(i.latest), str(i.hints))
        for i in drawn
    )
    sentence = "Nobody has checked an exercise here."
    if drawn:
        low = min(drawn, key=lambda item: item.latest.share)
        high = max(drawn, key=lambda item: item.latest.share)
        sentence = (
            f"Mean share that is as in the key, in {counted(len(drawn), 'exercise')}: at the "
            f"latest try from {low.latest.share:.0%} (“{_short(low.exercise.question, 90)}”) to "
            f"{high.latest.share:.0%} (“{_short(high.exercise.question, 90)}”)."
        )
    header = ("exercise", "learners", "all right, first try", "all right, latest try", "hints")
    return Picture(figure, sentence, header, rows)


@plain
def cards_picture(deck: DeckCount) -> Picture:
    """Draw how many opened each card of a deck before they judged, and how many after."""
    places = range(len(deck.cards))
    figure = Figure(figsize=(8, 1.5 + 0.45 * len(deck.cards)), layout="constrained")
    axes = figure.add_subplot()
    before = [count.before for count in deck.cards]
    after = [count.after for count in deck.cards]
    look: dict[str, Any] = {"edgecolor": EDGE, "height": 0.62}
    axes.barh(places, before, color=SKY, label="before judging", **look)
    axes.barh(places, after, left=before, color=ORANGE, hatch="//", label="after judging", **look)
    names = [_short(f"{c.card.title} ({c.card.publisher})", 68) for c in deck.cards]
    axes.set_yticks(places, names, fontsize=9)
    axes.set(ylim=(len(deck.cards) - 0.5, -0.5), xlabel="learners who opened the card")
    axes.set_xlim(0, max(1, *(count.before + count.after for count in deck.cards)) * 1.05)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(left=False)
    figure.legend(loc="outside upper center", ncols=2, frameon=False)
    most = max(deck.cards, key=lambda count: count.before + count.after)
    sentence = (
        f"“{deck.deck.title}”: {counted(deck.learners, 'learner')} opened cards, {deck.before} "
        f"times before judging and {deck.after} times after. Most often: {most.card.title} "
        f"({most.before + most.after})."
    )
    if not deck.learners:
        sentence = f"“{deck.deck.title}”: nobody opened a card."
    header = ("card", "before judging", "after judging")
    return Picture(figure, sentence, header, card_rows(deck))


def _short(text: str, width: int) -> str:
    """Cut a text to two lines at most of half the width each."""
    cut = textwrap.shorten(text, width, placeholder=" …")
    return "\n".join(textwrap.wrap(cut, width // 2 + 6)) if width < 80 else cut
