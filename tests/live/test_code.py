"""Room codes."""

from __future__ import annotations

from ipaddress import IPv4Address

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tutor.errors import TutorError
from tutor.live.code import ALPHABET, BITS, KINDS, NOWHERE, PORT, Kind, encode, kind_for, read, show
from tutor.live.wire import Code

ON_WIRE: TypeAdapter[str] = TypeAdapter(Code)
LOCAL = [kind for kind in KINDS if kind.network is not None]
ENTROPY = st.integers(0, 2**BITS - 1)


@st.composite
def places(draw: st.DrawFn) -> tuple[Kind, IPv4Address, int]:
    kind = draw(st.sampled_from(LOCAL))
    assert kind.network is not None
    offset = draw(st.integers(0, kind.network.num_addresses - 1))
    return kind, kind.network.network_address + offset, draw(st.sampled_from(kind.ports))


@given(places(), ENTROPY)
def test_every_local_address_and_port_comes_back(
    place: tuple[Kind, IPv4Address, int], entropy: int
) -> None:
    kind, address, port = place
    code = encode(address, port, entropy)
    assert ON_WIRE.validate_python(code) == code
    known = read(code)
    assert (known.code, known.address, known.port) == (code, address, port)
    assert known.secret == entropy % 2**kind.secret_bits


@given(st.one_of(st.none(), st.ip_addresses(v=4)), st.integers(1, 65535), ENTROPY)
@example(IPv4Address("8.8.8.8"), PORT, 7)
@example(IPv4Address("192.168.0.12"), PORT + 8, 7)
@example(IPv4Address("10.0.0.1"), PORT + 4, 7)
@example(IPv4Address("192.168.0.12"), PORT - 1, 7)
@example(IPv4Address("127.0.0.2"), PORT, 7)
def test_what_has_no_place_in_a_code_becomes_a_code_without_address(
    address: IPv4Address | None, port: int, entropy: int
) -> None:
    known = read(encode(address, port, entropy))
    if kind_for(address, port) is NOWHERE:
        assert (known.address, known.port) == (None, None)
        assert known.secret == entropy % 2**34
    else:
        assert (known.address, known.port) == (address, port)


@given(ENTROPY)
def test_every_code_says_one_thing_and_is_what_that_thing_becomes(bits: int) -> None:
    code = "".join(ALPHABET[bits >> shift & 31] for shift in range(35, -1, -5))
    known = read(code)
    assert encode(known.address, known.port or 0, known.secret) == code


def test_the_documented_bits_are_the_real_ones() -> None:
    assert [(kind.prefix_bits, kind.address_bits, kind.port_bits, kind.secret_bits) for kind in KINDS] == [
        (1, 24, 2, 13), (2, 22, 2, 14), (3, 20, 3, 14), (4, 16, 3, 17), (5, 16, 3, 16), (6, 0, 3, 31), (6, 0, 0, 34),
    ]  # fmt: skip
    # no prefix begins another, and together they use up all codes
    assert sum(2 ** (BITS - kind.prefix_bits) for kind in KINDS) == 2**BITS


@given(places(), ENTROPY)
def test_a_code_is_read_however_it_is_typed(
    place: tuple[Kind, IPv4Address, int], entropy: int
) -> None:
    _, address, port = place
    code = encode(address, port, entropy)
    loose = code.replace("0", "O").replace("1", "l")
    for typed in (
        show(code),
        code.lower(),
        f"  {code[:3]} {code[3:]}\n",
        loose,
        loose.lower(),
        f"{code[:4]}–{code[4:]}",
    ):
        assert read(typed).code == code


def test_a_code_is_read_with_a_hangul_input_method_on() -> None:
    assert read("KQ7M-2XPD").code == "KQ7M2XPD"
    assert read("ㅏㅂ7ㅡ-2ㅌㅔㅇ").code == "KQ7M2XPD"
    assert read("ｋｑ７ｍ２ｘｐｄ").code == "KQ7M2XPD"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "not 0"),
        ("KQ7M2XP", "not 7"),
        ("KQ7M2XPDD", "not 9"),
        ("KQ7M2XPU", "U is never in one"),
        ("KQ7M-2XP!", "! is never in one"),
        ("KQ7M2X\x1b[31m", "\N{REPLACEMENT CHARACTER}"),
        ("KQ7M2XP\u202e", "\N{REPLACEMENT CHARACTER}"),
        ("[/]", "[ is never in one"),
        ("A" * 10_000, "too long"),
    ],
)
def test_what_is_no_code_is_refused_with_a_reason(typed: str, says: str) -> None:
    with pytest.raises(TutorError) as refused:
        read(typed)
    assert says in str(refused.value)
    assert "KQ7M-2XPD" in str(refused.value.hint)
    assert "\x1b" not in str(refused.value)
    assert "\u202e" not in str(refused.value)
