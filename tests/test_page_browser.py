"""The playground as a person meets it: a real browser, the real bot, the local Slack between them."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from bot.playground import modals
from bot.playground import page as site
from bot.playground.far_end import FarEnd
from bot.playground.people import ANA, BEN, DM_OF_ANA, GENERAL, STUDIO
from tests.browser import Playground, button, chromium, last, playground, send, take_sample
from tests.standing import served

SLOWLY = 20_000  # ms: the machine may be busy
EVIL = """<script>document.title='owned'</script><img src=x onerror="document.title='owned'">" onmouseover="x"""
NAMED = ("button", "link", "textbox", "combobox", "checkbox", "radio", "listbox", "option", "dialog", "image", "img")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def place(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Playground]:
    with playground(tmp_path_factory.mktemp("playground")) as running:
        yield running


@pytest.fixture
def page(browser: Browser, place: Playground) -> Iterator[Page]:
    yield from opened(browser, place)


@pytest.fixture
def bens(browser: Browser, place: Playground) -> Iterator[Page]:
    yield from opened(browser, place, BEN)


def opened(browser: Browser, place: Playground, person: str = ANA) -> Iterator[Page]:
    """A fresh page, in which nothing may go wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    context.set_default_timeout(SLOWLY)
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.goto(place.at(person))
    yield page
    context.close()
    assert wrong == []


def drawn(page: Page, words: str) -> None:
    """Try it, and wait until the picture can be judged."""
    judged = page.locator("#channel > li").filter(has=page.locator("button[data-action='sample.keep']"))
    before = judged.count()
    send(page, words)
    expect(judged).to_have_count(before + 1, timeout=SLOWLY)


def test_the_first_visit_offers_four_commands_that_fill_the_composer(browser: Browser, tmp_path: Path) -> None:
    with playground(tmp_path) as fresh:
        page = next(opened(browser, fresh))
        offers = page.locator("#start button")
        assert offers.all_inner_texts() == [
            "/imagelane estimate 5000 high square",
            "/imagelane recommend existing gpt-image-1-mini",
            '/imagelane try "product shot"',
            "/imagelane help",
        ]
        offers.first.click()
        assert page.input_value("#composer-text") == "/imagelane estimate 5000 high square"
        page.keyboard.press("Enter")
        expect(last(page)).to_contain_text("$263.40", timeout=SLOWLY)
        expect(offers).to_have_count(0)


def test_an_estimate_is_a_table_only_its_asker_sees_until_it_is_shared(page: Page, bens: Page) -> None:
    send(page, "/imagelane estimate 5000 high square")
    answer = last(page)
    expect(answer).to_contain_text("Only visible to you")
    rows = [row.split("\t") for row in answer.locator("tr").all_inner_texts()]
    assert ["budget", "gpt-image-2.5-flare", "$0.05268", "$263.40"] in rows
    assert ["legacy", "gpt-image-2", "$0.211", "$1,055.00"] in rows
    assert "$1,055.00" not in bens.inner_text("#channel")
    button(answer, "Share").click()
    expect(last(bens)).to_contain_text("Shared by @Ana (sample)")
    expect(last(bens)).to_contain_text("$1,055.00")


def test_a_picture_is_kept_by_one_and_rejected_by_another_and_drawn_again(page: Page, bens: Page) -> None:
    drawn(page, '/imagelane try "a red kite over a harbour"')
    assert last(page).locator("img").get_attribute("alt")
    expect(button(last(bens), "Reject")).to_be_visible()
    button(last(page), "Keep").click()
    expect(last(bens)).to_contain_text("1 kept, 0 rejected: kept")
    button(last(bens), "Reject").click()
    expect(bens.locator("#modal")).to_contain_text("Why rejected?")
    bens.get_by_label("Wrong style or colours").check()
    button(bens.locator("#modal"), "Send").click()
    expect(bens.locator("#modal")).to_be_hidden()
    expect(last(page)).to_contain_text("1 kept, 1 rejected: not kept")
    button(last(page), "Retry").click()
    expect(page.get_by_label("Prompt")).to_have_value("a red kite over a harbour")
    page.get_by_label("Prompt").fill("a blue kite over a harbour")
    count = page.locator("#channel > li").count()
    button(page.locator("#modal"), "Draw").click()
    expect(page.locator("#channel > li")).to_have_count(count + 1)
    expect(last(page)).to_contain_text("a blue kite over a harbour")
    expect(button(last(page), "Keep")).to_be_visible(timeout=SLOWLY)


def test_a_wrong_word_gets_its_suggestion(page: Page) -> None:
    send(page, "/imagelane estimate 5000 hgih")
    expect(last(page)).to_contain_text("I read `hgih` as a quality: did you mean `high`?")


def test_a_window_shows_what_is_wrong_under_its_field_and_keeps_what_was_typed(page: Page) -> None:
    drawn(page, '/imagelane try "a lamp"')
    button(last(page), "Retry").click()
    box = page.get_by_label("Prompt")
    box.fill("")
    button(page.locator("#modal"), "Draw").click()
    expect(page.locator("#toast")).to_have_text("Fill in every field that is not optional.")
    box.fill("a lamp\u200b\u0007")
    button(page.locator("#modal"), "Draw").click()
    expect(page.locator("#modal .error")).to_contain_text("character I cannot use")
    assert box.input_value() == "a lamp\u200b\u0007"
    page.keyboard.press("Escape")
    expect(page.locator("#modal")).to_be_hidden()


def test_a_mention_is_answered_in_its_thread_where_a_command_is_refused(page: Page) -> None:
    send(page, "@imagelane models gpt-image-2")
    last(page).get_by_role("link", name=re.compile("repl")).click()
    expect(page.locator("#thread > li")).to_have_count(2)
    expect(last(page, "thread")).to_contain_text("gpt-image-2")
    send(page, "/imagelane models", "reply")
    expect(page.locator("#toast")).to_contain_text("not supported in threads")
    assert page.input_value("#reply-text") == "/imagelane models"


def test_the_composer_completes_from_the_grammar(page: Page) -> None:
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
    box.press("Enter")
    expect(last(page)).to_contain_text("800 images, medium, landscape")


def test_the_home_of_the_app_is_shown(page: Page, place: Playground) -> None:
    page.goto(place.at(place=DM_OF_ANA, tab="home"))
    expect(page.locator("#home")).to_contain_text("What you can ask")


def test_a_digest_comes_with_its_chart_when_the_clock_is_moved_to_its_monday(browser: Browser, tmp_path: Path) -> None:
    with playground(tmp_path) as fresh:
        pages = opened(browser, fresh)
        page = next(pages)
        assert "it ends with this week" in take_sample(tmp_path)
        send(page, "/imagelane digest on mon 09:00")
        expect(last(page)).to_contain_text("comes each Monday 09:00 (Europe/Berlin)")
        page.click("#clock-summary")
        button(page, "Next Monday 09:00").click()
        expect(last(page)).to_contain_text("no provider bill is known", timeout=SLOWLY)
        picture = last(page).get_by_role("img", name=re.compile("Spend by day in .* stacked by lane"))
        expect(picture).to_be_visible()
        assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 900
        assert "$7.96" in last(page).inner_text()
        next(pages, None)


def test_a_clock_that_is_moved_moves_the_day_of_an_answer(page: Page) -> None:
    page.click("#clock-summary")
    button(page, "Next Monday 09:00").click()
    expect(page.locator("#clock")).to_contain_text("Mon")
    expect(page.locator("#clock")).to_contain_text("09:00 moved")
    send(page, "/imagelane estimate 7 high square")
    expect(last(page).locator("time")).to_have_text("Mon 09:00")
    page.click("#clock-summary")
    button(page, "Back to real time").click()
    expect(page.locator("#clock")).not_to_contain_text("moved")


def test_what_others_say_elsewhere_is_marked_unread_until_it_was_seen(
    page: Page, bens: Page, place: Playground
) -> None:
    bens.goto(place.at(BEN, GENERAL))
    send(bens, "good morning")
    link = page.locator(f"#in-{GENERAL}")
    expect(link).to_have_text(re.compile("unread"))
    link.click()
    expect(last(page)).to_contain_text("good morning")
    expect(page.locator(f"#in-{GENERAL}")).not_to_have_text(re.compile("unread"))


def test_the_wire_shows_what_was_sent_and_received_without_tokens(page: Page, place: Playground) -> None:
    page.goto(place.at(wire="true"))
    send(page, "/imagelane help")
    entry = page.locator("#wire > li", has_text="slash_commands").first
    entry.locator("summary").click()
    expect(entry).to_contain_text('"command": "/imagelane"')
    whole = page.inner_text("#wire")
    assert "xoxb-" not in whole
    assert "sample-verification-token" not in whole


def test_a_picture_that_comes_late_moves_nothing(page: Page) -> None:
    held: list[Route] = []
    page.route("**/files/*", lambda route: held.append(route))
    drawn(page, '/imagelane try "a slow picture"')
    keep = button(last(page), "Keep")
    before = keep.bounding_box()
    assert held
    for route in held:
        route.continue_()
    expect(last(page).locator("img")).to_have_js_property("naturalWidth", 1024)
    assert keep.bounding_box() == before


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_phones_width_is_enough_in_both_themes(
    browser: Browser, place: Playground, theme: str, tmp_path: Path
) -> None:
    context = browser.new_context(viewport={"width": 380, "height": 760}, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(place.at())
    drawn(page, '/imagelane try "a kettle" budget premium')
    send(page, "/imagelane estimate 5000 high square")
    expect(last(page)).to_contain_text("$263.40")
    wide = page.evaluate("document.scrollingElement.scrollWidth")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert wide <= 380
    assert ground == ("rgb(24, 27, 30)" if theme == "dark" else "rgb(255, 255, 255)")
    table = last(page).locator(".table").bounding_box()
    assert table is not None
    assert table["x"] + table["width"] <= 380
    page.click("#places-button")
    expect(page.locator("#places")).to_be_visible()
    page.screenshot(path=tmp_path / f"phone-{theme}.png")
    context.close()


def test_the_keyboard_alone_is_enough_and_the_focus_is_seen_and_stays(page: Page) -> None:
    drawn(page, '/imagelane try "a teapot"')
    keep = button(last(page), "Keep")
    page.locator("#composer-text").focus()
    for _ in range(40):
        page.keyboard.press("Shift+Tab")
        if keep.evaluate("node => node === document.activeElement"):
            break
    assert float(keep.evaluate("node => parseFloat(getComputedStyle(node).outlineWidth)")) >= 2
    page.keyboard.press("Enter")
    expect(last(page)).to_contain_text("1 kept, 0 rejected: kept")
    expect(button(last(page), "Keep")).to_be_focused()


def test_every_control_has_a_name_and_every_picture_its_words(page: Page, place: Playground) -> None:
    drawn(page, '/imagelane try "a jug"')
    page.goto(place.at(wire="true"))
    for window in (None, "Retry", "Reject"):
        if window is not None:
            button(last(page), window).click()
            expect(page.locator("#modal")).to_be_visible()
        nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        shown = [node for node in nodes if not node.get("ignored")]
        roles = [node["role"]["value"] for node in shown]
        assert roles.count("button") >= 2
        nameless = [node for node in shown if node["role"]["value"] in NAMED and not node["name"]["value"].strip()]
        assert nameless == []
        if window is not None:
            page.keyboard.press("Escape")
            expect(page.locator("#modal")).to_be_hidden()


@pytest.mark.parametrize(
    "words",
    [
        EVIL,
        "javascript:alert(1) <javascript:alert(1)|https://openai.com> [x](javascript:alert(1))",
        "<!channel> <@U0SAMPLEBEN> @here <https://bad.example|https://openai.com>",
        "</blockquote></li><script>1</script> ``` *bold* {{ 7*7 }} {% raw %}",
        "\u202egnp.exe a\u0301\u0301\u0301\u0301\u0301",
    ],
)
def test_R63_to_R68_nothing_a_prompt_holds_runs_or_breaks_out_in_the_page(page: Page, words: str) -> None:
    tags = "[...document.querySelectorAll('script, iframe, object, [onerror], [onmouseover]')].length"
    before, title = page.evaluate(tags), page.title()
    drawn(page, f"/imagelane try {words}")
    page.hover("#channel > li:last-child blockquote")
    quoted = last(page).locator("blockquote")
    assert quoted.locator("*").count() == 0
    assert page.evaluate(tags) == before
    assert page.title() == title
    for link in page.locator("#channel a").all():
        assert re.match(r"/\?|/files/|https://", link.get_attribute("href") or "")
    send(page, words)  # the same from a person's own message
    expect(page.locator("#channel > li").last).to_contain_text("Ana (sample)")
    assert page.evaluate(tags) == before
    assert page.title() == title
    for link in page.locator("#channel a").all():
        assert re.match(r"/\?|/files/|https://", link.get_attribute("href") or "")


def test_a_page_left_open_says_when_the_playground_is_gone(browser: Browser, tmp_path: Path) -> None:
    with playground(tmp_path) as gone:
        context = browser.new_context()
        page = context.new_page()
        page.goto(gone.at(place=STUDIO))
    expect(page.locator("body")).to_have_class(re.compile("offline"), timeout=SLOWLY)
    send(page, "/imagelane help")
    expect(page.locator("#toast")).to_contain_text("The playground does not answer")
    context.close()


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
    blocks = [
        {
            "type": "input",
            "block_id": f"b-{name}",
            "label": {"type": "plain_text", "text": name},
            "optional": True,
            "element": {**element, "action_id": name, **({"options": OPTIONS} if "options" in element else {})},
        }
        for name, element in FIELDS.items()
    ]
    title = {"type": "plain_text", "text": "All"}
    with FarEnd(bot_url="http://127.0.0.1:9") as slack, served(site.build(slack, [], ZoneInfo("UTC"))) as address:
        modals.put(slack.desk, ANA, {"type": "modal", "title": title, "submit": title, "blocks": blocks})
        page = browser.new_page()
        page.goto(address)
        window = page.locator("#modal")
        window.get_by_label("lines", exact=False).fill("two\nlines")
        window.get_by_label("select").select_option("premium")
        window.get_by_label("several").select_option(["budget", "premium"])
        window.get_by_role("group", name="radio").get_by_label("BUDGET").check()
        window.get_by_role("group", name="boxes").get_by_label("PREMIUM").check()
        window.get_by_label("person").select_option(BEN)
        window.get_by_label("channel").select_option(GENERAL)
        window.get_by_label("hour").fill("09:30")
        button(window, "All").click()
        expect(page.locator("#toast")).to_contain_text("operation_timeout")  # there is no bot behind this page
        page.close()
        sent = slack.sent[-1].payload["view"]["state"]["values"]
    held = {name: next(iter(sent[f"b-{name}"].values())) for name in FIELDS}
    assert (held["line"]["value"], held["lines"]["value"]) == ("as it was", "two\nlines")
    assert held["select"]["selected_option"] == OPTIONS[1]
    assert held["several"]["selected_options"] == OPTIONS
    assert held["radio"]["selected_option"] == OPTIONS[0]
    assert held["boxes"]["selected_options"] == [OPTIONS[1]]
    assert (held["person"]["selected_user"], held["channel"]["selected_channel"]) == (BEN, GENERAL)
    assert (held["day"]["selected_date"], held["hour"]["selected_time"]) == ("2026-11-22", "09:30")
