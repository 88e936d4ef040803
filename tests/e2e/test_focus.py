"""The walk with Tab finds what is wrong on a page made to be wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.focus import unseen_stops

if TYPE_CHECKING:
    from playwright.sync_api import Page

GOOD = "button:focus-visible { outline: 3px solid #00407a }"


def stops(page: Page, body: str, style: str = "") -> list[str]:
    page.set_content(
        f"<a href=#>before</a><style>body {{ background: white }} {GOOD} {style}</style>"
        f"<main><button>one</button> {body} <button id=z>last</button></main><a href=#>after</a>"
    )
    return unseen_stops(page, "main")


def jump(name: str, to: str) -> str:
    """Make a button from which Tab goes to another one."""
    script = f"event.preventDefault(); document.getElementById(`{to}`).focus()"
    return f"<button id={name} onkeydown='{script}'>{name}</button>"


def test_what_is_in_order_and_in_sight_is_not_named(page: Page) -> None:
    radios = "<input type=radio name=a><input type=radio name=a checked>"
    outline = "input:focus-visible { outline: 2px solid black }"
    hidden = "<button hidden>x</button><button disabled>x</button><p tabindex=-1>x</p>"
    assert stops(page, f"<button>two</button> {radios} {hidden}", outline) == []


@pytest.mark.parametrize(
    ("body", "style", "said"),
    [
        ("<button id=b>b</button>", "#b { outline: none !important }", "outline rgb"),
        ("<button id=b>b</button>", "#b { outline-width: 1px !important }", "outline rgb"),
        ("<button id=b>b</button>", "#b { outline-color: #ccc !important }", "outline too pale"),
        (
            "<div style=background:#001a33><button id=b>b</button></div>",
            "",
            "outline too pale",
        ),
        (
            "<button id=b>b</button>",
            "main::after { content: ''; position: fixed; inset: 0 }",
            "covered",
        ),
        ("<button id=b tabindex=1>b</button>", "", "not reached"),
        ("<button onfocus=document.querySelector('button').focus()>b</button>", "", "not reached"),
        (jump("b", "d") + jump("c", "z") + jump("d", "c"), "", "out of order"),
    ],
)
def test_what_is_wrong_is_named(page: Page, body: str, style: str, said: str) -> None:
    assert any(line.startswith(said) for line in stops(page, body, style))
