import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.text.markdown import (
    Block,
    Code,
    Document,
    Heading,
    ListBlock,
    MarkdownError,
    MathsBlock,
    Paragraph,
    Quote,
    Span,
    Spans,
    Table,
    escape,
    parse,
)

STYLES = {"strong": "S", "em": "E", "code": "C", "maths": "M"}


def shown(spans: Spans) -> str:
    """Write spans with their styles: `S<bold>`."""
    parts = []
    for span in spans:
        letters = "".join(sorted(STYLES[style] for style in span.style))
        parts.append(f"{letters}<{span.text}>" if letters else span.text)
    return "".join(parts)


def line(text: str) -> str:
    (paragraph,) = parse(text).blocks
    assert isinstance(paragraph, Paragraph)
    return shown(paragraph.spans)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("**strong** and *em*", "S<strong> and E<em>"),
        ("**강조**는 *또*는", "S<강조>는 E<또>는"),
        ("***both***", "ES<both>"),
        ("**a *b** c*", "S<a *b> c*"),
        ("**a *b* c**", "S<a >ES<b>S< c>"),
        ("*a **b** c*", "E<a >ES<b>E< c>"),
        ("**a *b***", "S<a >ES<b>"),
        ("un*matched", "un*matched"),
        ("**unmatched", "**unmatched"),
        ("a* b", "a* b"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("4*h*(d + h)", "4*h*(d + h)"),
        ("****", "****"),
        ("`a*b*` *c*", "C<a*b*> E<c>"),
        ("`` a`b ``", "C<a`b>"),
        ("`open", "`open"),
        ("`a ``b", "`a ``b"),
        (r"`\sigma \* \{x\}`", r"C<\sigma * {x}>"),
        ("$h_t$는", "M<hₜ>는"),
        ("**$h_t$ is**", "MS<hₜ>S< is>"),
        ("`$x$`", "C<$x$>"),
        ("$a_{`}$".replace("`", "1"), "M<a₁>"),
        (r"costs \$5 or \$6", "costs $5 or $6"),
        (r"\* \` \[ \] \{ \} \# \> \| \- \. \\", r"* ` [ ] { } # > | - . " + "\\"),
        (r"\sigma", r"\sigma"),
        ("[link](http://x) <b>", "[link](http://x) <b>"),
        ("[@click=app.quit]x[/]", "[@click=app.quit]x[/]"),
        ("one\ntwo", "one two"),
        ("one\\\ntwo", "one\ntwo"),
        ("  one\n   two  ", "one two"),
        ("$a +\nb$", "M<a + b>"),
        ("#no heading", "#no heading"),
        ("-1 is no item", "-1 is no item"),
        ("1.5 is no item", "1.5 is no item"),
        (">= 5", ">= 5"),
        ("-", "-"),
    ],
)
def test_a_line(text: str, expected: str) -> None:
    assert line(text) == expected


def test_a_maths_span_keeps_its_source() -> None:
    assert parse("$ h_t $").blocks == (Paragraph((Span("hₜ", frozenset({"maths"}), "h_t"),)),)


def paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def bullets(*items: tuple[Block, ...]) -> ListBlock:
    return ListBlock(ordered=False, items=items)


def numbers(*items: tuple[Block, ...]) -> ListBlock:
    return ListBlock(ordered=True, items=items)


a, b, c, x, y = map(paragraph, ("a", "b", "c", "x", "y"))
text = paragraph("text")

BLOCKS: list[tuple[str, tuple[Block, ...]]] = [
    ("", ()),
    ("\n \n", ()),
    ("a\n\nb", (a, b)),
    ("## Gates\ntext", (Heading(2, (Span("Gates"),)), text)),
    ("text\n# Head", (text, Heading(1, (Span("Head"),)))),
    ("- a\n- b", (bullets((a,), (b,)),)),
    ("1. a\n2. b", (numbers((a,), (b,)),)),
    ("- a\n\n- b", (bullets((a,), (b,)),)),
    ("- a\n  goes on", (bullets((paragraph("a goes on"),)),)),
    ("- a\ntext", (bullets((a,)), text)),
    ("- a\n\n  b", (bullets((a, b)),)),
    ("- a\n  1. x\n  2. y\n- b", (bullets((a, numbers((x,), (y,))), (b,)),)),
    ("- a\n1. b", (bullets((a,)), numbers((b,)))),
    ("text\n- a", (text, bullets((a,)))),
    ("in\n2020. was", (paragraph("in 2020. was"),)),
    ("```py\na  *b*\n\n  c\n```\ntext", (Code("a  *b*\n\n  c"), text)),
    ("```\nopen", (Code("open"),)),
    ("- ```\n  a\n    b\n  ```", (bullets((Code("a\n  b"),)),)),
    ("$$x^2$$", (MathsBlock("x^2"),)),
    ("text\n$$\n\\frac{a}\n{b}\n$$\ntext", (text, MathsBlock("\\frac{a}\n{b}"), text)),
    ("> a\n> b\n>\n> - c", (Quote((paragraph("a b"), bullets((c,)))),)),
    ("a | b", (paragraph("a | b"),)),
    ("a | b\n--- | --- | ---", (paragraph("a | b --- | --- | ---"),)),
]


@pytest.mark.parametrize(("text", "blocks"), BLOCKS)
def test_blocks(text: str, blocks: tuple[Block, ...]) -> None:
    assert parse(text) == Document(blocks)


def test_a_table() -> None:
    rows = (
        "| layer | $|x|$ | `a|b` | c | d |",
        "|---|:--|:-:|--:|---|",
        r"| x\|y | 1 | 2 | 3 | 3,456 |",
        "| z |",
    )
    (table,) = parse("\n".join(rows)).blocks
    assert isinstance(table, Table)
    assert [shown(cell) for cell in table.header] == ["layer", "M<|x|>", "C<a|b>", "c", "d"]
    assert [[shown(cell) for cell in row] for row in table.rows] == [
        ["x|y", "1", "2", "3", "3,456"],
        ["z", "", "", "", ""],
    ]
    assert table.alignments == ("left", "left", "centre", "right", "left")


def test_columns_of_numbers_stand_to_the_right() -> None:
    (table,) = parse("| a | n |\n|---|---|\n| x | 3,456 |\n| y | −0.5 % |").blocks
    assert isinstance(table, Table)
    assert table.alignments == ("left", "right")


# text with the place of the problem marked by ‸, a part of the advice
BAD = [
    (r"a $x + ‸\foo$", "subset"),
    ("a ‸$x", "partner"),
    ("a ‸$ $ b", "no formula"),
    ("a ‸$$x$$", "lines of its own"),
    ("‸$$x", "never ends"),
    ("‸$$ $$", "no formula"),
    ("$$\na ‸$b$ c\n$$", "lines of its own"),
    ("text\n\n$$\nx + ‸\\foo\n$$", "subset"),
    ("- a\n  - b $‸\\foo$", "subset"),
    ("> a\n> $x\n> ‸\\foo$", "subset"),
    ("# A $‸\\foo$", "subset"),
    ("| a |\n|---|\n| $ ‸\\foo$ |", "subset"),
    ("| a |\n|---|\n‸| b | c |", "more cells"),
    ("> > > > > > > > ‸> a", "8 deep"),
    ("**가나** $‸\\foo$", "subset"),
]


@pytest.mark.parametrize(("marked", "advice"), BAD)
def test_errors_point_into_the_source(marked: str, advice: str) -> None:
    text = marked.replace("‸", "")
    with pytest.raises(MarkdownError, match=re.escape(advice)) as caught:
        parse(text)
    offset = caught.value.offset
    assert text[:offset] + "‸" + text[offset:] == marked


@given(st.text(alphabet="ab \n*`$\\|->#1.{}_^가"))
def test_any_text_is_parsed_or_refused_with_a_place(text: str) -> None:
    try:
        parse(text)
    except MarkdownError as error:
        assert 0 <= error.offset <= len(text)


@given(st.text(alphabet="ab \n*`\\|->#1.{}_^가[]<"))
def test_without_maths_only_nesting_is_refused(text: str) -> None:
    if re.search(r"(?:[->1.]+ *){8}", text):
        return
    parse(text)


words = st.text(alphabet="ab1.-*`$\\[]{}#>|_가<&", min_size=1)
lines = st.lists(st.lists(words, max_size=4).map("  ".join), min_size=1)


@given(lines.map("\n".join))
def test_escaped_text_is_shown_as_it_was(text: str) -> None:
    spans = [span for block in parse(escape(text)).blocks for span in block.spans]  # type: ignore[union-attr]  # a heading or list would fail the test too
    assert "".join(span.text for span in spans) == text.rstrip("\n")
    assert all(not span.style for span in spans)


def test_escaped_text_is_one_paragraph() -> None:
    (block,) = parse(escape("1. one\n\n- two\n# three\n| a |\n|---|\n")).blocks
    assert block == Paragraph((Span("1. one\n\n- two\n# three\n| a |\n|---|"),))
