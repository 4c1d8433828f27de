import pytest
from django.http import HttpResponse

from consent.expiring import expire
from consent.offering import Item


def test_a_cookie_is_deleted_for_the_host_and_every_parent_domain():
    response = HttpResponse()

    expire(response, [Item("cookie", "visits", "/", "")], sent=["visits"], host="www.lintas.co.id")

    beginning = 'visits=""; '
    end = "expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax"
    assert headers(response) == [
        f"{beginning}{end}",
        f"{beginning}Domain=.www.lintas.co.id; {end}",
        f"{beginning}Domain=.lintas.co.id; {end}",
        f"{beginning}Domain=.co.id; {end}",
    ]


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "[::1]:8000", "localhost", "localhost:80"])
def test_a_host_without_parents_gets_one_header(host):
    response = HttpResponse()

    expire(response, [Item("cookie", "visits", "/", "")], sent=["visits"], host=host)

    assert names(response) == ["visits"]


def test_a_pattern_takes_every_name_that_begins_so_and_no_other():
    response = HttpResponse()
    sent = ["_ga", "_ga_X1", "_gid", "ga", "sessionid"]

    expire(response, [Item("cookie", "_ga*", "/", "")], sent=sent, host="localhost")

    assert names(response) == ["_ga", "_ga_X1"]


def test_no_pattern_signs_anybody_out():
    response = HttpResponse()
    sent = ["csrftoken", "sessionid", "cookie_consent", "session_of_a_tool"]
    items = [Item("cookie", "s*", "/", ""), Item("cookie", "c*", "/", "")]

    expire(response, items, sent=sent, host="localhost")

    assert names(response) == ["session_of_a_tool"]


def test_a_cookie_for_another_path_is_deleted_unseen():
    response = HttpResponse()

    expire(response, [Item("cookie", "desk", "/desk/", "")], sent=[], host="localhost")

    assert [header.split("; ")[3] for header in headers(response)] == ["Path=/", "Path=/desk/"]


def test_what_the_browser_did_not_send_and_what_is_not_a_cookie_is_left_alone():
    response = HttpResponse()
    items = [
        Item("cookie", "absent", "/", ""),
        Item("storage", "kept", "/", ""),
        Item("elsewhere", "YSC", "/", ".youtube.com"),
    ]

    expire(response, items, sent=["kept", "YSC"], host="localhost")

    assert headers(response) == []


def test_a_name_that_no_header_can_carry_does_not_raise():
    response = HttpResponse()

    expire(response, [Item("cookie", "a*", "/", "")], sent=["a b", "a\x7f", "aé"], host="localhost")

    assert headers(response) == []


def headers(response):
    return [morsel.OutputString() for morsel in response.cookies.values()]


def names(response):
    return [header.split("=")[0] for header in headers(response)]
