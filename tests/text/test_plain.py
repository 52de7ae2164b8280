from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.text.markdown import MarkdownError, escape, parse
from tutor.text.plain import render
from tutor.text.width import cells


def page(text: str) -> str:
    return dedent(text).strip("\n")


def drawn(text: str, width: int, *, ascii_only: bool = False) -> str:
    return "\n".join(render(parse(page(text)), width, ascii=ascii_only))


LESSON = r"""
    # LSTM의 게이트

    **망각 게이트** $f_t = \sigma(W_f [h_{t-1}, x_t] + b_f)$는 *셀 상태*를 얼마나 남길지 정한다.

    $$
    \operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right) V
    $$

    1. 입력 게이트는 무엇을 새로 쓸지 고른다
       - 값은 0과 1 사이 — 음수가 아니다
       - `i_t`
    2. 출력 게이트

    > Hochreiter & Schmidhuber 1997

    | 항 | 크기 | 값 |
    |---|:-:|---|
    | $W_{ih}$ | 4h × d | 960 |
    | 편향 | 8h | 2,304 |

    ```
    lstm = nn.LSTM(10, 24)
    ```
    """


def test_a_page() -> None:
    assert drawn(LESSON, 48) == page("""
        LSTM의 게이트
        ─────────────

        망각 게이트 fₜ = σ(W_f [hₜ₋₁, xₜ] + b_f)는 셀
        상태를 얼마나 남길지 정한다.

                   ⎛ QKᵀ ⎞
            softmax⎜─────⎟ V
                   ⎝ √dₖ ⎠

        1. 입력 게이트는 무엇을 새로 쓸지 고른다
           • 값은 0과 1 사이 — 음수가 아니다
           • i_t
        2. 출력 게이트

        │ Hochreiter & Schmidhuber 1997

        항      크기       값
        ─────────────────────
        W_ih   4h × d     960
        편향     8h     2,304

            lstm = nn.LSTM(10, 24)
        """)


def test_the_page_in_ascii() -> None:
    assert drawn(LESSON, 48, ascii_only=True) == page(r"""
        LSTM의 게이트
        -------------

        망각 게이트
        f_t = sigma(W_f [h_(t-1), x_t] + b_f)는 셀
        상태를 얼마나 남길지 정한다.

                   /   QK^T    \
            softmax|-----------| V
                   \ sqrt(d_k) /

        1. 입력 게이트는 무엇을 새로 쓸지 고른다
           - 값은 0과 1 사이 -- 음수가 아니다
           - i_t
        2. 출력 게이트

        | Hochreiter & Schmidhuber 1997

        항      크기       값
        ---------------------
        W_ih   4h * d     960
        편향     8h     2,304

            lstm = nn.LSTM(10, 24)
        """)


def test_items_hang_under_their_text() -> None:
    text = "- 입력 게이트와 출력 게이트\n- b\n\n  second\n- c"
    assert drawn(text, 16) == page("""
        • 입력 게이트와
          출력 게이트

        • b

          second

        • c
        """)


def test_numbers_are_aligned() -> None:
    lines = drawn("\n".join(f"{n}. x" for n in range(1, 11)), 20).split("\n")
    assert lines[0] == " 1. x"
    assert lines[9] == "10. x"


def test_a_wide_formula_is_broken_at_its_relations() -> None:
    lines = render(parse("$$h_t = \\tanh(W x_t) = \\tanh(z_t)$$"), 20)
    assert lines == ["  hₜ = tanh(W xₜ)", "      = tanh(zₜ)"]


def test_a_formula_that_cannot_be_broken_is_wrapped_in_one_line() -> None:
    assert drawn(r"$$\operatorname{softmax}(a + b)$$", 12) == "  softmax(a\n  + b)"


def test_wide_tables_wrap_their_widest_column() -> None:
    text = """
        | 이름 | 뜻 |
        |---|---|
        | LSTM | 장단기 메모리는 셀 상태를 가진다 |
        """
    assert drawn(text, 22) == page("""
        이름   뜻
        ──────────────────────
        LSTM   장단기 메모리는
               셀 상태를
               가진다
        """)


def test_tables_too_narrow_for_columns_become_records() -> None:
    text = """
        | first | second | third |
        |---|---|---|
        | aaaaaa | bbbbbb | $c_t$ |
        | dddddd | eeeeee | f |
        """
    assert drawn(text, 16) == page("""
        first: aaaaaa
        second: bbbbbb
        third: cₜ

        first: dddddd
        second: eeeeee
        third: f
        """)


def test_forced_breaks_are_kept() -> None:
    assert drawn("one\\\ntwo", 20) == "one\ntwo"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a → b ≤ σ", "a -> b <= sigma"),
        ("√2 · h²", "sqrt 2 * h^2"),
        ("“quoted” — a", '"quoted" -- a'),
        ("xₜ₋₁, Aᵀ, 10⁻⁵", "x_(t-1), A^T, 10^(-5)"),
        ("게이트 × 3", "게이트 * 3"),
    ],
)
def test_ascii_mode_rewrites_signs_outside_maths(text: str, expected: str) -> None:
    assert drawn(text, 40, ascii_only=True) == expected


def test_markup_is_data() -> None:
    text = "[@click=app.quit]x[/] arr[i][j] <b>&amp;"
    assert render(parse(escape(text)), 60) == [text]


@given(st.text(alphabet="ab \n*`|->#1.가_", max_size=80), st.integers(16, 60))
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    try:
        document = parse(text)
    except MarkdownError:
        return
    if "```" in text or "> > >" in text:
        return
    assert all(cells(line) <= width for line in render(document, width))
