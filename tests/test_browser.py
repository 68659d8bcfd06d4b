"""The pages in Debian's Chromium: what only a browser can show."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from conftest import IN_CI
from stores import keep
from ui_pages import HOSTILE

from callcoach.core import CallMetadata
from callcoach.store import Store
from callcoach.ui.screenshots import DESK, TELEPHONE, browsing, chromium, open_call, open_list, take
from callcoach.ui.server import LOOPBACK, serving

pytest_plugins = ["ui_fixtures"]
pytestmark = pytest.mark.browser

CALL = "Susan Wells"
NOW_S = "() => document.querySelector('audio').currentTime"
SEEKABLE = "() => document.querySelector('audio').readyState >= 1"


def missing() -> str | None:
    try:
        import playwright  # noqa: F401
    except ImportError:
        return "needs Playwright, which is not installed: pip install playwright"
    return None if chromium() else "needs Chromium, which is not installed: sudo apt-get install chromium"


@pytest.fixture(scope="module")
def address(demo_store: str) -> Iterator[str]:
    """The page, served on the demonstration's store."""
    if reason := missing():
        if IN_CI:
            pytest.fail(reason)
        pytest.skip(reason)
    with serving(demo_store) as found:
        yield found


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[object]:
    with browsing() as found:
        yield found


@pytest.fixture
def page(browser) -> Iterator[object]:
    """A page that remembers every request and every error."""
    page = browser.new_page(viewport={"width": DESK[0], "height": DESK[1]})
    page.asked, page.faults = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("websocket", lambda socket: page.asked.append(socket.url))
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    assert page.faults == []
    page.close()


def outside(urls: list[str]) -> list[str]:
    """Addresses on another machine."""
    return [
        url for url in urls if not url.startswith(("data:", "blob:")) and urlsplit(url).hostname != LOOPBACK
    ]


def line(page, place: int):
    """A line of the transcript and the second it begins at."""
    row = page.locator(".cc-line").nth(place)
    minutes, seconds = row.locator(".cc-at").text_content().split(":")
    return row, 60 * int(minutes) + int(seconds)


def test_a_click_on_a_line_plays_the_recording_from_there_without_a_rerun(page, address):
    open_list(page, address)
    open_call(page, CALL)
    page.wait_for_function(SEEKABLE)
    assert page.evaluate("() => document.querySelector('audio').duration") == pytest.approx(205, abs=3)
    asked_before = len([url for url in page.asked if "/recording/" not in url])
    for place in (6, 2, 2):  # forwards, back, and the same line again
        row, begins_s = line(page, place)
        row.click()
        page.wait_for_function(f"() => Math.abs(({NOW_S})() - {begins_s}) < 3")
        assert not page.evaluate("() => document.querySelector('audio').paused")
        assert row.get_attribute("aria-current") == "true"
    assert len([url for url in page.asked if "/recording/" not in url]) == asked_before
    assert page.evaluate("() => document.querySelector('audio').error") is None


def test_it_goes_on_playing_when_the_page_runs_again(page, address):
    open_list(page, address)
    open_call(page, CALL)
    page.wait_for_function(SEEKABLE)
    row, begins_s = line(page, 10)
    row.click()
    page.wait_for_function(f"() => Math.abs(({NOW_S})() - {begins_s}) < 3")
    page.evaluate("() => { document.querySelector('audio').mine = true }")
    page.keyboard.press("r")  # Streamlit's own key to run a page again
    page.wait_for_timeout(2_000)
    assert page.evaluate("() => document.querySelector('audio').mine === true")
    assert not page.evaluate("() => document.querySelector('audio').paused")


def test_the_transcript_follows_while_it_plays(page, address):
    open_list(page, address)
    open_call(page, CALL)
    page.wait_for_function(SEEKABLE)
    row, begins_s = line(page, 20)
    page.evaluate(f"() => {{ document.querySelector('audio').currentTime = {begins_s + 1.2} }}")
    page.wait_for_function("() => document.querySelector('.cc-line[aria-current]') !== null")
    assert row.get_attribute("aria-current") == "true"
    page.wait_for_function(
        "() => { const box = document.querySelector('.cc-lines').getBoundingClientRect();"
        " const now = document.querySelector('.cc-line[aria-current]').getBoundingClientRect();"
        " return now.top < box.bottom && now.bottom > box.top }"
    )


def test_a_moment_plays_from_before_to_after_and_stops_when_pressed_again(page, address):
    from playwright.sync_api import expect

    open_list(page, address)
    open_call(page, CALL)
    page.wait_for_function(SEEKABLE)
    moment = page.locator(".cc-moment").first
    minutes, seconds = moment.locator(".cc-at").inner_text().split(":")
    begins_s = 60 * int(minutes) + int(seconds)
    moment.click()
    page.wait_for_function(f"() => {begins_s} - 6 <= ({NOW_S})() && ({NOW_S})() < {begins_s}")
    expect(moment).to_have_attribute("aria-pressed", "true")
    moment.click()
    page.wait_for_function("() => document.querySelector('audio').paused")
    expect(moment).to_have_attribute("aria-pressed", "false")


def test_a_moment_stops_by_itself_at_its_end(page, address):
    open_list(page, address)
    open_call(page, CALL)
    page.wait_for_function(SEEKABLE)
    moment = page.locator(".cc-moment").first
    length_s = float(moment.locator(".cc-small").inner_text().removesuffix(" s"))
    moment.click()
    page.wait_for_function("() => !document.querySelector('audio').paused")
    begins_s = page.evaluate(NOW_S)
    page.evaluate(f"() => {{ document.querySelector('audio').currentTime = {begins_s + length_s - 1} }}")
    page.wait_for_function("() => document.querySelector('audio').paused", timeout=10_000)
    assert page.evaluate(NOW_S) == pytest.approx(begins_s + length_s, abs=1.5)


def test_the_keyboard_alone_plays_and_moves(page, address):
    open_list(page, address)
    open_call(page, CALL)
    page.wait_for_function(SEEKABLE)
    first = page.locator(".cc-line").first
    first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert (
        page.evaluate("() => [...document.querySelectorAll('.cc-line')].indexOf(document.activeElement)") == 3
    )
    page.keyboard.press("Enter")
    _, begins_s = line(page, 3)
    page.wait_for_function(f"() => Math.abs(({NOW_S})() - {begins_s}) < 3")
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('audio').paused")
    before_s = page.evaluate(NOW_S)
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"() => Math.abs(({NOW_S})() - {before_s} - 5) < 0.5")
    assert page.evaluate("() => document.querySelector('audio').paused")


def test_a_link_to_a_second_opens_there(page, address):
    open_list(page, address)
    link = page.locator(".cc-call-title", has_text=CALL).first.get_attribute("href")
    page.goto(f"{address}/{link}&t=61")
    page.wait_for_selector(".cc-line")
    page.wait_for_function(f"() => Math.abs(({NOW_S})() - 61) < 1")
    assert page.locator(".cc-line[aria-current]").count() == 1


def test_no_request_leaves_the_machine(page, address):
    open_list(page, address)
    open_call(page, CALL)
    row, _ = line(page, 4)
    row.click()
    page.locator("summary").first.click()
    page.wait_for_timeout(2_000)
    assert len(page.asked) > 10
    assert outside(page.asked) == []


def test_both_themes_can_be_read(page, address):
    colours = {}
    open_list(page, address)
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.wait_for_timeout(700)
        colours[theme] = page.evaluate(
            "() => ['.stApp', '.cc-fact'].map((s) => getComputedStyle(document.querySelector(s)))"
            ".map((s, i) => (i ? s.color : s.backgroundColor))"
        )
    assert colours["light"][0] == "rgb(253, 253, 251)"
    assert colours["dark"][0] == "rgb(21, 25, 28)"
    assert colours["light"][1] != colours["dark"][1]


@pytest.mark.parametrize("size", [DESK, TELEPHONE], ids=["desk", "telephone"])
def test_every_page_in_every_theme_has_a_picture_and_fits_its_width(browser, address, tmp_path, size):
    taken = take(browser, address, tmp_path, call_title=CALL, size=size)
    assert [path.name for path in taken] == [
        "calls-light.png",
        "call-light.png",
        "calls-dark.png",
        "call-dark.png",
    ]
    assert all(path.stat().st_size > 10_000 for path in taken)
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    too_wide = "() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth"
    open_list(page, address)
    assert page.evaluate(too_wide) <= 0
    open_call(page, CALL)
    assert page.evaluate(too_wide) <= 0
    page.close()


def test_words_of_a_call_are_words_in_a_browser(page, address, empty_store):
    with Store.open(empty_store) as store:
        metadata = CallMetadata(rep=HOSTILE, customers=(HOSTILE,), account=HOSTILE)
        keep(store, "one", script=f"R 0-5 {HOSTILE} | C 5-9 {HOSTILE}", metadata=metadata, with_media=False)
        store.record_failure(f"/calls/{HOSTILE}.wav", sha256=None, kind="empty", message=HOSTILE)
    with serving(empty_store) as hostile:
        open_list(page, hostile)
        assert HOSTILE in page.locator(".cc-call-title").inner_text()
        page.locator("summary").first.click()
        page.wait_for_selector(".cc-failures")
        assert HOSTILE in page.locator(".cc-failures").inner_text()
        open_call(page, "script")
        assert page.locator(".cc-text").first.inner_text() == HOSTILE
        assert HOSTILE in page.locator(".cc-title").inner_text()
        assert page.locator("a[href^='javascript']").count() == 0
        assert page.locator(".katex").count() == 0
        assert page.evaluate("() => window.hacked") is None
        assert outside(page.asked) == []
