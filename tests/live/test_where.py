"""What may be typed after `tutor join`."""

from __future__ import annotations

from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.errors import TutorError
from tutor.live.code import encode
from tutor.live.where import Where, parse_where
from tutor.text.markdown import parse
from tutor.text.speaker import Speaker

LAN = encode(IPv4Address("192.168.0.12"), 8766, 99)
NAMED = encode(None, 8765, 99)


@pytest.mark.parametrize(
    ("typed", "where"),
    [
        (LAN, Where("192.168.0.12", 8766, LAN)),
        (f" {LAN[:4].lower()}-{LAN[4:].lower()} ", Where("192.168.0.12", 8766, LAN)),
        ("localhost", Where("localhost", 8765)),
        ("192.168.0.12", Where("192.168.0.12", 8765)),
        ("192.168.0.12:9000", Where("192.168.0.12", 9000)),
        (f"192.168.0.12:9000/{NAMED}", Where("192.168.0.12", 9000, NAMED)),
        (f"10.1.1.1:9000/{LAN}", Where("10.1.1.1", 9000, LAN)),  # what is written counts
        (f"Host.Example.:9000/{NAMED[:4]}-{NAMED[4:]}", Where("host.example", 9000, NAMED)),
        (f"http://192.168.0.12:8766/{LAN}", Where("192.168.0.12", 8766, LAN)),
        (f"HTTP://192.168.0.12:8766/{LAN}", Where("192.168.0.12", 8766, LAN)),
        (f"https://rooms.example.org/{NAMED}", Where("rooms.example.org", 443, NAMED, secure=True)),
        (f"https://rooms.example.org/a/b/{NAMED}?x=1#y", Where("rooms.example.org", 443, NAMED, secure=True, prefix="/a/b")),
        ("wss://rooms.example.org/tutor/", Where("rooms.example.org", 443, secure=True, prefix="/tutor")),
        ("wss://rooms.example.org/tutor/live", Where("rooms.example.org", 443, secure=True, prefix="/tutor")),
        ("ws://rooms.example.org/live", Where("rooms.example.org", 80)),
        ("::1", Where("::1", 8765)),
        ("[::1]", Where("::1", 8765)),
        ("[FE80::1]:9000", Where("fe80::1", 9000)),
        (f"https://[2001:db8::1]:9000/{NAMED}", Where("2001:db8::1", 9000, NAMED, secure=True)),
        ("http://한국.kr", Where("xn--3e0b707e.kr", 80)),
    ],
)  # fmt: skip
def test_where_a_room_is(typed: str, where: Where) -> None:
    assert parse_where(typed) == where


@pytest.mark.parametrize(
    ("where", "socket", "page"),
    [
        (Where("192.168.0.12", 8766, LAN), "ws://192.168.0.12:8766/live", f"http://192.168.0.12:8766/{LAN}"),
        (Where("::1", 8765), "ws://[::1]:8765/live", "http://[::1]:8765/"),
        (Where("a.example", 443, NAMED, secure=True, prefix="/x"), "wss://a.example/x/live", f"https://a.example/x/{NAMED}"),
        (Where("a.example", 80, secure=True), "wss://a.example:80/live", "https://a.example:80/"),
    ],
)  # fmt: skip
def test_the_addresses_of_a_room(where: Where, socket: str, page: str) -> None:
    assert (where.socket, where.page) == (socket, page)
    assert parse_where(where.page) == where


def test_only_names_are_left_to_a_proxy() -> None:
    hosts = ("localhost", "10.0.0.1", "::1", "rooms.example.org")
    assert [Where(host, 1).is_literal for host in hosts] == [True, True, True, False]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "no room code and no address"),
        (NAMED, "does not say where its server is"),
        ("KQ7M-2XP", "a code has 8"),
        ("KQ7M-2XPU", "never in one"),
        ("192.168.0.12:9000/KQ7M-2XP", "a code has 8"),
        ("ftp://a.example/", "`ftp` is no way"),
        ("javascript://a.example/", "`javascript` is no way"),
        ("http://me:pw@a.example/", "user's name"),
        ("me@a.example", "user's name"),
        ("a.example:0", "no port"),
        ("a.example:65536", "no port"),
        ("a.example:٣", "no port"),
        ("a.example:80:80", "no port"),
        ("a.example:1e3", "no port"),
        ("http://", "no address"),
        ("http:///x", "no address"),
        ("999.1.1.1", "no address"),
        ("192.168.1:80", "no address"),
        ("-a.example", "no address"),
        ("a..example", "no address"),
        ("a b.example", "no address"),
        ("a" * 64 + ".example", "no address"),
        (".".join(["a" * 60] * 5)[:254].rstrip(".") , "no address"),
        ("[::1", "no address"),
        ("[::1]x", "no address"),
        ("[fe80::1%eth0]:80", "no address"),
        ("[a.example]", "no address"),
        ("a.example/`$x [/] **", "no address"),
        ("http://a.example/../x", "no address"),
        ("http://a.example/%2e%2e/x", "no address"),
        ("http://a.example/<script>", "no address"),
        ("a.example/\x1b]52;c;x\x07", "U+001B"),
        ("a.example\u202e", "U+202E"),
        ("a\u200b.example", "U+200B"),
        ("." * 301, "at most 300"),
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_with_a_reason(typed: str, says: str) -> None:
    with pytest.raises(TutorError) as refused:
        parse_where(typed)
    assert says in str(refused.value)
    assert refused.value.hint is not None
    parse(Speaker("en").say(refused.value.message))  # it can be drawn, whatever it quotes
    assert not {"\x1b", "\u202e", "\u200b", "\x07"} & set(str(refused.value))


PIECES = st.sampled_from(["http://", "wss://", "a.example", "[", "]", ":", "/", "::1", "@", "?", "#", "%", LAN, "-", "8765", "..", "1.2.3.4", "é", "\x1b", "\n", "[/]", "$"])  # fmt: skip


@given(st.lists(PIECES | st.text(max_size=5), max_size=8).map("".join))
def test_any_text_is_an_address_or_refused(typed: str) -> None:
    try:
        where = parse_where(typed)
    except TutorError as refused:
        assert refused.hint is not None
        parse(Speaker("en").say(refused.message))
    else:
        assert where.host.isascii()
        assert 0 < where.port < 65536
        assert where.socket.isprintable()
        assert parse_where(where.page) == where
