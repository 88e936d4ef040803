"""The colors of the figures that hold text.

Okabe and Ito's palette keeps apart for color-blind readers (jfly.uni-koeln.de/color); lightened
here so that black text is legible on it. Hatches, shapes or lines beside it keep apart in print.
"""

from __future__ import annotations

__all__ = ["EDGE", "GREY", "ORANGE", "PALE_SKY", "SKY"]

PALE_SKY, SKY, ORANGE, GREY = "#cfe6f5", "#8ccbee", "#fbe3b5", "#e4e4e4"
EDGE = "#444444"
