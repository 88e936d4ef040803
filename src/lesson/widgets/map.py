"""The map of distances as a learner moves it: sliders, a list of towns and a pin."""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import msgspec
import traitlets

from .._count import counted
from ..errors import PlaceError
from ..exercise import record as steps
from ..figures.figure import Picture, figure_bytes, table_html
from ..geography.geo import Place, Point
from .view import SavedWidget, script

if TYPE_CHECKING:
    from ..exercise.answers import Answers
    from ..maps.atlas import Atlas
    from ..maps.distance_map import DistanceMap

__all__ = ["MapWidget", "Setting"]

# Kilometers: lowest, highest and step. Below 50 km a line drawn from this border file is rough.
DISTANCES = (50, 500, 5)
TOLERANCES = (0, 50, 5)


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """Where the sliders and the pin stand; `town` is empty when the pin was put by hand."""

    distance: float
    tolerance: float
    latitude: float
    longitude: float
    town: str = ""


class MapWidget(SavedWidget):
    """The map of distances: one value, the setting, from which everything visible follows.

    The view keeps one wish under way and of those that come meanwhile only the newest, so
    redraws that nobody waits for are never made. It goes on when `state` counts one more.

    Parameters
    ----------
    atlas
        The places and borders of the lesson.
    answers
        Where the setting is kept; a saved one is shown at once.
    """

    _esm: ClassVar[str] = script("dom.js", "newest.js", "map.js")

    picture = traitlets.Bytes().tag(sync=True)

    def __init__(self, atlas: Atlas, answers: Answers) -> None:
        self._atlas = atlas
        shown = {
            "border": atlas.info.borders[0],
            "towns": [{"id": key, "text": town.name} for key, town in atlas.towns.items()],
            "distances": DISTANCES,
            "tolerances": TOLERANCES,
        }
        super().__init__(atlas.info.id, answers, shown)
        self._answered = 0
        self._restore()

    def move(self, changes: dict[str, Any], pointer: tuple[float, float] | None = None) -> None:
        """Take new values for some fields of the setting, and draw what follows from them.

        Parameters
        ----------
        changes
            New values by field. A town that is named takes the pin with it.
        pointer
            Where on the picture the pin was put, if it was: share of the width from the left,
            share of the height from the top.

        Raises
        ------
        PlaceError
            If the pin would stand off the map; the setting stays as it was.
        """
        if pointer is not None:
            point = self._chart.point_at(*pointer)
            if point is None:
                raise PlaceError("The pin goes on the map itself; choose a point inside its frame.")
            at = {"latitude": round(point.latitude, 3), "longitude": round(point.longitude, 3)}
            changes = {**changes, **at, "town": ""}
        setting = self._checked(msgspec.to_builtins(self.setting) | changes)
        self._saved, self._problem = "", False
        self._set(setting)

    def settle(self) -> None:
        """Save the setting: the learner has let go."""
        answer = msgspec.to_builtins(self.setting)
        if answer != self.record.answer:
            self._keep(steps.changed(self.record, answer, steps.now()))

    def file(self, kind: Literal["png", "svg"]) -> bytes:
        """Draw the map as the content of a file."""
        return figure_bytes(self._chart.figure, kind)

    def _restore(self) -> None:
        self._set(self._restored(self.record.answer))

    def _act(self, message: dict[str, Any], _: list[Any]) -> None:
        if message.get("do") == "save":
            kind: Literal["png", "svg"] = "svg" if message.get("kind") == "svg" else "png"
            self._guarded(lambda: self.send({"file": kind}, [self.file(kind)]))
        elif message.get("do") == "move":
            with self.hold_sync():  # picture and words go to the view together
                self._guarded(lambda: self._take(message))
                # Counted after a problem too, or the view would wait for ever.
                self._answered += 1
                self.state = {**self.state, "answered": self._answered}

    def _take(self, message: dict[str, Any]) -> None:
        self.move(message.get("changes") or {}, message.get("pointer"))
        if message.get("settled"):
            self.settle()

    def _checked(self, fields: dict[str, Any]) -> Setting:
        try:
            given = msgspec.convert(fields, Setting)
        except msgspec.ValidationError:
            raise PlaceError("A number is missing; write degrees such as 48.86.") from None
        town = self._atlas.towns.get(given.town)
        point = town.point if town else self._atlas.pin(given.latitude, given.longitude)
        return Setting(
            distance=_within(given.distance, DISTANCES),
            tolerance=_within(given.tolerance, TOLERANCES),
            latitude=point.latitude,
            longitude=point.longitude,
            town=given.town if town else "",
        )

    def _restored(self, answer: Any) -> Setting:
        """Bring back a saved setting, or begin anew where none can be understood."""
        info = self._atlas.info
        start = {
            "distance": info.start,
            "tolerance": info.tolerance,
            "latitude": info.pin.latitude,
            "longitude": info.pin.longitude,
        }
        try:
            return self._checked(answer)
        except PlaceError:
            return self._checked(start)

    def _set(self, setting: Setting) -> None:
        """Take a setting, measure, and show what follows from it."""
        pin = Place("Your pin", Point(setting.latitude, setting.longitude))
        place = self._atlas.towns.get(setting.town, pin)
        self.measured = self._atlas.measure(place, setting.distance, setting.tolerance)
        self.setting = setting
        self._chart.update(self.measured)
        self._show()

    @cached_property
    def _chart(self) -> DistanceMap:
        return self._atlas.draw(self.measured)

    def _show(self) -> None:
        self.picture = self._chart.png()
        self.state = {
            "setting": msgspec.to_builtins(self.setting),
            "sentence": self.measured.sentence,
            "header": self.measured.header,
            "rows": self.measured.rows,
            "saved": self._saved,
            "problem": self._problem,
            "answered": self._answered,
        }

    def _static_form(self) -> tuple[str, str]:
        """Show the line that the article speaks of, and a table without verdicts."""
        info = self._atlas.info
        pin = Place("Your pin", info.pin.point)
        measured = self._atlas.measure(pin, info.distance, info.tolerance)
        header, *rows = (row[:-1] for row in (measured.header, *measured.rows))
        sentence = (
            f"A map of {counted(len(measured.towns), 'town')} with a line at {measured.title}. "
            "Line and pin can be moved while the notebook runs."
        )
        picture = Picture(self._atlas.draw(measured).figure, sentence, header, tuple(rows))
        # The table stands open: while nothing runs, it is what a learner reads.
        return repr(picture), f"{picture.image()}{table_html(header, rows)}"


def _within(value: float, limits: tuple[float, float, float]) -> float:
    """Bring a number to a slider's range; one that is not finite goes to its lower end."""
    low, high, _ = limits
    return min(max(value, low), high) if math.isfinite(value) else low
