"""Where Tab stops in a page, and whether a learner sees it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.e2e.hands import FAR

if TYPE_CHECKING:
    from playwright.sync_api import Page

LEAST_WIDTH = 2
"""Pixels of an outline, by WCAG 2.2, success criterion 2.4.13."""

LEAST_CONTRAST = 3
"""Of an outline with what lies behind it, by the same criterion and 1.4.11."""

# What Tab should come to: of a group of radio buttons the one that is checked, else the first.
BEGIN = """within => {
    const all = [...document.querySelectorAll(
        `${within} :is(a[href], button, input, select, textarea, summary, [tabindex])`)];
    const of = radio => all.filter(e => e.type === 'radio' && e.name === radio.name);
    window.walk = {
        stops: [],
        wanted: all.filter(e => e.tabIndex >= 0 && !e.disabled && e.checkVisibility()
            && (e.type !== 'radio' || e === (of(e).find(o => o.checked) ?? of(e)[0]))),
    };
    window.walk.wanted[0]?.focus();
    return window.walk.wanted.length;
}"""

# Whether the stop that has the focus now is the last one, and what is wrong with it.
LOOK = """([within, leastWidth, leastContrast]) => {
    const e = document.activeElement;
    if (!e.closest(within)) return [false, ''];
    window.walk.stops.push(e);
    const pen = Object.assign(document.createElement('canvas'), { width: 1, height: 1 })
        .getContext('2d', { willReadFrequently: true });
    const parse = color => {
        pen.clearRect(0, 0, 1, 1);
        pen.fillStyle = color;
        pen.fillRect(0, 0, 1, 1);
        return [...pen.getImageData(0, 0, 1, 1).data];
    };
    const brightness = ([r, g, b]) => [r, g, b]
        .map(v => v / 255)
        .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const style = getComputedStyle(e);
    let behind = e.parentElement;
    while (behind && parse(getComputedStyle(behind).backgroundColor)[3] < 255) {
        behind = behind.parentElement;
    }
    const [dark, light] = [
        parse(style.outlineColor),
        behind ? parse(getComputedStyle(behind).backgroundColor) : [255, 255, 255],
    ].map(brightness).sort((a, b) => a - b);
    const box = e.getClientRects()[0];
    // Not all of it has to be in sight (2.4.11): a large field may end below the window.
    const inSight = [0.1, 0.3, 0.5, 0.7, 0.9].some(share => e.contains(
        document.elementFromPoint(box.left + box.width / 2, box.top + box.height * share)));
    const wrong = [];
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < leastWidth) {
        wrong.push(`outline ${style.outline}`);
    }
    if ((light + 0.05) / (dark + 0.05) < leastContrast) wrong.push('outline too pale');
    if (!inSight) wrong.push('covered or out of sight');
    return [
        e === window.walk.wanted.at(-1),
        wrong.length ? `${wrong.join(', ')}: ${e.outerHTML.slice(0, 160)}` : '',
    ];
}"""

END = """() => {
    const { stops, wanted } = window.walk;
    const after = (a, b) => a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING;
    const name = e => e.outerHTML.slice(0, 160);
    return [
        ...wanted.filter(e => !stops.includes(e)).map(e => `not reached: ${name(e)}`),
        ...stops.slice(1)
            .filter((e, i) => !after(stops[i], e))
            .map(e => `out of order: ${name(e)}`),
    ];
}"""


def unseen_stops(page: Page, within: str) -> list[str]:
    """Press Tab from the first control to the last; give those that are not as they should be.

    Each has to be reached, in the order of the text, in sight, with an outline that is wide and
    stands out.
    """
    assert page.evaluate(BEGIN, within), "there is nothing to come to"
    page.keyboard.press("Shift+Tab")  # to come to the first one by key too
    wrong: list[str] = []
    for _ in range(FAR):
        page.keyboard.press("Tab")
        last, found = page.evaluate(LOOK, [within, LEAST_WIDTH, LEAST_CONTRAST])
        wrong += filter(None, [found])
        if last:
            break
    missed: list[str] = page.evaluate(END)
    return wrong + missed
