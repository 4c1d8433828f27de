"""The editor's fields clean what they are given, its widgets work without a script."""

import json
import re
from pathlib import Path

import pytest
from django import forms
from django.contrib.staticfiles import finders

from articles.editor import BodyField, BodyWidget, UnitField, UnitWidget
from articles.richtext import ALLOWED, Kind, Role, sanitise

BODY = '<p data-bid="aaaa1111">Satu <strong>dua</strong></p>'


class Story(forms.Form):
    body = BodyField(language="id")


def configuration(media):
    found = re.search(r'<script id="rich-text-config"[^>]*>(.*?)</script>', str(media))
    return json.loads(found[1])


def test_a_body_is_cleaned_and_keeps_its_ids():
    form = Story({"body": f"{BODY}<script>alert(1)</script><p onclick=x>tiga"})

    assert form.is_valid()
    assert form.cleaned_data["body"] == sanitise(f"{BODY}<p>tiga</p>")
    assert form.cleaned_data["body"].startswith(BODY)


@pytest.mark.parametrize("typed", ["", "<p></p>", "<p>&nbsp;<br></p>", "<script>x</script>"])
def test_a_body_without_words_is_no_body(typed):
    form = Story({"body": typed})

    assert [error.code for error in form.errors.as_data()["body"]] == ["required"]
    assert BodyField(required=False).clean(typed) == ""


def test_what_was_typed_stands_in_the_form_again():
    html = Story({"body": "<p></p><!-- typed -->"}).as_p()

    assert "&lt;p&gt;&lt;/p&gt;&lt;!-- typed --&gt;</textarea>" in html


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (BODY, False),
        ('<p data-bid="aaaa1111">Satu <b>dua</b></p>\r\n', False),
        ('<p data-bid="aaaa1111">Satu dua</p>', True),
        ("", True),
    ],
)
def test_another_spelling_of_the_same_text_is_no_change(data, expected):
    assert Story({"body": data}, initial={"body": BODY}).has_changed() is expected


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        (Kind.PARAGRAPH, "<p>a <b>b</b></p><p>c", "a <strong>b</strong> c"),
        (Kind.HEADING, "<b>a</b>", "a"),
        (Kind.LIST_ITEM, "a<br>b", "a b"),
        (Kind.QUOTE, "a<cite>b</cite>", "<p>a</p><cite>b</cite>"),
        (Kind.NOTE, "<p>a</p><p>b", "<p>a</p><p>b</p>"),
        (Kind.FIGURE, "a", "<figcaption>a</figcaption>"),
    ],
)
def test_a_unit_is_cleaned_for_the_kind_of_its_block(kind, typed, expected):
    field = UnitField(kind=kind, language="en")

    assert field.clean(typed) == expected
    assert field.has_changed(expected, typed) is False


def test_a_unit_without_words_is_refused_where_one_is_required():
    with pytest.raises(forms.ValidationError) as refused:
        UnitField(kind=Kind.QUOTE).clean("<p> </p>")

    assert refused.value.code == "required"


def test_the_body_is_a_textarea_inside_the_editor():
    html = BodyWidget(language="id").render("body", "<p>A & B</p>", {"id": "id_body"})

    assert html == (
        '<rich-text class="rich-text" content="blocks">'
        '<textarea name="body" cols="40" rows="24" spellcheck="true" id="id_body" lang="id">\n'
        "&lt;p&gt;A &amp; B&lt;/p&gt;</textarea></rich-text>"
    )


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (Kind.PARAGRAPH, "line"),
        (Kind.LIST_ITEM, "line"),
        (Kind.FIGURE, "line"),
        (Kind.HEADING, "heading"),
        (Kind.SUBHEADING, "heading"),
        (Kind.QUOTE, "quote"),
        (Kind.NOTE, "note"),
    ],
)
def test_a_unit_waits_for_the_focus_and_says_what_it_may_hold(kind, content):
    html = UnitWidget(kind=kind, language="en").render("unit", "A", {"id": "unit-1"})

    assert html == (
        f'<rich-text class="rich-text" content="{content}" lazy>'
        '<textarea name="unit" cols="40" rows="4" spellcheck="true" id="unit-1" lang="en">\n'
        "A</textarea></rich-text>"
    )


def test_the_page_gets_the_editor_once_and_nothing_inline_but_data():
    widgets = [BodyWidget(), *(UnitWidget(kind=kind) for kind in Kind)]
    media = sum((widget.media for widget in widgets), forms.Media())
    html = str(media)

    assert re.sub(r">\{.*\}<", "><", html).splitlines() == [
        '<link href="/static/editor/rich-text.css" media="all" rel="stylesheet">',
        '<script id="rich-text-config" type="application/json"></script>',
        '<script src="/static/editor/rich-text.js" type="module"></script>',
    ]


def test_the_editor_knows_the_table_of_allowed_markup():
    config = configuration(BodyWidget().media)

    assert {*config["blocks"], *config["parts"], *config["marks"]} == set(ALLOWED)
    assert config["blocks"] == [t for t, e in ALLOWED.items() if e.role is Role.BLOCK]
    assert config["notInHeadings"] == ["strong"]


def test_every_block_and_mark_has_a_button_with_a_name():
    config = configuration(BodyWidget().media)
    without_button = {"p", "figure"}

    named = set(config["labels"]["buttons"])
    assert named == {*config["blocks"], *config["marks"], "ol", "cite", "undo", "redo"} - (
        without_button
    )
    assert re.findall(r"^  (\w+): \"M", script("toolbar.js"), re.MULTILINE) != []
    assert set(re.findall(r"^  (\w+): \"M", script("toolbar.js"), re.MULTILINE)) == named


def script(name):
    return Path(finders.find(f"editor/{name}")).read_text()


SCRIPTS = [
    path.name for path in sorted(Path(finders.find("editor/rich-text.js")).parent.glob("*.js"))
]


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_import_only_files_beside_them(name):
    imported = re.findall(r'from "([^"]*)"', script(name))

    assert [path for path in imported if path.removeprefix("./") not in SCRIPTS] == []


def test_the_engine_has_all_that_the_editor_takes_from_it():
    engine = Path(finders.find("django_prose_editor/editor.js")).read_text()
    exported = set(re.findall(r"[,{]\w+ as (\w+)", engine[engine.rindex("export{") :]))
    taken = re.findall(r"function \w+\(\{ ([\w, ]+) \}|tiptap\.(\w+)", script("extensions.js"))
    names = {name for pair in taken for name in re.findall(r"\w+", " ".join(pair))}

    assert names - exported == set()
    assert {"Editor", "Plugin", "Extension", "pm"} - exported == set()


def test_the_widgets_address_of_the_engine_is_a_static_file():
    engine = configuration(BodyWidget().media)["engine"]

    assert engine == "/static/django_prose_editor/editor.js"
    assert finders.find(engine.removeprefix("/static/")) is not None
