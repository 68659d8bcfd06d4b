"""Pictures of every page in both themes, from the bundled calls: ``python -m callcoach.ui.screenshots``.

Needs Playwright (a test dependency) and Debian's Chromium.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from callcoach.core.errors import CallcoachError, MissingExtra

THEMES = ("light", "dark")
DESK, TELEPHONE = (1280, 800), (390, 844)
FIRM_PAGES = {
    "me": ("me?as=hannah-reed", ".cc-clips, .cc-measures"),
    "team": ("team?as=mia-lang", ".cc-team"),
    "sheet": ("sheet?person=hannah-reed&as=mia-lang", ".cc-sheet"),
    "rubrics": ("rubrics?rubric=discovery", ".cc-measures"),
    "calibration": ("rubrics?view=monthly&as=mia-lang", ".cc-clips"),
    "people": ("people", ".cc-measures"),
    "archive": ("archive", "h2"),
}
_WAIT_MS = 60_000
_SETTLE_MS = 1_000
# A browser that talks to nobody but the page.
_QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """Where Debian's Chromium is; None where it is not installed."""
    return shutil.which("chromium")


@contextmanager
def browsing() -> Iterator[object]:
    """A Playwright browser without a window.

    Raises
    ------
    MissingExtra
        If Playwright or Chromium is not installed.
    """
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise MissingExtra(
            "pictures need Playwright, which is not installed: pip install playwright"
        ) from error
    path = chromium()
    if path is None:
        raise MissingExtra("pictures need Chromium, which is not installed: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_QUIET)
        try:
            yield browser
        finally:
            browser.close()


def open_list(page, address: str) -> None:
    """Open the list of calls and wait until it is drawn."""
    page.goto(address)
    page.wait_for_selector(".cc-call-title", timeout=_WAIT_MS)


def open_call(page, title: str) -> None:
    """Open a call from the list by a part of its title, and wait until it is drawn."""
    page.locator(".cc-call-title", has_text=title).first.click()
    page.wait_for_selector(".cc-line", timeout=_WAIT_MS)
    page.wait_for_selector(".cc-measures", timeout=_WAIT_MS)


def take(
    browser, address: str, folder: Path, *, call_title: str, size: tuple[int, int] = DESK, team: bool = False
) -> list[Path]:
    """A picture of each page in each theme; returns their paths.

    Parameters
    ----------
    team : bool
        Whether the store holds the made-up firm of `screenshot_firm`, so that its pages have something
        to show.
    """
    taken = []
    for theme in THEMES:
        page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=theme)
        open_list(page, address)
        taken.append(_picture(page, folder / f"calls-{theme}.png"))
        open_call(page, call_title)
        taken.append(_picture(page, folder / f"call-{theme}.png"))
        for name, (where, wait) in (FIRM_PAGES if team else {}).items():
            page.goto(f"{address}/{where}")
            page.wait_for_selector(wait, timeout=_WAIT_MS)
            taken.append(_picture(page, folder / f"{name}-{theme}.png"))
        page.close()
    return taken


def _picture(page, path: Path) -> Path:
    page.mouse.move(0, 0)  # nothing under the pointer
    page.wait_for_timeout(_SETTLE_MS)
    page.screenshot(path=str(path))
    return path


def main() -> int:
    """Score the bundled calls into a store with a made-up firm and take all pictures into ``docs/``."""
    from callcoach.archive.demo import ingest_demo
    from callcoach.store import Store
    from callcoach.ui.screenshot_firm import add_firm
    from callcoach.ui.server import serving

    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs")
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix="callcoach-") as scratch:
            url = f"sqlite:///{Path(scratch) / 'demo.db'}"
            with Store.open(url) as store:
                for _ in ingest_demo(store):
                    pass
                add_firm(store)
            with serving(url, rep_first_hours=0.0) as address, browsing() as browser:
                for path in take(browser, address, folder, call_title="Susan Wells", team=True):
                    print(path)
    except CallcoachError as error:
        print(error.message, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
