"""What axe-core and a ruler find in a page."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page, within: str) -> list[str]:
    """Give what axe-core finds in the elements of a selector: the rule, the first it names."""
    script = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    page.evaluate(script)
    found: dict[str, Any] = page.evaluate(
        """([within, rules]) => axe.run(
            { include: [[within]] },
            // Of what passes one node by rule is enough; of violations every one is told.
            { runOnly: rules, resultTypes: ["violations"] },
        )""",
        [within, RULES],
    )
    assert found["passes"], "axe-core looked at nothing"
    return [
        f"{found['id']}: {node['html'][:160]} ({node['failureSummary']})"
        for found in found["violations"]
        for node in found["nodes"][:3]
    ]


def too_wide(page: Page, within: str) -> list[str]:
    """Give the elements whose content does not fit into their width, and is not scrolled."""
    wide: list[str] = page.evaluate(
        """within => [...document.querySelectorAll(`${within}, ${within} *`)]
            .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0
                && getComputedStyle(e).display !== 'inline'
                // WCAG 1.4.10 lets maps and tables scroll sideways, if keys can scroll them too.
                && !(getComputedStyle(e).overflowX === 'auto' && e.tabIndex === 0 && e.ariaLabel)
                && !['SELECT', 'OPTION'].includes(e.tagName))
            .map(e => e.outerHTML.slice(0, 120))""",
        within,
    )
    return wide
