"""A lesson folder on an article of the teacher's own, ready for the first exercise."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Any, NamedTuple

import nbformat

from ..article import Article, load_article
from ..article._lines import is_prose
from ..article.page import parts_of_text
from ..errors import LessonError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["PLACEHOLDER", "NewLesson", "article_text", "examples", "make_lesson"]

PLACEHOLDER = re.compile(r"WRITE[ -]HERE|\b1900-01-01\b")
"""What stands in a new lesson where the teacher's own words belong."""

_TEMPLATES = Path(__file__).parents[1] / "templates" / "new"

_PARTS = (
    *("label", "headline", "byline", "dateline", "caption"),
    *("paragraphs", "credit", "author_note", "furniture"),
)

_TAKEN = ("border_scales", "cards", "check", "lesson", "places", "words")
"""Files of ``data/`` with a meaning of their own, which hold no exercises."""

_HEADER = """\
# {what}
# Plain YAML: spaces, no tabs; no HTML. A text with a colon or a # in it stands in quotation marks.
"""

_EXERCISES_HOWTO = """\
#
# Below are worked examples, one of each kind, all switched off by the # in front of each line.
# To use one, take "# " away from "- id" down to the next empty line (in JupyterLab: select the
# lines and press Ctrl+/). Give it an id of your own, change its texts to fit your story, and
# put your own words where it says WRITE HERE. Then run: lesson check

exercises:

"""

_LESSON = """\
# The lesson as a whole. Put your own words where it says WRITE HERE, then run: lesson check
title: {title}
outlet: WRITE HERE the name of the newsroom
headline: {headline}
date: {date}  # the day the story appeared
address: {address}  # where the story can be read
editions:
  - name: original
    licence: WRITE HERE what you may do with the text, such as "for my class only"
    note: The story as it was saved.
notebooks:
"""

_NOTEBOOK = """\
  - name: {name}
    title: {title}
    minutes: 25
    aim: Read the story closely and say how you know what you know.
    exercises: {file}
"""


class NewLesson(NamedTuple):
    """What `make_lesson` wrote, and the parts of the page that its text form does not keep."""

    files: tuple[Path, ...]
    lost: tuple[str, ...]


def make_lesson(
    folder: Path, source: str | Path, notebooks: Sequence[str] = ("01_story",)
) -> NewLesson:
    """Write a new lesson folder: the article, an empty key with examples, the notebooks.

    Parameters
    ----------
    folder
        Where to write; made when missing. A file that is there is never written over.
    source
        The article: a saved page or an address.
    notebooks
        The notebooks' names, in small letters, digits and underscores.

    Raises
    ------
    LessonError
        When the article cannot be read, a name is not of that form, is named twice or has another
        meaning in ``data/``, or one of the files is there already; then nothing is written.
    """
    for name in notebooks:
        if not re.fullmatch(r"[0-9a-z_]+", name):
            raise LessonError(
                f"'{name}' is no name for a notebook: use small letters, digits and underscores, "
                "as in 01_story."
            )
        if name in _TAKEN:
            raise LessonError(
                f"'{name}' is no name for a notebook: data/{name}.yaml has a meaning of its own; "
                "choose another name, as in 01_story."
            )
        if notebooks.count(name) > 1:
            raise LessonError(f"'{name}' is named twice; give each notebook a name of its own.")
    article = load_article(source)
    text, lost = article_text(article)
    files = {
        "data/article.txt": text,
        "data/lesson.yaml": _lesson_file(article, notebooks),
        "data/cards.yaml": _list_file("Evidence from outside the article: cards.", "cards"),
        "data/words.yaml": _list_file("Words to know.", "words"),
    }
    switched_off = _switched_off(examples(article))
    for name in notebooks:
        what = _HEADER.format(what=f"The exercises of notebooks/{name}.ipynb.")
        files[f"data/{name}.yaml"] = what + _EXERCISES_HOWTO + switched_off
        files[f"notebooks/{name}.ipynb"] = _notebook(name, _title(name))
    _write_all(folder, files)
    return NewLesson(tuple(folder / name for name in files), lost)


def article_text(article: Article) -> tuple[str, tuple[str, ...]]:
    r"""Write an article as a text that is read back to the same parts, as far as that goes.

    Returns
    -------
    tuple
        The text, and the names of the parts that are read back differently from it: those that
        only the markup of a web page told apart.

    Examples
    --------
    >>> story = ("The old bridge will open again in May, the council said.", "Yes")
    >>> article_text(Article(headline="Old Bridge Opens In May", paragraphs=story))[1]
    ('paragraphs', 'furniture')
    """
    candidates = [article.lines] if article.lines else []
    dateline = f"{article.dateline} — " if article.dateline else ""
    first, *others = article.paragraphs or ("",)
    head = (article.label, article.headline, article.byline)
    tail = (article.credit, *article.author_note.splitlines())
    captions = ((article.caption,), (article.caption, article.caption))  # pages often repeat it
    # Without its markup, a notice around the story may read like a paragraph of it.
    short = tuple(line for line in article.furniture if not is_prose(line))
    candidates += [
        (*head, *caption, dateline + first, *others, *tail, *furniture)
        for furniture in (article.furniture, short)
        for caption in captions
    ]
    best: tuple[str, tuple[str, ...]] = ("", _PARTS)
    for lines in candidates:
        text = "\n\n".join(filter(None, lines)) + "\n"
        try:
            read = parts_of_text(text)
        except LessonError:
            continue
        lost = tuple(part for part in _PARTS if getattr(read, part) != getattr(article, part))
        if not best[0] or _harm(lost) < _harm(best[1]):
            best = (text, lost)
    return best


def _harm(lost: tuple[str, ...]) -> tuple[bool, int]:
    """Weigh what a text does not keep; a false paragraph is worse than anything else."""
    return "paragraphs" in lost, len(lost)


def examples(article: Article) -> str:
    """Give a worked example of each kind of exercise, with anchors that resolve on `article`."""
    template = Template((_TEMPLATES / "exercises.yaml").read_text(encoding="utf-8"))
    return template.substitute(
        marker=_quoted(_opening(article.paragraphs[0])),
        headline="headline" if article.headline else "p1",
    )


def _opening(paragraph: str) -> str:
    """Find the first few words that stand in a paragraph once and that YAML takes as they are."""
    for found in re.finditer(r"\w+ \w+ \w+|\w+", paragraph):
        if paragraph.count(found[0]) == 1:
            return found[0]
    return ""


def _lesson_file(article: Article, notebooks: Sequence[str]) -> str:
    headline = _plain(article.headline) or "WRITE HERE the headline"
    try:
        date = dt.date.fromisoformat(article.published[:10]).isoformat()
    except ValueError:
        date = "1900-01-01"
    address = article.source if article.source.startswith(("http://", "https://")) else ""
    lesson = _LESSON.format(
        title=_quoted(headline),
        headline=_quoted(headline),
        date=date,
        address=_quoted(address or "https://example.org/WRITE-HERE"),
    )
    return lesson + "".join(
        _NOTEBOOK.format(name=_quoted(name), title=_quoted(_title(name)), file=f"{name}.yaml")
        for name in notebooks
    )


def _list_file(what: str, name: str) -> str:
    sample = (_TEMPLATES / f"{name}.yaml").read_text(encoding="utf-8")
    return f"{_HEADER.format(what=what)}# Take the # away to use the example.\n\n{name}:\n\n" + (
        _switched_off(sample)
    )


def _switched_off(yaml: str) -> str:
    """Put a # before each line, also before comments, so that any lines can be switched on."""
    return "".join(f"# {line}" if line.strip() else line for line in yaml.splitlines(keepends=True))


def _title(name: str) -> str:
    return name.lstrip("0123456789_").replace("_", " ").capitalize() or f"Part {name}"


def _plain(text: str) -> str:
    """Leave out what a key must not have; a headline with markup in it is a damaged one."""
    return "" if re.search(r"<\s*[A-Za-z/!?]", text) else text


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _notebook(name: str, title: str) -> str:
    do = (
        "## Do\n\nOne cell for each exercise belongs here, such as "
        f'`story.ask("first-source")`, with the ids from `data/{name}.yaml`. `lesson check` '
        "names the exercises that have no cell yet."
    )
    end = (
        "*For the teacher:* run a cell with Shift+Enter. After a change in `data/`, choose "
        "*Kernel → Restart Kernel and Run All Cells*; no answer is lost. Delete this cell, and "
        "what speaks to you under *Do*."
    )
    said = (
        ("markdown", f"# {title}"),
        ("code", f'from lesson import open_notebook\n\nstory = open_notebook("{name}")\nstory'),
        ("markdown", "## Read"),
        ("code", "story.article"),
        ("markdown", do),
        ("markdown", "## Reflect\n\n- Where did you look first, and why there?"),
        ("markdown", "## Take your work along\n\nThe page is for handing in, the data for later."),
        ("code", 'story.download(nickname="")'),
        ("markdown", end),
    )
    make: dict[str, Any] = {
        "markdown": nbformat.v4.new_markdown_cell,
        "code": nbformat.v4.new_code_cell,
    }
    cells = [
        make[kind](source, id=f"{name.replace('_', '-')}-{number:02}")
        for number, (kind, source) in enumerate(said, start=1)
    ]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    text: str = nbformat.writes(nbformat.v4.new_notebook(cells=cells, metadata=metadata))
    return text + "\n"


def _write_all(folder: Path, files: dict[str, str]) -> None:
    there = [name for name in files if (folder / name).exists()]
    if there:
        raise LessonError(
            f"{folder} has {there[0]} already, and nothing is written over; name a new folder."
        )
    try:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except OSError as error:
        raise LessonError(
            f"The lesson could not be written to {folder} ({error.strerror}); "
            "choose a folder of your own."
        ) from None
