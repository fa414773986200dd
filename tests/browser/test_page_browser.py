"""The playground as a person meets it, in a real browser: nine stories. What HTML can show is in test_page*.py."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, ViewportSize, expect

from bot.playground import modals
from bot.playground import page as pages
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, CHI, DM_OF_ANA, GENERAL
from tests.browser.acts import Acts, count, counted
from tests.browser.browser import PATIENCE, button, chromium, last, opened, playground, send, take_sample
from tests.browser.browser_bench import closed, kept_by_colour, planned_as_it_stands
from tests.browser.browser_site import Site, site
from tests.browser.page_visit import BERLIN, EVIL
from tests.kit.far_openai import FarOpenAI
from tests.kit.standing import served
from tests.kit.waiting import until

# One browser and one bot for all of them, in whichever worker they run; and a whole story may take its time.
pytestmark = [pytest.mark.waits, pytest.mark.xdist_group("browser"), pytest.mark.timeout(900)]

OFFERED = "/imagelane estimate 5000 high square"
PREMIUM = "32,80,223"  # gpt-image-2.5-sunburst, as the far end draws it
PHONE = ViewportSize(width=380, height=760)
NAMED = ("button", "link", "textbox", "combobox", "checkbox", "radio", "listbox", "option", "dialog", "image", "img")
RUNNING = "document.querySelectorAll('script, iframe, object, [onerror], [onmouseover]').length"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def place(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="module")
def priced(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Where a picture costs money, has the colour of its model, and Ana may change budgets."""
    with FarOpenAI() as openai, site(tmp_path_factory.mktemp("priced"), openai, IMAGELANE_BUDGET_OWNERS=ANA) as running:
        yield running


def drawn(page: Page, *requests: str) -> None:
    """Try them, and wait until each of their messages can be judged."""
    judged = page.locator("#channel > li").filter(has=page.locator("button[data-action='sample.keep']"))
    before = judged.count()
    for words in requests:
        send(page, words)
    expect(judged).to_have_count(before + len(requests))


# 1


def test_a_first_visit_goes_from_an_offered_command_to_mondays_digest_until_the_playground_is_gone(
    browser: Browser, tmp_path: Path
) -> None:
    with playground(tmp_path) as running:
        with opened(browser, running.at()) as page:
            an_offer_fills_the_composer(page)
            the_grammar_completes_what_is_typed(page)
            a_digest_comes_with_its_chart(page, tmp_path)
        left = browser.new_page()
        left.goto(running.at())
    expect(left.locator("body")).to_have_class(re.compile("offline"))
    send(left, "/imagelane help")
    expect(left.locator("#toast")).to_contain_text("The playground does not answer")
    left.close()


def entered(page: Page, answer: str) -> None:
    """Enter, until it is answered: words that a busy machine did not answer in three seconds are back in their box."""

    def answered() -> bool:
        page.press("#composer-text", "Enter")  # does nothing while the box is empty
        return last(page).filter(has_text=answer).count() == 1

    until(answered, seconds=240, every=0.2)


def an_offer_fills_the_composer(page: Page) -> None:
    page.locator("#start button").first.click()
    expect(page.locator("#composer-text")).to_be_focused()
    assert page.input_value("#composer-text") == OFFERED
    entered(page, "$263.40")
    expect(page.locator("#start button")).to_have_count(0)


def the_grammar_completes_what_is_typed(page: Page) -> None:
    box = page.locator("#composer-text")
    box.press_sequentially("/ima")
    box.press("Tab")
    box.press_sequentially("est")
    expect(page.get_by_role("option")).to_have_count(1)
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == "composer-choice-0"
    box.press("Enter")
    box.press_sequentially("800 med")
    box.press("Tab")
    box.press_sequentially("land")
    box.press("Tab")
    assert box.input_value() == "/imagelane estimate 800 medium landscape "
    entered(page, "800 pictures, medium, landscape")


def a_digest_comes_with_its_chart(page: Page, folder: Path) -> None:
    assert "it ends with this week" in take_sample(folder)
    page.fill("#composer-text", "/imagelane digest on mon 09:00")
    entered(page, "each Monday at 09:00")
    page.click("#clock-summary")
    button(page, "Next Monday 09:00").click()
    expect(page.locator("#clock")).to_have_text(re.compile(r"^\s*Mon .* 09:\d\d moved"))
    expect(last(page)).to_contain_text("Rejects cost", timeout=3 * PATIENCE)
    expect(last(page).locator("time")).to_have_text(re.compile(r"Mon 09:\d\d"))
    picture = last(page).get_by_role("img", name=re.compile(r"^Spend a day: Mon \d+ \$"))
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1080
    assert "$7.96" in last(page).inner_text()
    page.click("#clock-summary")
    button(page, "Back to real time").click()
    expect(page.locator("#clock")).not_to_contain_text("moved")


# 2


def test_an_answer_is_its_askers_until_it_is_shared_and_talk_goes_on_elsewhere_and_in_threads(
    browser: Browser, place: Site
) -> None:
    with opened(browser, place.at()) as ana, opened(browser, place.at(BEN)) as bens:
        an_answer_is_shared(ana, bens)
        what_is_said_elsewhere_is_unread_until_it_was_seen(ana, bens)
        a_command_refused_in_a_thread_stays_in_its_box(ana)
        the_wire_opens(ana)
        ana.goto(place.at(place=DM_OF_ANA, tab="home"))
        expect(ana.locator("#home")).to_contain_text("Which model?")


def an_answer_is_shared(ana: Page, bens: Page) -> None:
    send(ana, OFFERED)
    expect(last(ana)).to_contain_text("Only visible to you")
    expect(last(ana)).to_contain_text("$1,055.00")
    assert "$1,055.00" not in bens.inner_text("#channel")
    button(last(ana), "Share").click()
    expect(last(bens)).to_contain_text("Shared by sample-ana.")
    expect(last(bens)).to_contain_text("$1,055.00")


def what_is_said_elsewhere_is_unread_until_it_was_seen(ana: Page, bens: Page) -> None:
    link, unread = ana.locator(f"#in-{GENERAL}"), re.compile("unread")
    expect(link).not_to_have_text(unread)
    bens.click(f"#in-{GENERAL}")
    send(bens, "good morning")
    expect(link).to_have_text(unread)
    link.click()
    expect(last(ana)).to_contain_text("good morning")
    expect(link).not_to_have_text(unread)


def a_command_refused_in_a_thread_stays_in_its_box(page: Page) -> None:
    send(page, "@imagelane models gpt-image-2")
    last(page).get_by_role("link", name=re.compile("repl")).click()
    expect(page.locator("#thread > li")).to_have_count(2)
    expect(last(page, "thread")).to_contain_text("gpt-image-2")
    send(page, "/imagelane models", "reply")
    expect(page.locator("#toast")).to_contain_text("not supported in threads")
    expect(page.locator("#reply-text")).to_have_value("/imagelane models")


def the_wire_opens(page: Page) -> None:
    page.click("#wire-link")
    entry = page.locator("#wire > li", has_text="slash_commands").first
    entry.locator("summary").click()
    expect(entry).to_contain_text('"command": "/imagelane"')
    assert "xoxb-" not in page.inner_text("#wire")


# 3


def test_a_picture_is_kept_by_one_and_rejected_by_another_and_drawn_again(browser: Browser, place: Site) -> None:
    with opened(browser, place.at()) as ana, opened(browser, place.at(BEN)) as bens:
        drawn(ana, '/imagelane try "a red kite over a harbour"')
        assert last(ana).locator("img").get_attribute("alt")
        button(last(ana), "Keep").click()
        expect(last(bens)).to_contain_text("Kept by ")
        it_is_rejected_with_a_reason(bens)
        expect(last(ana)).to_contain_text(": a tie, so not kept.")
        button(last(ana), "Retry").click()
        a_window_keeps_what_was_typed_and_says_what_is_wrong(ana)
        it_is_drawn_again(ana)


def it_is_rejected_with_a_reason(page: Page) -> None:
    button(last(page), "Reject").click()
    expect(page.locator("#modal")).to_contain_text("Why rejected?")
    page.get_by_label("Wrong style or colours").check()
    button(page.locator("#modal"), "Send").click()
    expect(page.locator("#modal")).to_be_hidden()


def a_window_keeps_what_was_typed_and_says_what_is_wrong(page: Page) -> None:
    box = page.get_by_label("Prompt")
    expect(box).to_have_value("a red kite over a harbour")
    box.fill("")
    button(page.locator("#modal"), "Draw").click()
    expect(page.locator("#toast")).to_have_text("Fill in every field that is not optional.")
    box.fill("a lamp\u200b\u0007")
    button(page.locator("#modal"), "Draw").click()
    expect(page.locator("#modal .error").first).to_contain_text("character I cannot use")
    assert box.input_value() == "a lamp\u200b\u0007"


def it_is_drawn_again(page: Page) -> None:
    count = page.locator("#channel > li").count()
    page.get_by_label("Prompt").fill("a blue kite over a harbour")
    button(page.locator("#modal"), "Draw").click()
    expect(page.locator("#channel > li")).to_have_count(count + 1)
    expect(last(page)).to_contain_text("a blue kite over a harbour")
    expect(button(last(page), "Keep")).to_be_visible()


# 4


def test_a_late_picture_moves_nothing_and_the_keyboard_alone_judges_it_by_names_that_can_be_read_out(
    browser: Browser, place: Site
) -> None:
    with opened(browser, place.at(wire="true")) as page:
        a_picture_that_comes_late_moves_nothing(page)
        the_keyboard_keeps_it_and_the_focus_is_seen_and_stays(page)
        every_control_has_a_name(page)
        for window in ("Retry", "Reject"):
            button(last(page), window).click()
            expect(page.locator("#modal")).to_be_visible()
            every_control_has_a_name(page)
            page.keyboard.press("Escape")
            expect(page.locator("#modal")).to_be_hidden()


def a_picture_that_comes_late_moves_nothing(page: Page) -> None:
    held: list[Route] = []
    page.route("**/files/*", lambda route: held.append(route))
    drawn(page, '/imagelane try "a slow picture"')
    until(lambda: page.evaluate("true") and held, seconds=60)
    keep = button(last(page), "Keep")
    before = keep.bounding_box()
    for route in held:
        route.continue_()
    expect(last(page).locator("img")).to_have_js_property("naturalWidth", 1024)
    assert keep.bounding_box() == before


def the_keyboard_keeps_it_and_the_focus_is_seen_and_stays(page: Page) -> None:
    keep = button(last(page), "Keep")
    page.locator("#composer-text").focus()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if keep.evaluate("node => node === document.activeElement"):
            break
    assert float(keep.evaluate("node => parseFloat(getComputedStyle(node).outlineWidth)")) >= 2
    page.keyboard.press("Enter")
    expect(last(page)).to_contain_text("Kept by ")
    expect(button(last(page), "Keep")).to_be_focused()


def every_control_has_a_name(page: Page) -> None:
    """Every picture has its words, too."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    shown = [node for node in nodes if not node.get("ignored")]
    assert [node["role"]["value"] for node in shown].count("button") >= 2
    named = [node for node in shown if node["role"]["value"] in NAMED]
    assert [node for node in named if not node["name"]["value"].strip()] == []


# 5


def test_a_phones_width_is_enough_in_both_themes(browser: Browser, place: Site) -> None:
    with opened(browser, place.at(), **PHONE) as page:
        drawn(page, '/imagelane try "a kettle" budget premium')
        send(page, OFFERED)
        expect(last(page)).to_contain_text("$263.40")
        page.emulate_media(color_scheme="light")
        everything_fits(page, "rgb(255, 255, 255)")
        page.emulate_media(color_scheme="dark")
        everything_fits(page, "rgb(24, 27, 30)")


def everything_fits(page: Page, ground: str) -> None:
    assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground
    table = last(page).locator(".table").bounding_box()
    assert table is not None
    assert table["x"] + table["width"] <= PHONE["width"]
    page.click("#places-button")
    expect(page.locator("#places")).to_be_visible()
    page.click("#places-button")
    expect(page.locator("#places")).to_be_hidden()


# 6


def test_R63_to_R68_nothing_a_prompt_holds_runs_or_breaks_out_in_the_page(browser: Browser, place: Site) -> None:
    with opened(browser, place.at()) as page:
        before = page.evaluate(RUNNING), page.title()
        drawn(page, *[f"/imagelane try {words}" for words in EVIL])
        quotes = page.locator("#channel > li blockquote").all()[-len(EVIL) :]
        for quote in quotes:
            quote.hover()
        assert [quote.locator("*").count() for quote in quotes] == [0] * len(EVIL)
        nothing_ran(page, before)
        spoken = page.locator("#channel > li", has_text="Ana (sample)")
        count = spoken.count()
        for words in EVIL:
            send(page, words)  # the same from a person's own message
        expect(spoken).to_have_count(count + len(EVIL))
        nothing_ran(page, before)


def nothing_ran(page: Page, before: tuple[int, str]) -> None:
    assert (page.evaluate(RUNNING), page.title()) == before
    for link in page.locator("#channel a").all():
        assert re.match(r"/\?|/files/|https://", link.get_attribute("href") or "")


# 7

FIELDS: dict[str, dict[str, Any]] = {
    "line": {"type": "plain_text_input", "initial_value": "as it was"},
    "lines": {"type": "plain_text_input", "multiline": True},
    "select": {"type": "static_select", "options": [], "placeholder": {"type": "plain_text", "text": "Lane"}},
    "several": {"type": "multi_static_select", "options": []},
    "radio": {"type": "radio_buttons", "options": []},
    "boxes": {"type": "checkboxes", "options": []},
    "person": {"type": "users_select"},
    "channel": {"type": "channels_select"},
    "day": {"type": "datepicker", "initial_date": "2026-11-22"},
    "hour": {"type": "timepicker"},
}
OPTIONS = [{"text": {"type": "plain_text", "text": each.upper()}, "value": each} for each in ("budget", "premium")]


def test_every_kind_of_field_is_sent_as_slack_sends_it(browser: Browser) -> None:
    title = {"type": "plain_text", "text": "All"}
    view = {"type": "modal", "title": title, "submit": title, "blocks": [entry(name) for name in FIELDS]}
    with FarEnd(bot_url="http://127.0.0.1:9") as slack, served(pages.build(slack, [], BERLIN)) as address:
        modals.put(slack.desk, ANA, view)
        with opened(browser, address) as page:
            every_field_is_filled(page)
            button(page.locator("#modal"), "All").click()
            expect(page.locator("#toast")).to_contain_text("operation_timeout")  # there is no bot behind this page
        sent = slack.sent[-1].payload["view"]["state"]["values"]
    held = {name: next(iter(sent[f"b-{name}"].values())) for name in FIELDS}
    assert (held["line"]["value"], held["lines"]["value"]) == ("as it was", "two\nlines")
    assert held["select"]["selected_option"] == OPTIONS[1]
    assert held["several"]["selected_options"] == OPTIONS
    assert held["radio"]["selected_option"] == OPTIONS[0]
    assert held["boxes"]["selected_options"] == [OPTIONS[1]]
    assert (held["person"]["selected_user"], held["channel"]["selected_channel"]) == (BEN, GENERAL)
    assert (held["day"]["selected_date"], held["hour"]["selected_time"]) == ("2026-11-22", "09:30")


def entry(name: str) -> dict[str, Any]:
    element = FIELDS[name]
    return {
        "type": "input",
        "block_id": f"b-{name}",
        "label": {"type": "plain_text", "text": name},
        "optional": True,
        "element": {**element, "action_id": name, **({"options": OPTIONS} if "options" in element else {})},
    }


def every_field_is_filled(page: Page) -> None:
    """All but `line` and `day`, which keep what stood in them."""
    window = page.locator("#modal")
    window.get_by_label("lines", exact=False).fill("two\nlines")
    window.get_by_label("select").select_option("premium")
    window.get_by_label("several").select_option(["budget", "premium"])
    window.get_by_role("group", name="radio").get_by_label("BUDGET").check()
    window.get_by_role("group", name="boxes").get_by_label("PREMIUM").check()
    window.get_by_label("person").select_option(BEN)
    window.get_by_label("channel").select_option(GENERAL)
    window.get_by_label("hour").fill("09:30")


# 8


def test_a_bench_is_planned_drawn_judged_by_two_in_turn_and_decided(browser: Browser, priced: Site) -> None:
    with opened(browser, priced.at(place=GENERAL)) as ana, opened(browser, priced.at(BEN, GENERAL)) as ben:
        for page in (ana, ben):
            count(page)
        its_price_is_shown_before_anything_is_drawn(ana)
        both_judge_five_each(ana, ben)
        it_is_decided(ana, ben)
        assert (counted(ana), counted(ben)) == (Acts(presses=12, words=2), Acts(presses=9, words=0))


def its_price_is_shown_before_anything_is_drawn(ana: Page) -> None:
    planned_as_it_stands(ana)
    expect(last(ana)).to_contain_text("20 pictures, $0.26, about 8 minutes of judging.")
    button(last(ana), "Start").click()


def both_judge_five_each(ana: Page, ben: Page) -> None:
    progress = ana.locator("#channel > li").filter(has_text="Blind test: budget or premium, by sample-ana.")
    expect(progress).to_contain_text("Drawn 20 of 20.")
    for page in (ana, ben):
        button(last(page), "Review").click()
        kept_by_colour(page, 5, PREMIUM)
        if page is ana:
            closed(page)
            expect(progress).to_contain_text("Judged: sample-ana 5 of 10 prompts")
    expect(ben.locator("#modal")).to_contain_text("the blind test is sealed")
    closed(ben)


def it_is_decided(ana: Page, ben: Page) -> None:
    verdict = "Switch to premium: 10 of 10 pictures kept, budget 0 of 10."
    for page in (ana, ben):
        expect(last(page)).to_contain_text(verdict)
        expect(last(page).get_by_role("img", name="Kept, with what luck allows")).to_be_visible()
    button(last(ben), "Details").click()
    expect(ben.locator("#modal")).to_contain_text("Both kept 0, only premium 10")
    closed(ben)
    button(last(ana), "Use premium").click()
    expect(last(ana)).to_contain_text("From now on pictures here are drawn on premium, medium.")


def test_more_of_a_window_keeps_what_was_filled_in(browser: Browser, place: Site) -> None:
    with opened(browser, place.at(CHI)) as chi:
        send(chi, "/imagelane bench")
        modal = chi.locator("#modal")
        modal.get_by_label("What you use today").select_option("legacy")
        modal.get_by_label("Compare with").select_option(["budget", "premium"])
        modal.get_by_label("social-posts").check()
        modal.get_by_label("Or by name").select_option([CHI])
        button(modal, "More").click()
        expect(modal.get_by_label("Dollars at most")).to_be_visible()
        expect(modal.get_by_label("What you use today")).to_have_value("legacy")
        expect(modal.get_by_label("Compare with")).to_have_values(["budget", "premium"])
        expect(modal.get_by_label("social-posts")).to_be_checked()
        button(modal, "Show the price").click()
        expect(modal).to_contain_text("The price comes to the channel")
        closed(chi)
        expect(last(chi)).to_contain_text("30 demo pictures, $0, about 12 minutes of judging.")
        expect(last(chi)).to_contain_text("sample-chi judges.")


# 9


def test_from_a_greeting_to_a_picture_that_somebody_else_granted(browser: Browser, priced: Site) -> None:
    with opened(browser, priced.at()) as ana, opened(browser, priced.at(BEN)) as ben:
        send(ana, "/imagelane budget set 0.01 per week for #sample-studio")
        expect(last(ana)).to_contain_text("now has $0.01 a week")
        it_is_greeted_and_asks_without_a_mention(ben)
        more_is_asked_for(ben, priced)
        it_is_granted(ana, priced)
        it_is_drawn_and_stands_on_home(ben, priced)


def it_is_greeted_and_asks_without_a_mention(ben: Page) -> None:
    ben.locator("nav a", has_text="imagelane").click()
    expect(last(ben)).to_contain_text("Ask me here what pictures cost")
    button(last(ben), "Price 1,000 pictures").click()
    expect(ben.locator("#channel > li").filter(has_text="1,000 pictures, medium, square")).to_be_visible()
    send(ben, "estimate 5000 high square")
    expect(last(ben)).to_contain_text("1 reply")
    last(ben).locator("a", has_text="1 reply").click()
    expect(last(ben, "thread")).to_contain_text("$263.40")
    fits(ben, "#thread .table")


def fits(page: Page, place: str) -> None:
    """It need not be scrolled sideways to be read."""
    assert page.locator(place).last.evaluate("one => one.scrollWidth - one.clientWidth") == 0


def more_is_asked_for(ben: Page, place: Site) -> None:
    ben.goto(place.at(BEN))
    send(ben, '/imagelane try "a red kite over a harbour"')
    expect(last(ben)).to_contain_text("has $0.01 left this week")
    button(last(ben), "Ask for $0.0").click()
    expect(last(ben)).to_contain_text("Asked ")


def it_is_granted(ana: Page, place: Site) -> None:
    ana.goto(place.at(place=DM_OF_ANA))
    request = ana.locator("#channel > li").filter(has_text="more in")
    expect(request).to_contain_text("a red kite over a harbour")
    button(request, "Approve").click()
    expect(ana.locator("#channel > li").filter(has_text="approved")).to_be_visible()


def it_is_drawn_and_stands_on_home(ben: Page, place: Site) -> None:
    ben.goto(place.at(BEN))
    expect(ben.locator("#channel > li").filter(has_text="Drawn for")).to_be_visible()
    ben.locator("nav a", has_text="imagelane").click()
    ben.get_by_role("link", name="Home").click()
    expect(ben.locator("#home")).to_contain_text("Your week: $0.0")
    expect(ben.locator("#home img")).to_be_visible()
    ben.set_viewport_size(PHONE)
    fits(ben, "#home")
    button(ben, "Estimate…").click()
    button(ben.locator("#modal"), "Estimate").click()
    expect(ben.locator("#modal")).to_contain_text("Good to know")
    fits(ben, "#modal")
