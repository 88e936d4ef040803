"""More pages to print: the check before and after the lesson, and the teacher's guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import mistune
from markupsafe import Markup

from .._pages import template
from ..errors import LessonError
from .paper import sealed

if TYPE_CHECKING:
    from pathlib import Path

    from ..lesson import Lesson

__all__ = ["check_page", "guide_of", "guide_page"]


def check_page(lesson: Lesson, *, key: bool = False) -> str:
    """Write both forms of the check as one page, each form on sheets of its own.

    Parameters
    ----------
    lesson
        The lesson.
    key
        True for the teacher: verdicts and what shows them.

    Raises
    ------
    LessonError
        When the lesson has no check, or no key to print.
    """
    if lesson.check is None:
        raise LessonError("This lesson has no check to print: there is no data/check.yaml in it.")
    if key:
        lesson.need_key()
    page = template("check-forms.html")
    return sealed(page.render(check=lesson.check, info=lesson.key.info, key=key))


def guide_of(folder: Path) -> str:
    """Read the guide of a lesson.

    Raises
    ------
    LessonError
        When there is none in the lesson folder.
    """
    try:
        return (folder / "notebooks" / "teacher" / "guide.md").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise LessonError(
            f"There is no guide to print in {folder}; it would be notebooks/teacher/guide.md."
        ) from None


def guide_page(text: str) -> str:
    r"""Write a guide as a page to print. Markup in it is shown, not run.

    Parameters
    ----------
    text
        The guide, in Markdown.

    Examples
    --------
    >>> page = guide_page("# Guide\n\nRead *well* <script>1</script>")
    >>> "<h1>Guide</h1>" in page, "<script>" in page, "<em>well</em>" in page
    (True, False, True)
    """
    body = str(mistune.create_markdown(escape=True, plugins=["table"])(text))
    title = next((line[2:] for line in text.splitlines() if line.startswith("# ")), "Guide")
    # What was escaped once is not escaped again.
    return sealed(template("guide.html").render(body=Markup(body), title=title))  # noqa: S704
