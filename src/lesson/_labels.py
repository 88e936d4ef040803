"""Labels on a map that do not cover one another: simple greedy placement."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

__all__ = ["Box", "place_label"]

# Right first, as cartographers advise (E. Imhof, "Positioning names on maps", 1975), then
# left, above and below, then the corners.
_DIRECTIONS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


class Box(NamedTuple):
    """An upright rectangle, in pixels from the lower left."""

    left: float
    bottom: float
    right: float
    top: float

    def overlap(self, other: "Box") -> float:
        """Give the area shared with another box.

        Examples
        --------
        >>> Box(0, 0, 2, 2).overlap(Box(1, 1, 5, 5))
        1
        """
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.top, other.top) - max(self.bottom, other.bottom)
        return width * height if width > 0 and height > 0 else 0

    @property
    def area(self) -> float:
        """Give its area."""
        return (self.right - self.left) * (self.top - self.bottom)


def place_label(
    anchor: tuple[float, float],
    size: tuple[float, float],
    taken: Sequence[Box],
    frame: Box,
    gaps: Iterable[float] = (6, 12, 20, 30),
) -> Box:
    """Find room for a label beside a point.

    The nearest of the free positions wins; if none is free, the one that covers least.

    Parameters
    ----------
    anchor : (float, float)
        The point, in pixels.
    size : (float, float)
        Width and height of the label, in pixels.
    taken : sequence of Box
        What may not be covered.
    frame : Box
        What the label must stay inside.
    gaps : iterable of float
        Distances from the point to try, in pixels.

    Returns
    -------
    Box

    Examples
    --------
    >>> frame = Box(0, 0, 100, 100)
    >>> place_label((50, 50), (20, 10), [], frame)
    Box(left=56.0, bottom=45.0, right=76.0, top=55.0)
    >>> place_label((50, 50), (20, 10), [Box(55, 0, 100, 100)], frame)
    Box(left=24.0, bottom=45.0, right=44.0, top=55.0)
    """
    width, height = size
    best: tuple[float, Box] | None = None
    for gap in gaps:
        for east, north in _DIRECTIONS:
            shift = gap * 0.75 if east and north else gap  # corners are farther off
            left = anchor[0] + east * shift + (east - 1) * width / 2
            bottom = anchor[1] + north * shift + (north - 1) * height / 2
            box = Box(left, bottom, left + width, bottom + height)
            covered = sum(box.overlap(other) for other in taken)
            covered += box.area - box.overlap(frame)
            if covered <= 0:
                return box
            if best is None or covered < best[0]:
                best = (covered, box)
    if best is None:
        raise ValueError("place_label needs at least one gap to try.")
    return best[1]
