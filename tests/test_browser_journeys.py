"""What people do on the pages, in Debian's Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from shutil import copyfile

import pytest
from test_browser import CALL, SEEKABLE, missing

from callcoach.core import LOCAL_OWNER, Person
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
    url = f"sqlite:///{path}"
    with Store.open(url) as store:
        store.put_person(LOCAL_OWNER, Person("hannah", "Hannah Reed", team="north", firm_role="rep"))
        store.put_person(LOCAL_OWNER, Person("mia", "Mia Lang", team="north", firm_role="manager"))
    return url


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
    page.set_default_timeout(90_000)  # the first judgement of a server loads its models
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
    page.wait_for_function(
        f"() => document.querySelector('audio').currentTime > {first_s} - 1", timeout=4_000
    )


def test_a_rep_looks_back_reads_keep_and_try_disputes_one_piece_and_copies_a_promise(
    page, address, own_store
):
    page.goto(f"{address}/me?as=hannah")
    page.locator(".cc-call-title", has_text=CALL).first.click()
    page.wait_for_selector("text=for you alone")
    for question in ("I understood what they need", "I said what is in it for them"):
        page.get_by_role("radiogroup", name=question).get_by_text("yes", exact=True).click()
    page.get_by_role("radiogroup", name="We both know what happens next").get_by_text("partly").click()
    page.wait_for_selector("text=You said: I understood what they need: yes")
    advice = page.locator(".cc-advice").all_inner_texts()
    assert len(advice) >= 2
    page.locator(".cc-moment-box:has(.cc-not-right) .cc-moment").last.focus()
    page.keyboard.press("4")
    page.wait_for_selector("text=open: it counts neither way")
    page.wait_for_selector("text=Open between people and the machine")
    page.get_by_role("button", name="Copy as a list").click()
    page.wait_for_selector("text=Copied")
    assert page.evaluate("() => navigator.clipboard.readText()").startswith("- Hannah Reed: ")
    rejected = [edit for edit in edits(own_store) if edit.kind == "reject_evidence"]
    assert [(edit.author, edit.reason) for edit in rejected] == [("hannah", "out of context")]


def test_a_phrase_is_searched_and_opens_at_its_second(page, address):
    open_list(page, address)
    page.get_by_label("Words said").fill("recording on wednesday")
    page.keyboard.press("Enter")
    snippet = page.locator(".cc-snippet", has_text="Wednesday").first
    snippet.wait_for()
    at = snippet.locator(".cc-at").inner_text()
    snippet.click()
    page.wait_for_selector(".cc-line")
    page.wait_for_function(SEEKABLE)
    begins_s = 60 * int(at[:2]) + int(at[3:])
    page.wait_for_function(f"() => Math.abs(document.querySelector('audio').currentTime - {begins_s}) < 1.5")
    current = page.locator(".cc-line[aria-current]")
    current.wait_for()
    assert "Wednesday" in current.inner_text()


def test_a_swap_of_sides_recomputes_what_is_shown(page, address):
    open_list(page, address)
    open_call(page, "Greg Nolan")
    share = page.locator(".cc-measures td").first
    before = share.inner_text()
    page.get_by_text("Who is who, and where the words come from").click()
    page.get_by_role("button", name="Swap the sides").click()
    page.wait_for_selector("text=Sides swapped by owner")
    page.wait_for_function(f"() => document.querySelector('.cc-measures td').innerText !== '{before}'")
    page.get_by_role("button", name="Undo").first.click()
    page.wait_for_function(f"() => document.querySelector('.cc-measures td').innerText === '{before}'")
