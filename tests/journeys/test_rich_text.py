"""The editor in a browser, on a page of its own under the policy of our pages."""

import re
from pathlib import Path

import pytest
from django import forms
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from articles.editor import BodyField, UnitField
from articles.richtext import Kind, sanitise, split_blocks

ADDRESS = "http://editor.test/"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
TYPES = {".js": "text/javascript", ".css": "text/css"}

EVERYTHING = sanitise(
    '<h2>Latar</h2><p>Kata <span lang="ru">да</span> di <a href="https://x.example/">situs</a>, '
    '<abbr title="Badan">B</abbr> <strong>tebal <em>miring</em></strong>, Rp\u00a03.</p>'
    "<blockquote><p>Ya.</p><p>Tidak.</p><cite>Galuzin</cite></blockquote><h3>Daftar</h3>"
    "<ul><li>a</li><li>b</li></ul><ul><li>c</li></ul><ol><li>d</li></ol>"
    '<figure data-image="12"><figcaption>Foto <em>baru</em></figcaption></figure>'
    '<figure data-image="13"></figure>'
    '<figure class="embed" data-provider="youtube"><a href="https://y.example/1">Video</a></figure>'
    '<aside class="note"><p>Catatan.</p></aside><p>Akhir.</p>'
)


WORD = (
    "<p class=MsoNormal style='margin:0cm'><span lang=EN-US>Harga <b>naik</b></span></p>"
    "<style>p {color: red}</style><p class=MsoListParagraph style='mso-list:l0'>"
    "<span style='mso-list:Ignore'>1.&nbsp;</span>Satu</p><p><o:p>&nbsp;</o:p></p>"
)
GOOGLE = (
    '<b style="font-weight:normal"><p><span style="font-weight:700">Harga</span> '
    '<span style="font-style:italic">naik</span></p></b>'
)


class Story(forms.Form):
    body = BodyField(language="id", label="Isi", required=False)


class Units(forms.Form):
    def __init__(self, units):
        super().__init__()
        for number, (kind, html) in enumerate(units):
            field = UnitField(kind=kind, language="en", initial=html, required=False)
            self.fields[f"unit{number}"] = field


def show(page, form):
    """Open a page with the form, served from the static files without a server."""
    html = f"<!doctype html><title>-</title>{form.media}<form>{form.as_div()}</form>"

    def answer(route):
        path = route.request.url.removeprefix(ADDRESS)
        file = finders.find(path.removeprefix("static/")) if path else None
        if file:
            body, kind = Path(file).read_bytes(), TYPES[Path(file).suffix]
        else:
            body, kind = (b"" if path else html.encode()), "text/html"
        headers = {"Content-Type": f"{kind}; charset=utf-8", "Content-Security-Policy": POLICY}
        route.fulfill(body=body, headers=headers)

    page.route(f"{ADDRESS}**", answer)
    page.goto(ADDRESS)


def write(page, body=""):
    """Open a story's form with its editor ready."""
    show(page, Story(initial={"body": body}))
    page.wait_for_selector(".rich-text__bar")


def value(page, field="id_body"):
    return page.evaluate("id => document.getElementById(id).value", field)


def put_caret(page, text, offset=0):
    """Put the caret into the text; keys pressed at a machine's speed would outrun the browser."""
    page.evaluate(
        """([text, offset]) => {
            const { editor } = document.querySelector("rich-text");
            let at = 0;
            editor.state.doc.descendants((node, position) => {
                const found = node.isText ? node.text.indexOf(text) : -1;
                if (found >= 0) at = position + found + offset;
            });
            editor.view.focus();
            editor.commands.setTextSelection(at);
        }""",
        [text, offset],
    )


def select(page, text):
    put_caret(page, text)
    page.evaluate(
        """length => {
            const { editor } = document.querySelector("rich-text");
            const { from } = editor.state.selection;
            editor.commands.setTextSelection({ from, to: from + length });
        }""",
        len(text),
    )


def paste(page, html):
    page.evaluate(
        """html => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/html", html);
            const paste = { clipboardData, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", paste));
        }""",
        html,
    )


def blocks(page):
    return [(block.bid, block.text) for block in split_blocks(value(page))]


def test_a_text_that_is_not_touched_stays_byte_for_byte(page):
    write(page, EVERYTHING)

    shown = page.evaluate("document.querySelector('rich-text').editor.getHTML()")
    assert value(page) == EVERYTHING
    assert sanitise(shown) == EVERYTHING


def test_a_person_writes_and_the_form_hears_of_it(page):
    write(page)
    page.evaluate("document.forms[0].addEventListener('input', () => (window.heard = true))")

    page.click("label")
    # A person's hand takes longer from the mouse to the keys than the editor to get the focus.
    expect(page.locator("[contenteditable=true]")).to_be_focused()
    page.keyboard.type("Satu ")
    page.keyboard.press("Control+b")
    page.keyboard.type("dua")

    assert re.fullmatch(r'<p data-bid="[a-z2-7]{8}">Satu <strong>dua</strong></p>', value(page))
    assert page.evaluate("window.heard") is True


def test_the_editor_tells_screen_readers_what_it_is(page):
    write(page)

    text = page.get_by_role("textbox", name="Isi")
    attributes = ["lang", "spellcheck", "aria-multiline"]
    assert text.count() == 1
    assert [text.get_attribute(name) for name in attributes] == ["id", "true", "true"]
    assert page.get_by_role("toolbar").get_by_role("button").count() == 14
    assert page.get_by_role("toolbar").locator("button:not([aria-label])").count() == 0


def test_the_first_part_of_a_split_paragraph_keeps_the_id(page):
    write(page, '<p data-bid="aaaa1111">Satu dua</p><p data-bid="bbbb2222">Tiga</p>')

    put_caret(page, "Satu dua", 5)
    page.keyboard.press("Enter")

    (first, satu), (second, dua), third = blocks(page)
    assert (first, satu, dua, third) == ("aaaa1111", "Satu", "dua", ("bbbb2222", "Tiga"))
    assert second not in {"aaaa1111", "bbbb2222"}


def test_the_words_keep_the_id_when_a_line_is_put_before_them(page):
    write(page, '<p data-bid="aaaa1111">Satu</p>')

    put_caret(page, "Satu")
    page.keyboard.press("Enter")

    assert blocks(page) == [("aaaa1111", "Satu")]


def test_a_paragraph_keeps_its_id_in_and_out_of_a_list(page):
    write(page, '<p data-bid="aaaa1111">Satu</p>')
    put_caret(page, "Satu")

    page.click("[data-mark=li]")
    in_a_list = sanitise(value(page))
    page.click("[data-mark=li]")

    assert in_a_list == '<ul><li data-bid="aaaa1111">Satu</li></ul>'
    assert sanitise(value(page)) == '<p data-bid="aaaa1111">Satu</p>'


def test_a_copied_block_gets_an_id_of_its_own(page):
    write(page, '<p data-bid="aaaa1111">Satu</p>')

    put_caret(page, "Satu", 4)
    page.keyboard.press("Enter")
    paste(page, '<p data-bid="aaaa1111">Satu</p><p data-bid="aaaa1111">Dua</p>')

    first, *others = blocks(page)
    assert first == ("aaaa1111", "Satu")
    assert [text for _, text in others] == ["Satu", "Dua"]
    assert len({bid for bid, _ in blocks(page)}) == 3


def test_a_quotation_with_its_speaker(page):
    write(page, '<p data-bid="aaaa1111">Ya</p>')
    put_caret(page, "Ya", 2)

    page.click("[data-mark=blockquote]")
    page.click("[data-mark=cite]")
    page.keyboard.type("Galuzin")
    page.keyboard.press("Enter")
    page.keyboard.type("Lalu")

    quote, after = split_blocks(value(page))
    assert (quote.bid, quote.kind, quote.html) == (
        "aaaa1111",
        Kind.QUOTE,
        "<p>Ya</p><cite>Galuzin</cite>",
    )
    assert (after.kind, after.html) == (Kind.PARAGRAPH, "Lalu")


def test_a_link_and_a_foreign_word(page):
    write(page, '<p data-bid="aaaa1111">Lihat situs dan glasnost</p>')

    select(page, "situs")
    page.click("[data-mark=a]")
    page.fill("dialog input", "javascript:alert(1)")
    page.keyboard.press("Enter")
    is_refused = page.locator("dialog").is_visible()
    page.fill("dialog input", "example.com/a")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog", state="detached")
    select(page, "glasnost")
    page.click("[data-mark=span]")
    page.fill("dialog input", "ru")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog", state="detached")

    assert is_refused
    assert value(page) == (
        '<p data-bid="aaaa1111">Lihat <a href="https://example.com/a">situs</a> dan '
        '<span lang="ru">glasnost</span></p>'
    )


@pytest.mark.parametrize(
    "pasted",
    [
        WORD,
        GOOGLE,
        "<p>Satu<br><br>Dua<br>tiga</p><img src=x onerror=alert(1)>",
        '<p>a <a href="javascript:alert(1)">b</a></p><script>alert(1)</script>',
    ],
    ids=["word", "google", "breaks", "hostile"],
)
def test_what_is_pasted_comes_out_as_the_server_would_read_it(page, pasted):
    write(page)
    page.focus(".ProseMirror")

    paste(page, pasted)

    without_ids = [
        re.sub(r' data-bid="[^"]*"', "", sanitise(html)) for html in (pasted, value(page))
    ]
    assert without_ids[1] == without_ids[0]


def test_units_are_light_until_somebody_writes_in_them(page):
    units = [(Kind.PARAGRAPH, "Satu <strong>dua</strong>"), (Kind.QUOTE, "<p>Ya</p>")] * 30
    show(page, Units(units))
    page.wait_for_selector(".rich-text__text--preview")
    before = page.locator(".ProseMirror").count()

    page.focus("#id_unit2")
    page.wait_for_selector(".ProseMirror:focus")
    page.keyboard.press("Enter")
    page.keyboard.type("Nol ")

    assert (before, page.locator(".ProseMirror").count()) == (0, 1)
    assert value(page, "id_unit2") == "Nol Satu <strong>dua</strong>"
    assert value(page, "id_unit0") == "Satu <strong>dua</strong>"


def test_what_others_write_into_the_field_is_shown(page):
    show(page, Units([(Kind.PARAGRAPH, "Satu"), (Kind.PARAGRAPH, "Dua")]))
    page.focus("#id_unit0")
    page.wait_for_selector(".ProseMirror:focus")

    for field in ("id_unit0", "id_unit1"):
        page.evaluate(
            """id => {
                const field = document.getElementById(id);
                field.value = "Lain <em>lagi</em><script>x</script>";
                field.dispatchEvent(new Event("input", { bubbles: true }));
            }""",
            field,
        )

    assert page.locator(".rich-text__text").all_inner_texts() == ["Lain lagi", "Lain lagix"]
    assert value(page, "id_unit0") == "Lain <em>lagi</em><script>x</script>"
