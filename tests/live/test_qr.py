"""QR codes as text."""

from __future__ import annotations

import pytest

from tutor.live.qr import QrCode, fitting, qr_code

URL = "http://192.168.0.12:8765/KQ7M2XPD"
LONG = "https://rooms.example.org/tutor/KQ7M2XPD"


def modules_of_blocks(lines: tuple[str, ...]) -> list[list[bool]]:
    rows: list[list[bool]] = []
    for line in lines:
        rows += [[sign in "▀█" for sign in line], [sign in "▄█" for sign in line]]
    return rows


@pytest.mark.parametrize("url", [URL, LONG])
@pytest.mark.parametrize("quiet", [2, 4])
def test_every_way_of_drawing_shows_the_same_modules(url: str, quiet: int) -> None:
    code = qr_code(url, quiet)
    rows = [list(row) for row in code.rows]
    half = code.half_blocks()
    assert len(half) == code.lines
    assert {len(line) for line in half} == {code.columns}
    assert modules_of_blocks(half)[: len(rows)] == rows
    assert not any(map(any, modules_of_blocks(half)[len(rows) :]))
    negative = modules_of_blocks(code.half_blocks(inverted=True))[: len(rows)]
    assert [[not ink for ink in row] for row in negative] == rows
    plain = code.ascii()
    assert [[line[x : x + 2] == "##" for x in range(0, len(line), 2)] for line in plain] == rows
    assert [line.translate({35: " ", 32: "#"}) for line in plain] == list(code.ascii(inverted=True))


@pytest.mark.parametrize("quiet", [0, 2, 4])
def test_the_quiet_zone_is_light_and_the_finders_are_in_three_corners(quiet: int) -> None:
    rows = qr_code(URL, quiet).rows
    size = len(rows)
    edge = [
        rows[y][x]
        for y in range(size)
        for x in range(size)
        if not (quiet <= y < size - quiet and quiet <= x < size - quiet)
    ]
    assert not any(edge)
    end = size - quiet - 7
    for top, left in ((quiet, quiet), (quiet, end), (end, quiet)):
        assert all(rows[top][left : left + 7])
        assert not any(rows[top + 1][left + 1 : left + 6])
        assert all(rows[top + 3][left + 2 : left + 5])


def test_capitals_keep_the_code_of_a_room_small_and_are_not_forced_on_a_path() -> None:
    assert len(qr_code(URL, 0).rows) == 25  # version 2
    assert qr_code(URL) == qr_code(URL.upper())
    assert qr_code(LONG) != qr_code(LONG.upper())


def test_a_code_has_the_widest_quiet_zone_that_fits_or_is_left_out() -> None:
    assert fitting(URL, 33, 17) == qr_code(URL, 4)
    assert fitting(URL, 32, 17) == qr_code(URL, 3)
    assert fitting(URL, 33, 15) == qr_code(URL, 2)
    assert fitting(URL, 28, 17) is None
    assert fitting(URL, 80, 14) is None
    assert fitting(URL, 66, 33, ascii=True) == qr_code(URL, 4)
    assert fitting(URL, 80, 28, ascii=True) is None


def test_an_odd_number_of_rows_ends_in_a_half_line() -> None:
    code = QrCode(((True, False), (False, True), (True, True)))
    assert code.half_blocks() == ("▀▄", "▀▀")
    assert code.half_blocks(inverted=True) == ("▄▀", "  ")
