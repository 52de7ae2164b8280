from textwrap import dedent

import pytest

from tutor.text.maths import block, fit, parse
from tutor.text.width import cells


def drawn(tex: str, *, ascii_only: bool = False) -> str:
    box = block(parse(tex), ascii=ascii_only)
    return "\n".join(line.rstrip() for line in box.lines)


def picture(text: str) -> str:
    return dedent(text).strip("\n")


ONE_LINE = [
    ("h_t", "hₜ"),
    ("c_{t-1}", "cₜ₋₁"),
    ("W_{hh}", "W_hh"),
    (r"\sigma(W_f [h_{t-1}, x_t] + b_f)", "σ(W_f [hₜ₋₁, xₜ] + b_f)"),
    (r"\sqrt{a + b}", "√(a + b)"),
    (r"\left( W_f x \right)", "(W_f x)"),
    (r"\int_0^1 x", "∫₀¹ x"),
    (r"\hat{y}_t", "ŷₜ"),
    (r"\begin{bmatrix} 1 & -2 \end{bmatrix}", "[1  −2]"),
    ("", ""),
]

PICTURES = {
    r"\frac{\partial h_T}{\partial h_0} = \prod_{t=1}^{T} \operatorname{diag}(\phi'(z_t)) W": """
         ∂h_T     T
        ────── =  ∏  diag(φ′(zₜ)) W
         ∂h₀     t=1
        """,
    r"\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right) V": """
               ⎛ QKᵀ ⎞
        softmax⎜─────⎟ V
               ⎝ √dₖ ⎠
        """,
    r"PE_{(pos, 2i)} = \sin\left(\frac{pos}{10000^{2i/d}}\right)": """
                        ⎛    pos    ⎞
        PE         = sin⎜───────────⎟
          (pos,2i)      ⎜      2i/d ⎟
                        ⎝ 10000     ⎠
        """,
    r"\sigma(x) = \frac{1}{1 + e^{-x}}": """
                   1
        σ(x) = ─────────
                1 + e⁻ˣ
        """,
    r"P(x_1, \ldots, x_T) = P(x_1) \prod_{t=2}^{T} P(x_t \mid x_{t-1})": """
                               T
        P(x₁, …, x_T) = P(x₁)  ∏  P(xₜ | xₜ₋₁)
                              t=2
        """,
    r"\frac{\partial L}{\partial h_t} = \frac{\partial L}{\partial h_T}"
    r"\frac{\partial h_T}{\partial h_t}": """
         ∂L       ∂L    ∂h_T
        ───── = ────── ──────
         ∂hₜ     ∂h_T   ∂hₜ
        """,
    r"\alpha_i = \frac{e^{s_i}}{\sum_{j} e^{s_j}}": """
                sᵢ
               e
        αᵢ = ───────
                 sⱼ
              ∑ e
              j
        """,
    r"\max_{\theta} \mathbb{E}[R] = \lim_{n \to \infty} P^n": """
        max 𝔼[R] = lim Pⁿ
         θ         n→∞
        """,
    r"\sqrt{\frac{2}{n_{\text{in}} + n_{\text{out}}}}": """
         ┌────────────────
         │       2
         │ ──────────────
        √│  n_in + n_out
        """,
    r"\frac{a + \frac{b}{c}}{d}": """
              b
         a + ───
              c
        ─────────
            d
        """,
    r"\left(\frac{a}{b}\right)^2 x": """
        ⎛ a ⎞²
        ⎜───⎟  x
        ⎝ b ⎠
        """,
    r"\left[\frac{a}{b}\right]_{QK}": """
        ⎡ a ⎤
        ⎢───⎥
        ⎣ b ⎦QK
        """,
    r"(\frac{a}{b} + 1)": """
        ⎛ a     ⎞
        ⎜─── + 1⎟
        ⎝ b     ⎠
        """,
    r"A = \begin{bmatrix} 1 & -1 \\ 10 & 0 \end{bmatrix}": """
        A = ⎡ 1  −1⎤
            ⎣10   0⎦
        """,
    r"\begin{pmatrix} a + b \\ c \end{pmatrix}": """
        ⎛a + b⎞
        ⎝  c  ⎠
        """,
    r"f(x) = \begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}": """
               ⎧ x   if x > 0
        f(x) = ⎨
               ⎩ 0   otherwise
        """,
    r"\begin{aligned} f_t &= \sigma(W_f x_t) \\ i_t &= \sigma(W_i x_t) \end{aligned}": """
        fₜ = σ(W_f xₜ)
        iₜ = σ(W_i xₜ)
        """,
    r"\frac{\text{세 게이트}}{h}": """
         세 게이트
        ───────────
             h
        """,
    r"x^{QK}": """
         QK
        x
        """,
    r"x_{i,j} + 1": """
        x    + 1
         i,j
        """,
    r"W_{xh}^{QK}": """
            QK
        W_xh
        """,
    r"\hat{xy} + \bar{ab}": """
        ^    ──
        xy + ab
        """,
    r"\left\{\frac{a}{b}\right.": """
        ⎧ a
        ⎨───
        ⎩ b
        """,
    r"\left\|\frac{a}{b}\right\|": """
        ‖ a ‖
        ‖───‖
        ‖ b ‖
        """,
}

ASCII = {
    r"\operatorname{softmax}\left(\frac{QK^\top}{\sqrt{d_k}}\right) V": """
               /   QK^T    \\
        softmax|-----------| V
               \\ sqrt(d_k) /
        """,
    r"\prod_{t=1}^{T} \operatorname{diag}(\phi'(z_t)) W": """
          T
         prod diag(phi'(z_t)) W
         t=1
        """,
    r"\sqrt{\frac{a}{b}}": """
            / a \\
        sqrt|---|
            \\ b /
        """,
    r"PE_{(pos, 2i)} = 10000^{2i/d}": "PE_(pos,2i) = 10000^(2i/d)",
}


@pytest.mark.parametrize(("tex", "line"), ONE_LINE)
def test_what_needs_one_line_takes_one(tex: str, line: str) -> None:
    assert block(parse(tex)).lines == (line,)


@pytest.mark.parametrize(("tex", "expected"), PICTURES.items())
def test_block(tex: str, expected: str) -> None:
    assert drawn(tex) == picture(expected)


@pytest.mark.parametrize(("tex", "expected"), ASCII.items())
def test_ascii_block(tex: str, expected: str) -> None:
    assert drawn(tex, ascii_only=True) == picture(expected)


@pytest.mark.parametrize(("tex", "baseline"), [(r"\frac{a}{b}", 1), (r"\sum_{i}^{n}", 1), ("x", 0)])
def test_baseline(tex: str, baseline: int) -> None:
    assert block(parse(tex)).baseline == baseline


LONG = r"a = \frac{b}{c} + d + e + f = g"


def test_a_formula_that_fits_is_one_block() -> None:
    boxes = fit(parse(LONG), 60)
    assert boxes == (block(parse(LONG)),)


def test_a_wide_formula_breaks_before_relations() -> None:
    boxes = fit(parse("a = b + c = d + e"), 12)
    assert boxes is not None
    assert [line for box in boxes for line in box.lines] == ["a = b + c", "    = d + e"]


def test_a_wider_one_breaks_before_plus_too() -> None:
    boxes = fit(parse("a = b + c - d"), 9)
    assert boxes is not None
    assert [line for box in boxes for line in box.lines] == ["a = b + c", "    − d"]


def test_the_rows_of_aligned_break_one_by_one() -> None:
    boxes = fit(parse(r"\begin{aligned} a &= b + c \\ d &= e \end{aligned}"), 8)
    assert boxes is not None
    assert [line for box in boxes for line in box.lines] == ["a = b", "    + c", "d = e"]


def test_a_term_that_cannot_be_broken_does_not_fit() -> None:
    assert fit(parse(r"\operatorname{softmax}(x)"), 5) is None


@pytest.mark.parametrize("width", [12, 20, 40])
def test_blocks_are_no_wider_than_asked(width: int) -> None:
    boxes = fit(parse(LONG), width)
    assert boxes is not None
    assert all(cells(line) <= width for box in boxes for line in box.lines)
