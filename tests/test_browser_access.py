"""Every page can be used by everybody: axe-core, both themes, a desk and a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import IN_CI
from stores import keep
from test_browser import missing
from ui_pages import NAMES
from ui_team import team_store

from callcoach.core import CallMetadata
from callcoach.store import Store
from callcoach.ui.screenshots import DESK, TELEPHONE, THEMES, browsing
from callcoach.ui.server import serving

pytestmark = pytest.mark.browser

WAITS = {
    "calls": ("", ".cc-calls"),
    "call": ("call?call=dana-00", ".cc-line"),
    "me": ("me?as=dana", ".cc-clips"),
    "team": ("team?as=mia", ".cc-team"),
    "sheet": ("sheet?person=dana&as=mia", ".cc-sheet"),
    "rubrics": ("rubrics", ".cc-measures"),
    "blind": ("rubrics?view=blind&as=mia", "h3"),
    "blind-call": ("rubrics?view=blind&call=tom-03&as=mia", ".cc-line"),
    "monthly": ("rubrics?view=monthly&as=mia", ".cc-clips"),
    "form": ("rubrics?rubric=discovery", "text=Make a copy of it to change"),
    "skills": ("team?view=skills&as=mia", ".cc-skill"),
    "log": ("team?view=log&as=mia", "h3"),
    "library": ("team?view=library&as=mia", "[data-testid=stText]"),
    "rollup": ("team?view=teams&as=dora", ".cc-measures"),
    "people": ("people", ".cc-measures"),
    "archive": ("archive", "h2, h1"),
}
BAD = ("serious", "critical")


@pytest.fixture(scope="module")
def axe():
    """Deque's axe-core, from the package that bundles it."""
    try:
        from axe_playwright_python.sync_playwright import Axe
    except ImportError:
        reason = "needs axe-playwright-python, which is not installed: pip install axe-playwright-python"
        if IN_CI:
            pytest.fail(reason)
        pytest.skip(reason)
    return Axe()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    if reason := missing():
        pytest.skip(reason)
    path: Path = tmp_path_factory.mktemp("access") / "team.db"
    url = team_store(path)
    with Store.open(url) as store:
        keep(store, "nobody", metadata=CallMetadata(rep="Agent 17"))
        store.record_failure("/calls/a.wav", sha256=None, kind="empty", message="a.wav is empty")
    with serving(url) as found:
        yield found


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[object]:
    with browsing() as found:
        yield found


def opened(browser, address: str, name: str, *, theme: str = "light", size=DESK):
    where, wait = WAITS[name]
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=theme)
    page.goto(f"{address}/{where}")
    page.wait_for_selector(wait, timeout=60_000)
    if name == "form":
        page.get_by_text("Make a copy of it to change").click()
        page.wait_for_selector("text=As TOML")
    page.wait_for_timeout(600)
    return page


def test_every_page_is_looked_at():
    assert set(NAMES) <= set(WAITS)


@pytest.mark.parametrize(
    ("name", "theme"),
    [(name, theme) for name in WAITS for theme in THEMES if name in NAMES or theme == "dark"],
)
def test_axe_reports_nothing_serious_at_a_desk_and_on_a_telephone(browser, address, axe, name, theme):
    page = opened(browser, address, name, theme=theme)
    worst = []
    for size in (DESK, TELEPHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.wait_for_timeout(300)
        found = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        worst += [
            (size, one["id"], one["impact"], node["target"], node["failureSummary"][:200])
            for one in found
            if one["impact"] in BAD
            for node in one["nodes"][:3]
        ]
    too_wide = "() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth"
    assert page.evaluate(too_wide) <= 0
    page.close()
    assert worst == []


def test_a_team_is_seen_at_first_glance_without_scrolling(browser, address):
    page = opened(browser, address, "team")
    for block in ("Next one-on-ones", "For the whole team", "Worth hearing", "Open"):
        place = page.get_by_role("heading", name=block).bounding_box()
        assert place["y"] + place["height"] < DESK[1], block
    page.close()


def test_what_is_printed_is_the_sheet_alone(browser, address):
    page = opened(browser, address, "sheet")
    page.emulate_media(media="print")
    assert page.locator(".cc-sheet h1").is_visible()
    assert page.locator(".cc-foot").is_visible()
    assert not page.locator("[data-testid=stForm]").is_visible()
    assert not page.locator("[data-testid=stHeader]").is_visible()
    pages = page.pdf(format="A4").count(b"/Type /Page\n")
    assert pages == 1
    page.close()


def test_from_team_to_a_printed_sheet_in_two_clicks(browser, address):
    page = opened(browser, address, "team")
    page.evaluate("() => { window.print = () => { window.printed = true } }")
    page.get_by_role("link", name="Dana Field", exact=True).click()
    page.wait_for_selector(".cc-sheet")
    page.get_by_role("button", name="Print or save as PDF").click()
    page.wait_for_function("() => window.printed === true")
    page.close()


def test_from_team_through_three_clips_to_an_agreed_action_in_at_most_fourteen_clicks(browser, address):
    page = opened(browser, address, "team")
    clicks = 0

    from playwright.sync_api import expect

    def click(place) -> None:
        nonlocal clicks
        place.click()
        clicks += 1

    click(page.get_by_role("link", name="Dana Field", exact=True))
    page.wait_for_selector(".cc-sheet")
    page.wait_for_selector(".cc-clips .cc-moment")
    clips = page.locator(".cc-clips .cc-moment")
    assert clips.locator(".cc-tag").all_inner_texts() == ["best", "typical", "nearly"]
    assert len(set(clips.locator(".cc-who").all_inner_texts())) == 3  # each from another call
    now_s = "() => document.querySelector('.cc-clips audio').currentTime"
    for number in range(3):
        click(clips.nth(number))
        expect(clips.nth(number)).to_have_attribute("aria-pressed", "true")
        page.wait_for_function(f"() => !document.querySelector('.cc-clips audio').paused && ({now_s})() > 0")
        begun_s = page.evaluate(now_s)
        page.wait_for_function(f"() => ({now_s})() > {begun_s} + 0.3")  # it sounds
    length_s = float(clips.nth(2).locator(".cc-small").inner_text().removesuffix(" s"))
    page.evaluate(f"() => {{ document.querySelector('.cc-clips audio').currentTime += {length_s - 1.5} }}")
    expect(clips.nth(2)).to_have_attribute("aria-pressed", "false")  # it stops by itself
    click(page.get_by_label("One sentence"))
    page.keyboard.type("Ask once what a delay touches")
    click(page.get_by_label("On which call"))
    page.keyboard.type("Brightwater")
    click(page.get_by_role("button", name="Agree", exact=True))
    page.wait_for_selector("text=Agreed with Dana Field")
    click(page.get_by_role("radio", name="Coaching log"))
    page.wait_for_selector("text=Ask once what a delay touches")
    assert clicks <= 14
    page.close()
