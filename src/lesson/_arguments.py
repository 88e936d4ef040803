"""The words of the command ``lesson``: what can be asked of it, and what it says of that."""

from __future__ import annotations

import argparse
from pathlib import Path

__all__ = ["DEFAULT_FOLDER", "parser"]

DEFAULT_FOLDER = "media-literacy-lesson"


def parser() -> argparse.ArgumentParser:
    """Give the words of the command; `command` says which of them was given."""
    words = argparse.ArgumentParser(prog="lesson", description="Read one news story closely.")
    commands = words.add_subparsers(required=True, metavar="COMMAND", dest="command")

    start = commands.add_parser(
        "start",
        help="open the lesson in JupyterLab",
        epilog="Other options, such as --ip=0.0.0.0 or --allow-root, are passed on to JupyterLab; "
        "write their values with an = as here.",
    )
    start.add_argument(
        "folder",
        nargs="?",
        type=Path,
        help=f"where the lesson is or shall be (here, or a new folder {DEFAULT_FOLDER})",
    )
    start.add_argument("--no-browser", action="store_true", help="only print the address")
    start.add_argument("--port", type=int, help="the port of the server")

    check = commands.add_parser("check", help="check the key and the article of a lesson")
    check.add_argument("folder", nargs="?", type=Path, help="the lesson folder (this one)")
    check.add_argument("--article", metavar="SOURCE", help="another edition: a file or address")

    new = commands.add_parser("new", help="make a lesson folder on an article of your own")
    new.add_argument("folder", type=Path, metavar="DIR", help="the new lesson folder")
    new.add_argument("--article", metavar="SOURCE", required=True, help="a saved page or address")
    new.add_argument(
        "--notebooks", metavar="NAME", nargs="+", default=["01_story"], help="such as 01_story"
    )

    learners = commands.add_parser(
        "release", help="make a learners' folder in which answers and explanations are withheld"
    )
    learners.add_argument("folder", type=Path, metavar="DIR", help="the new folder for learners")
    learners.add_argument("--lesson", type=Path, help="the teacher's lesson folder (this one)")
    learners.add_argument(
        "--withhold", metavar="NAME", nargs="+", default=[], help="only these notebooks, exercises"
    )

    paper = commands.add_parser("print", help="make the worksheet, or its key, as a page to print")
    paper.add_argument("folder", nargs="?", type=Path, help="the lesson folder (this one)")
    paper.add_argument("--key", action="store_true", help="the teacher's key, not the worksheet")
    paper.add_argument("--check", action="store_true", help="both forms of the check instead")
    paper.add_argument("--guide", action="store_true", help="the teacher's guide instead")
    paper.add_argument("--notebook", metavar="NAME", nargs="+", default=[], help="only these")
    paper.add_argument("--out", type=Path, metavar="FILE", help="worksheet.html or key.html")

    report = commands.add_parser("report", help="make the report on what a class handed in")
    report.add_argument("folder", type=Path, help="the folder with the files handed in")
    report.add_argument("--lesson", type=Path, metavar="DIR", help="the lesson folder (this one)")
    report.add_argument(
        "--out", type=Path, metavar="DIR", default=Path(), help="where to put it (here)"
    )

    links = commands.add_parser("binder", help="print the links for a class")
    links.add_argument("--repo", metavar="OWNER/NAME", help="on GitHub (this checkout's origin)")
    links.add_argument("--ref", help="branch, tag or commit (the current branch)")
    links.add_argument("--hub", default="https://hub.example.org", help="your JupyterHub")
    return words
