"""What a screen must not do: break a rule of axe-core, or cut off a text."""

from __future__ import annotations

from typing import Any, cast

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_CUT = """() => {
  const cut = [];
  const wide = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > wide + 1) cut.push("the page is too wide");
  for (const one of document.querySelectorAll("body *")) {
    const look = getComputedStyle(one), box = one.getBoundingClientRect();
    if (!one.textContent.trim() || look.visibility === "hidden" || box.width < 2) continue;
    if (one.closest(".unseen, .skip, option, svg title")) continue;
    const hides = /hidden|clip/.test(look.overflowX);
    if (hides && one.scrollWidth > one.clientWidth + 1) cut.push(one.outerHTML.slice(0, 120));
    const svg = one.ownerSVGElement;
    if (one.tagName === "text" && svg) {
      const whole = svg.getBoundingClientRect();
      if (box.left < whole.left - 1 || box.right > whole.right + 1) cut.push(one.textContent);
    }
  }
  return cut;
}"""


def violations(page: Page) -> list[str]:
    """Return the rules of axe-core that the page breaks, each with the first element that does."""
    found = cast(dict[str, Any], Axe().run(page).response)
    return [
        f"{one['id']}: {one['help']}: {one['nodes'][0]['html'][:200]}"
        for one in found["violations"]
    ]


def cut_off(page: Page) -> list[str]:
    """Return the elements whose text does not fit, and whether the page is wider than the window.

    What scrolls by itself may be wider; what hides the rest of a text may not.
    """
    return cast(list[str], page.evaluate(_CUT))
