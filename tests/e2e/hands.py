"""Two ways to give an answer in the browser: with the keyboard alone, and with the pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lesson.key.schema import Choose, ChooseMany, Estimate, Exercise, Mark, Match, Rank, Sort, Write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Locator, Page

__all__ = ["FAR", "Hands", "Keyboard", "Pointer"]

FAR = 400
"""Presses of Tab after which something is out of reach; a notebook has fewer stops."""


class Hands:
    """What both ways share: which fields an answer needs, one after the other."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def answer(self, group: Locator, exercise: Exercise, answer: Any) -> None:
        """Make the fields of an exercise say `answer`, whatever they say now."""
        match exercise:
            case Choose():
                places = [option.id for option in exercise.options]
                self.choose(group.get_by_role("radio"), places.index(answer))
            case ChooseMany():
                for box, option in zip(
                    group.get_by_role("checkbox").all(), exercise.options, strict=True
                ):
                    if box.is_checked() != (option.id in answer):
                        self.press(box)
            case Sort() | Match():
                lines = exercise.statements if isinstance(exercise, Sort) else exercise.pairs
                names = [line.id for line in lines]
                for select, name in zip(group.get_by_role("combobox").all(), names, strict=True):
                    self.select(select, answer.get(name, ""))
            case Rank():
                selects = group.get_by_role("combobox").all()
                for select in selects:  # what has a place is not offered for another
                    self.select(select, "")
                for select, name in zip(selects, answer, strict=False):
                    self.select(select, name)
            case Estimate():
                self.type(group.get_by_role("spinbutton"), f"{answer:g}")
            case Write():
                self.type(group.get_by_role("textbox"), answer)
            case Mark():
                self.mark(group.get_by_role("listbox"), answer, exercise)

    def press(self, control: Locator) -> None:
        """Press a button or a check box."""
        raise NotImplementedError

    def choose(self, radios: Locator, place: int) -> None:
        """Choose one of a group of radio buttons."""
        raise NotImplementedError

    def select(self, select: Locator, value: str) -> None:
        """Choose from a list."""
        raise NotImplementedError

    def type(self, field: Locator, text: str) -> None:
        """Put a text in the place of what stands in a field."""
        raise NotImplementedError

    def mark(self, box: Locator, spans: list[list[Any]], exercise: Mark) -> None:
        """Mark the words of `spans`, and only them."""
        raise NotImplementedError


class Pointer(Hands):
    """With the pointer; keys only where a text is written."""

    def press(self, control: Locator) -> None:
        control.click()

    def choose(self, radios: Locator, place: int) -> None:
        radios.nth(place).click()

    def select(self, select: Locator, value: str) -> None:
        select.select_option(value)

    def type(self, field: Locator, text: str) -> None:
        field.click()
        field.fill(text)
        field.blur()

    def mark(self, box: Locator, spans: list[list[Any]], exercise: Mark) -> None:
        every = box.get_by_role("option")
        for place in _wrongly_marked(box, spans, exercise):
            every.nth(place).click()


class Keyboard(Hands):
    """With keys alone: Tab to come to a field, and what the field itself understands."""

    def press(self, control: Locator) -> None:
        self.reach(control)
        self.page.keyboard.press("Space")

    def choose(self, radios: Locator, place: int) -> None:
        # Tab stops once for the group: at what is checked, else at its first or its last one.
        self.reach(radios)
        self.page.keyboard.press("Space")
        now = next(number for number, radio in enumerate(radios.all()) if radio.is_checked())
        for _ in range(abs(place - now)):
            self.page.keyboard.press("ArrowDown" if place > now else "ArrowUp")

    def select(self, select: Locator, value: str) -> None:
        self.reach(select)
        field = select.element_handle()
        values = field.evaluate("e => [...e.options].map(option => option.value)")
        for _ in values:
            now = field.input_value()
            if now == value:
                return
            down = values.index(value) > values.index(now)
            self.page.keyboard.press("ArrowDown" if down else "ArrowUp")
        assert field.input_value() == value

    def type(self, field: Locator, text: str) -> None:
        self.reach(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def mark(self, box: Locator, spans: list[list[Any]], exercise: Mark) -> None:
        self.reach(box.locator('[role="option"][tabindex="0"]'))
        self.page.keyboard.press("Home")
        now = 0
        for place in _wrongly_marked(box, spans, exercise):
            for _ in range(place - now):
                self.page.keyboard.press("ArrowRight")
            self.page.keyboard.press("Space")
            now = place

    def reach(self, controls: Locator) -> None:
        """Press Tab, or Shift and Tab, until one of the controls has the focus."""
        # Found once: to find a name again at every press takes longer than all the presses.
        found = controls.element_handles()
        ahead = found[0].evaluate(
            "e => !!(document.activeElement.compareDocumentPosition(e)"
            " & Node.DOCUMENT_POSITION_FOLLOWING)"
        )
        for _ in range(FAR):
            if self.page.evaluate("all => all.includes(document.activeElement)", found):
                return
            self.page.keyboard.press("Tab" if ahead else "Shift+Tab")
        raise AssertionError(f"Tab does not come to {controls.first.inner_html()[:200]}")


def _wrongly_marked(box: Locator, spans: list[list[Any]], exercise: Mark) -> Iterator[int]:
    """Give the places of the words whose mark has to change, in the order of the text."""
    marked: list[list[bool]] = box.evaluate(
        """e => [...e.querySelectorAll('p')].map(p => [...p.querySelectorAll('.lesson-word')]
            .map(word => word.classList.contains('lesson-marked')))"""
    )
    # Where each word begins and ends in its part, counted as Python counts characters.
    places: list[list[list[int]]] = box.evaluate(
        """e => [...e.querySelectorAll('p')].map(p => {
            const found = [];
            const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
            let done = 0;
            while (walk.nextNode()) {
                const length = [...walk.currentNode.data].length;
                if (walk.currentNode.parentElement.matches('.lesson-word')) {
                    found.push([done, done + length]);
                }
                done += length;
            }
            return found;
        })"""
    )
    count = 0
    for part, part_marked, part_places in zip(exercise.parts, marked, places, strict=True):
        for now, (start, end) in zip(part_marked, part_places, strict=True):
            wanted = any(p == part and low < end and start < high for p, low, high in spans)
            if wanted != now:
                yield count
            count += 1
