from tutor.text.ascii_document import in_ascii
from tutor.text.document import MathsBlock
from tutor.text.markdown import parse
from tutor.text.plain import render

PAGE = r"""
# σ and its slope

It is $\sigma(z_t) \le 1$ — “never more”.

- one: $W_f \odot c$
- two

> $h^2$

| gate | slope |
|------|-------|
| $f_t$ | $\frac{1}{4}$ |

$$
\frac{e^z}{1 + e^z}
$$

```
kept × as it is
```
"""


def test_everything_but_code_is_ascii() -> None:
    lines = render(parse(PAGE), 60, ascii=True)
    assert [line.strip() for line in lines if not line.isascii()] == ["kept × as it is"]
    assert 'It is sigma(z_t) <= 1 -- "never more".' in "\n".join(lines)


def test_words_stay_as_they_are() -> None:
    (line,) = render(in_ascii(parse(r"망각 게이트 $\sigma$의 값 → **한글**")), 60)
    assert line == "망각 게이트 sigma의 값 -> 한글"


def test_a_block_says_how_it_is_drawn() -> None:
    (block,) = in_ascii(parse("$$\nx\n$$")).blocks
    assert block == MathsBlock("x", ascii=True)
