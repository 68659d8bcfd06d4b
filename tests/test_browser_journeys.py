"""What people do on the pages, in Debian's Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from shutil import copyfile

import pytest
from test_browser import CALL, SEEKABLE, missing

from callcoach.core import LOCAL_OWNER
from callcoach.store import Store
from callcoach.ui.screenshots import DESK, browsing, open_call, open_list
from callcoach.ui.server import serving

pytest_plugins = ["ui_fixtures"]
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def own_store(demo_store: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A copy of the demonstration's store, to be changed."""
    path = tmp_path_factory.mktemp("journeys") / "demo.db"
    copyfile(demo_store.removeprefix("sqlite:///"), path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="module")
def address(own_store: str) -> Iterator[str]:
    if reason := missing():
        pytest.skip(reason)
    with serving(own_store) as found:
        yield found


@pytest.fixture(scope="module")
def browser(address: str) -> Iterator[object]:
    with browsing() as found:
        yield found


@pytest.fixture
def page(browser) -> Iterator[object]:
    context = browser.new_context(
        viewport={"width": DESK[0], "height": DESK[1]}, permissions=["clipboard-read", "clipboard-write"]
    )
    page = context.new_page()
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    yield page
    assert page.faults == []
    context.close()


def edits(url: str, title: str = CALL) -> list:
    with Store.open(url) as store:
        rows = store.calls(LOCAL_OWNER).rows
        id_ = next(row.call_id for row in rows if any(title in name for name in row.customers))
        return [edit for edit in store.edits(LOCAL_OWNER, id_) if edit.undone_by is None]


def test_a_moment_is_rejected_by_one_key_and_taken_back(page, address, own_store):
    open_list(page, address)
    open_call(page, CALL)
    moment = page.locator(".cc-moment-box:has(.cc-not-right) .cc-moment").first
    moment.focus()
    page.keyboard.press("3")
    page.wait_for_selector("text=Corrected by people")
    assert [(edit.kind, edit.reason) for edit in edits(own_store)] == [
        ("reject_evidence", "not that behaviour")
    ]
    page.get_by_role("button", name="Take back").first.click()
    page.wait_for_selector("text=taken back by the owner")
    assert edits(own_store) == []


def test_a_line_is_corrected_and_commented_by_keyboard_alone(page, address, own_store):
    open_list(page, address)
    open_call(page, CALL)
    page.wait_for_function(SEEKABLE)
    page.locator(".cc-line").nth(1).focus()
    page.keyboard.press("e")
    page.wait_for_selector(".cc-panel")
    page.get_by_label("Comment on this line", exact=True).fill("Listen to <b>this</b>")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".cc-line-note")
    assert page.locator(".cc-line-note").inner_text() == "the owner: Listen to <b>this</b>"
    assert [edit.kind for edit in edits(own_store)] == ["comment"]


def test_words_are_found_and_evidence_is_reached_by_keys(page, address):
    open_list(page, address)
    open_call(page, CALL)
    page.wait_for_function(SEEKABLE)
    page.keyboard.press("/")
    page.keyboard.type("the")
    page.wait_for_selector(".cc-lines mark")
    page.keyboard.press("Enter")
    assert page.locator(".cc-find span").inner_text().startswith("2 of ")
    page.keyboard.press("Escape")
    assert page.locator(".cc-lines mark").count() == 0
    page.keyboard.press("j")
    page.wait_for_function("() => !document.querySelector('audio').paused")
    first_s = page.evaluate("() => document.querySelector('audio').currentTime")
    page.keyboard.press("j")
    page.wait_for_function(f"() => document.querySelector('audio').currentTime > {first_s} + 2")


def test_only_the_customer_is_heard_when_asked_for(page, address):
    open_list(page, address)
    open_call(page, CALL)
    page.wait_for_function(SEEKABLE)
    page.get_by_label("customer only").check()
    page.evaluate("() => { const a = document.querySelector('audio'); a.currentTime = 0; a.play() }")
    theirs = page.locator(".cc-item:not(.cc-ours) .cc-at").first.inner_text()
    first_s = 60 * int(theirs[:2]) + int(theirs[3:])
    assert first_s > 5  # until then our side speaks
    page.wait_for_function(f"() => document.querySelector('audio').currentTime > {first_s} - 1", timeout=4_000)
