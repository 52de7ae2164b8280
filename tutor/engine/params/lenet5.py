"""Parameters of LeNet-5."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.engine.arguments import Arguments, Size
from tutor.engine.params.answer import params_worked
from tutor.engine.params.phrases import closing_lines, times_batch
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Solution, Term, Worked
from tutor.text.message import Message, msg

DOT = r" \cdot "
WINDOW = 25  # places of its 5 × 5 windows
# the table of C3: how many of its 16 maps read how many of the 6 maps below
TABLE = ((6, 3), (9, 4), (1, 6))
C1, S2 = 6 * (WINDOW + 1), 6 * 2
C3 = sum(maps * (WINDOW * reads + 1) for maps, reads in TABLE)
S4 = 16 * 2
C5 = 120 * (WINDOW * 16 + 1)
F6 = 84 * (120 + 1)
TOTAL = C1 + S2 + C3 + S4 + C5 + F6
C3_FULL = 16 * (WINDOW * 6 + 1)
CODES = 10 * 84  # the output units compare with fixed pictures of 7 × 12
CLASSES = 10 * (84 + 1)
# of each layer: places of its maps times the weights that reach one
CONNECTIONS = C1 * 28**2 + 6 * 5 * 14**2 + C3 * 10**2 + 16 * 5 * 5**2 + C5 + F6 + CODES


class Lenet5Params(Arguments):
    """LeNet-5 has no sizes to choose; `batch_size` lets the answer name a mistake."""

    batch_size: Size | None = None


@register("lenet5_params", Lenet5Params)
def lenet5_params(args: Lenet5Params) -> Worked:
    """Count the parameters of LeNet-5 as published: 60,000.

    Subsampling has a weight and a bias for each map, C3 reads its maps by a table, and the
    output's codes are fixed.

    Source: LeCun, Bottou, Bengio & Haffner 1998, section II.B.
    """
    return params_worked("lenet5_params", TOTAL, Lenet5Solution(args.batch_size))


@dataclass(frozen=True, slots=True)
class Lenet5Solution(Solution):
    """How the count of LeNet-5 comes about."""

    batch_size: int | None

    def formula(self) -> str:
        """Return the count in symbols."""
        return "C_1 + S_2 + C_3 + S_4 + C_5 + F_6"

    def substituted(self) -> str:
        """Return the count in numbers."""
        return " + ".join(f"{n:,}" for n in (C1, S2, C3, S4, C5, F6))

    def terms(self) -> Iterator[Term]:
        """Return the layers; a map's window is counted with its bias."""
        c3 = " + ".join(f"{maps}{DOT}(25{DOT}{reads} + 1)" for maps, reads in TABLE)
        for name, sum_, value in (
            ("C1", f"6{DOT}(25 + 1)", C1),
            ("S2", f"6{DOT}2", S2),
            ("C3", c3, C3),
            ("S4", f"16{DOT}2", S4),
            ("C5", f"120{DOT}(25{DOT}16 + 1)", C5),
            ("F6", f"84{DOT}(120 + 1)", F6),
        ):
            yield Term(name, name, f"{name[0]}_{name[1]}", sum_, value)

    def lines(self) -> Iterator[Message]:
        """Return each layer's share, and the total."""
        yield msg(
            r"C1: 6 maps, each with a $5 \times 5$ window over the image and a bias:"
            r" $6 \cdot (25 + 1) = \val{count:,}$.",
            count=C1,
        )
        yield msg(
            "S2 and S4 sum four inputs at a time, and have a weight and a bias for each map:"
            r" $6 \cdot 2 = \val{s2}$ and $16 \cdot 2 = \val{s4}$.",
            s2=S2,
            s4=S4,
        )
        yield msg(
            "C3: of its 16 maps 6 read three of the maps below, 9 read four, one reads all six:"
            r" $6 \cdot (25 \cdot 3 + 1) + 9 \cdot (25 \cdot 4 + 1) + (25 \cdot 6 + 1)"
            r" = \val{count:,}$.",
            count=C3,
        )
        yield msg(
            r"C5: 120 units, each with a $5 \times 5$ window over all 16 maps:"
            r" $120 \cdot (25 \cdot 16 + 1) = \val{count:,}$.",
            count=C5,
        )
        yield msg(
            r"F6: fully connected, $84 \cdot (120 + 1) = \val{count:,}$. The output compares with"
            " fixed codes and has nothing to learn.",
            count=F6,
        )
        yield from closing_lines(self.formula(), self.substituted(), TOTAL)

    def mistakes(self) -> Iterator[Mistake]:
        """Return what people count wrongly."""
        modern = C1 + C3_FULL + C5 + F6 + CLASSES
        yield Mistake(
            "modern-lenet",
            msg(
                "{value:,} is LeNet as it is built today: every map of C3 reads all six, pooling"
                " has no weights, and a dense layer gives the ten classes. The LeNet-5 of 1998"
                " differs in all three.",
                value=modern,
            ),
            modern,
        )
        yield Mistake(
            "full-connections",
            msg(
                "{value:,} lets every map of C3 read all six maps below:"
                r" $16 \cdot (25 \cdot 6 + 1) = \val{full:,}$. A table gives each map some of"
                r" them, which makes $\val{count:,}$.",
                value=TOTAL - C3 + C3_FULL,
                full=C3_FULL,
                count=C3,
            ),
            TOTAL - C3 + C3_FULL,
        )
        yield Mistake(
            "no-trainable-subsampling",
            msg(
                "{value:,} takes subsampling for pooling without weights. In 1998 every map of S2"
                " and S4 had a weight and a bias, {count:,} in all.",
                value=TOTAL - S2 - S4,
                count=S2 + S4,
            ),
            TOTAL - S2 - S4,
        )
        yield Mistake(
            "output-codes-counted",
            msg(
                r"{value:,} counts the codes of the output: $10 \cdot 84 = \val{codes:,}$."
                " They are drawn by hand and fixed.",
                value=TOTAL + CODES,
                codes=CODES,
            ),
            TOTAL + CODES,
        )
        yield Mistake(
            "connections-counted",
            msg(
                "{value:,} is the number of connections. The places of a map share their weights,"
                " so there are far fewer parameters.",
                value=CONNECTIONS,
            ),
            CONNECTIONS,
        )
        if self.batch_size is not None:
            yield times_batch(TOTAL, self.batch_size)
