import pytest

from translations.anchoring import Found, find, locate

TEXT = "Satu kapal, dua kapal, tiga kapal."


@pytest.mark.parametrize(
    ("text", "quote", "near", "expected"),
    [
        (TEXT, "dua", None, (12, 15)),
        (TEXT, "kapal", None, (5, 10)),
        (TEXT, "kapal", 20, (16, 21)),
        (TEXT, "kapal", 33, (28, 33)),
        ("Satu\n  kapal", "Satu kapal", 0, (0, 10)),
        (TEXT, "perahu", 5, None),
        (TEXT, " ", 5, None),
        ("", "kapal", 0, None),
    ],
)
def test_words_are_found_where_they_stand_nearest(text, quote, near, expected):
    assert locate(text, quote, near) == expected


def test_words_are_shown_with_what_stands_around_them():
    assert find(TEXT, "dua", 12) == Found("Satu kapal, ", "dua", " kapal, tiga kapal.")
    assert find(TEXT, "empat", 12) is None


def test_much_text_around_is_cut_at_words():
    found = find(f"{'awal ' * 40}inti{' akhir' * 40}", "inti", None)

    assert found is not None
    assert found.before.startswith("… awal")
    assert found.after.endswith("akhir …")
    assert max(len(found.before), len(found.after)) <= 64
