"""The figures of the lesson, other than the maps. Each comes with its sentence and its table."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, NamedTuple

from matplotlib import rc_context
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ..exercise.describe import part_name
from ._palette import EDGE, GREY, ORANGE, PALE_SKY
from .figure import Picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..article import Article

__all__ = ["page_blocks", "page_picture", "plain"]

plain = rc_context({"text.parse_math": False})
"""Decorates what draws: a dollar sign in a text is a dollar sign, not the start of a formula."""

_LOOKS = {
    "story": (PALE_SKY, ""),
    "about the story": (ORANGE, "//"),
    "the site": (GREY, ".."),
}

_GROUPS = {
    "headline": "story",
    "byline": "about the story",
    "dateline": "about the story",
    "caption": "about the story",
    "credit": "about the story",
    "label": "the site",
    "author-note": "the site",
    "furniture": "the site",
}


class _Block(NamedTuple):
    part: str
    group: str
    words: int
    opening: str


def page_picture(article: Article) -> Picture:
    """Draw the page as a stack of blocks, each as high as its text is long.

    Parameters
    ----------
    article
        The article; parts that the page does not have are drawn as empty frames.

    Returns
    -------
    Picture
    """
    blocks = _blocks(article)
    figure = Figure(figsize=(8, 8), layout="constrained")
    page_blocks(figure.add_subplot(), article)
    total = sum(block.words for block in blocks)
    story = sum(block.words for block in blocks if block.group == "story")
    absent = [part_name(block.part) for block in blocks if not block.words]
    sentence = (
        f"The page has about {total} words in {len(blocks) - len(absent)} blocks; "
        f"{story} of them ({story / total:.0%}) are the headline and the paragraphs."
    )
    if absent:
        sentence += f" Not on the page: {' and '.join(absent)}."
    rows = tuple(
        (part_name(block.part), block.group, str(block.words) if block.words else "not on the page")
        for block in blocks
    )
    return Picture(figure, sentence, ("part", "belongs to", "words"), rows)


@plain
def page_blocks(axes: Axes, article: Article) -> None:
    """Draw the blocks of a page, from the top of the page to its end.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
    article
        The article, as for `page_picture`.
    """
    blocks = _blocks(article)
    # The square root keeps a line of one word visible beside a block of a hundred.
    heights = [max(block.words, 1) ** 0.5 for block in blocks]
    gap = 0.35
    top = 0.0
    for block, height in zip(blocks, heights, strict=True):
        color, hatch = _LOOKS[block.group]
        axes.add_patch(
            Rectangle(
                (0, top),
                1,
                height,
                facecolor=color if block.words else "white",
                edgecolor=EDGE,
                hatch=hatch if block.words else "",
                linestyle="-" if block.words else "--",
                linewidth=0.8,
                label=block.group,
            )
        )
        said = f"{block.words} words" if block.words else "not on the page"
        middle = top + height / 2
        axes.text(-0.02, middle, part_name(block.part), ha="right", va="center", fontsize=10)
        axes.text(1.02, middle, said, ha="left", va="center", fontsize=10)
        shown = textwrap.shorten(block.opening, 58, placeholder=" …")
        axes.text(
            0.02,
            middle,
            shown,
            va="center",
            fontsize=9,
            bbox={"facecolor": color, "edgecolor": "none", "pad": 1.5},
        )
        top += height + gap
    axes.set(xlim=(-0.42, 1.25), ylim=(top, -0.2), title="The page in blocks, from top to end")
    axes.axis("off")
    handles = [
        Rectangle((0, 0), 1, 1, facecolor=color, hatch=hatch, edgecolor=EDGE, label=group)
        for group, (color, hatch) in _LOOKS.items()
    ]
    axes.legend(
        handles=handles,
        title="The block belongs to",
        loc="upper center",
        bbox_to_anchor=(0.5, -0.01),
        ncols=3,
        fontsize=10,
        frameon=False,
    )


def _blocks(article: Article) -> list[_Block]:
    order = ["label", "headline", "byline", "caption", "dateline"]
    order += [f"p{number}" for number in range(1, len(article.paragraphs) + 1)]
    order += ["credit", "author-note", "furniture"]
    return [
        _Block(part, _GROUPS.get(part, "story"), len((text := article.part(part)).split()), text)
        for part in order
    ]
