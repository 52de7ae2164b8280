import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.text.document import Paragraph
from tutor.text.markdown import parse as parse_markdown
from tutor.text.maths import Box, MathsError, block, inline, parse
from tutor.text.speaker import ENGLISH
from tutor.text.width import cells

# TeX, the column of the problem, a part of the advice as it is shown
BAD = [
    (r"a + \foo", 4, r"\operatorname{foo}"),
    (r"\underbrace{a}", 0, "leave it out"),
    (r"\textbf{a}", 0, r"write \text"),
    (r"x \not= y", 2, r"write \ne"),
    ("{a", 0, "never closed"),
    (r"\text{a", 5, "never closed"),
    ("a}", 1, r"write \}"),
    (r"\frac{1}", 0, r"braces after \frac"),
    (r"\frac12", 0, r"braces after \frac"),
    ("x^10", 1, "braces after ^"),
    (r"x^\val{n}", 1, "braces after ^"),
    ("x_", 1, "braces after _"),
    ("x^{a}^{b}", 5, "second ^"),
    ("x_a_b", 3, "second _"),
    (r"\left( a", 0, r"\right"),
    (r"a \right)", 2, r"\right closes nothing"),
    (r"\left a \right)", 0, "delimiter"),
    (r"\begin{align} a \end{align}", 0, "aligned"),
    (r"\begin{bmatrix} 1 & 2", 0, r"\end{bmatrix}"),
    (r"\begin{bmatrix} 1 \end{pmatrix}", 0, r"\end{bmatrix}"),
    (r"a \end{bmatrix}", 2, "closes nothing"),
    ("a & b", 2, "only in a matrix"),
    (r"a \\ b", 2, "only in a matrix"),
    ("50%", 2, r"\%"),
    ("입력 + 1", 0, r"\text{…}"),
    ("a # b", 2, r"\text{…}"),
    (r"\text a", 5, r"braces after \text"),
    (r"\text{a \sigma}", 0, "Words cannot hold commands"),
    (r"\sqrt[3{x}", 0, "]"),
    ("a \\", 2, "missing after the backslash"),
    ("x" * 2001, 2000, "2,000"),
    ("{" * 40 + "x" + "}" * 40, 32, "32 deep"),
    ("(" * 500, 32, "32 deep"),
]


@pytest.mark.parametrize(("tex", "column", "advice"), BAD)
def test_errors_say_where_and_what_instead(tex: str, column: int, advice: str) -> None:
    with pytest.raises(MathsError) as caught:
        parse(tex)
    assert caught.value.column == column
    (paragraph,) = parse_markdown(ENGLISH.say(caught.value.message)).blocks
    assert isinstance(paragraph, Paragraph)
    assert advice in "".join(span.text for span in paragraph.spans)


tex = st.one_of(
    st.text(max_size=40),
    st.lists(
        st.sampled_from(
            [
                *"abWx12 +-=,()[]{}^_'&|/",
                *[r"\frac", r"\sqrt", r"\sum", r"\left(", r"\right)", r"\{", r"\}", r"\hat", r"\text{가", r"나}", r"\begin{cases}", r"\end{cases}", r"\begin{bmatrix}", r"\end{bmatrix}", r"\\", r"\sigma", r"\max", r"\odot", r"\val{d:,}", r"\,", r"\quad", r"\partial", r"\ldots", r"\operatorname{f}", r"\top", r"\mid", r"\|", r"\bar", r"\mathbf"],
                "{a}", "{bc}", "{d + e}", r"\frac{a}{b}", "_{ij}", "^{QK}",
            ]
        ),
        max_size=20,
    ).map("".join),
)  # fmt: skip


def drawable(text: str) -> Box | None:
    try:
        node = parse(text)
    except MathsError as error:
        assert 0 <= error.column <= len(text)
        return None
    assert "\n" not in inline(node) + inline(node, ascii=True)
    return block(node)


@given(tex)
def test_any_text_is_drawn_or_refused_with_a_place(text: str) -> None:
    box = drawable(text)
    if box is not None:
        assert {cells(line) for line in box.lines} == {box.width}
        assert 0 <= box.baseline < box.height


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("{", "}"), ("(", ")"), (r"\frac{1}{", "}"), (r"\sqrt{", "}"), ("x^{", "}"), ("[", ")")],
)
def test_the_deepest_formula_can_be_drawn(opening: str, closing: str) -> None:
    node = parse(opening * 31 + "x" + closing * 31)
    assert "x" in inline(node) or "ˣ" in inline(node)
    assert block(node, ascii=True).height >= 1
