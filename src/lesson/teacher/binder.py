"""Links that open the lesson on a server: mybinder.org, or a hub with nbgitpuller."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from ..errors import LessonError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["FIRST_NOTEBOOK", "Links", "first_notebook", "links", "repository_of"]

FIRST_NOTEBOOK = "notebooks/00_start.ipynb"

_REPOSITORY = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*)/[A-Za-z0-9._-]+")
_GITHUB = re.compile(
    r"(?:https?://(?:[^@/\s]+@)?|ssh://git@|git@)github\.com[/:](?P<name>\S+?)(?:\.git)?/?"
)


@dataclass(frozen=True, slots=True)
class Links:
    """The ways into the lesson for a class.

    Attributes
    ----------
    launch
        Opens the first notebook in JupyterLab on mybinder.org.
    badge
        The same as a badge, in Markdown.
    pull
        Copies the lesson into a learner's home on a JupyterHub that has nbgitpuller, keeping
        what the learner has changed, and opens the first notebook.
    """

    launch: str
    badge: str
    pull: str


def first_notebook(folder: Path) -> str:
    """Find the notebook that a lesson begins with, or give nothing where it has none."""
    found = sorted((folder / "notebooks").glob("*.ipynb"))
    return found[0].relative_to(folder).as_posix() if found else ""


def links(
    repository: str,
    ref: str = "main",
    hub: str = "https://hub.example.org",
    notebook: str = FIRST_NOTEBOOK,
) -> Links:
    """Make the links for a repository on GitHub.

    Parameters
    ----------
    repository
        ``OWNER/NAME``.
    ref
        A branch, tag or commit.
    hub
        The address of the JupyterHub for the nbgitpuller link.
    notebook
        What opens first, from the folder of the repository.

    Raises
    ------
    LessonError
        When the repository is not of that form.

    Examples
    --------
    >>> links("OWNER/NAME", "v1").launch
    'https://mybinder.org/v2/gh/OWNER/NAME/v1?urlpath=lab%2Ftree%2Fnotebooks%2F00_start.ipynb'
    """
    if not _REPOSITORY.fullmatch(repository):
        raise LessonError(f"{repository!r} is no repository; write it as OWNER/NAME.")
    query = urlencode({"urlpath": f"lab/tree/{notebook}"})
    launch = f"https://mybinder.org/v2/gh/{repository}/{quote(ref, safe='')}?{query}"
    name = repository.partition("/")[2]
    pull = urlencode(
        {
            "repo": f"https://github.com/{repository}",
            "branch": ref,
            "urlpath": f"lab/tree/{name}/{notebook}",
        }
    )
    return Links(
        launch=launch,
        badge=f"[![Open the lesson on Binder](https://mybinder.org/badge_logo.svg)]({launch})",
        pull=f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{pull}",
    )


def repository_of(folder: Path) -> tuple[str, str]:
    """Read ``OWNER/NAME`` and the branch from a checkout and its ``origin`` on GitHub.

    Raises
    ------
    LessonError
        When the folder is no checkout, or has no ``origin`` on GitHub.
    """
    origin = _git(folder, "remote", "get-url", "origin")
    found = _GITHUB.fullmatch(origin)
    if not found:
        shown = re.sub(r"//[^@/]*@", "//", origin)  # without a password or token
        said = f"its origin is {shown}" if origin else "it has no origin"
        raise LessonError(
            f"{folder} is no checkout from GitHub ({said}); "
            "name the repository: lesson binder --repo OWNER/NAME."
        )
    branch = _git(folder, "branch", "--show-current") or _git(folder, "rev-parse", "HEAD")
    return found["name"], branch or "main"


def _git(folder: Path, *words: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603  # fixed words, no shell
            ["git", "-C", str(folder), *words],  # noqa: S607  # the user's own git
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
