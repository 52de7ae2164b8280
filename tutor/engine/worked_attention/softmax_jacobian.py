"""One entry of the softmax's Jacobian."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.arguments import Arguments, Size
from tutor.engine.notation import tex
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_activations.softmax import Scores
from tutor.engine.worked_attention.shared import number_worked, row_tex, sized_term, within
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

APART = 0.001  # entries are at most 1/4


class SoftmaxJacobianArguments(Arguments):
    """The scores, and the entry ∂w_i/∂s_j that is asked for: row i, column j, from 1."""

    scores: Scores
    row: Size = 1
    column: Size = 1


@register("softmax_jacobian", SoftmaxJacobianArguments)
def softmax_jacobian(args: SoftmaxJacobianArguments) -> Worked:
    """Compute ∂w_i/∂s_j = w_i(δ_ij − w_j); the term `jacobian` is the whole matrix.

    Raises:
        EngineError: an entry that is not there.
    """
    from tutor.engine import activations

    within("row", args.row, len(args.scores))
    within("column", args.column, len(args.scores))
    w = activations.softmax(args.scores)
    jacobian = activations.softmax_jacobian(args.scores)
    w_i, w_j = float(w[args.row - 1]), float(w[args.column - 1])
    diagonal = args.row == args.column
    answer = Term(
        "answer",
        r"$\frac{\partial w_i}{\partial s_j}$",
        "w_i (1 - w_i)" if diagonal else "-w_i w_j",
        rf"{tex(w_i)} \cdot (1 - {tex(w_i)})" if diagonal else rf"-{tex(w_i)} \cdot {tex(w_j)}",
        float(jacobian[args.row - 1, args.column - 1]),
    )

    def terms() -> tuple[Term, ...]:
        return (
            sized_term("weights", msg("weights"), r"\operatorname{softmax}(s)", w),
            sized_term("jacobian", msg("Jacobian"), r"\operatorname{diag}(w) - w w^\top", jacobian),
            answer,
        )

    return number_worked(
        "softmax_jacobian",
        args,
        answer,
        terms=terms,
        lines=lambda: _lines(args, row_tex(w), answer),
        mistakes=lambda: _on_diagonal(w_i) if diagonal else _off_diagonal(w_i, w_j),
        apart=APART,
    )


def _lines(args: SoftmaxJacobianArguments, weights: str, answer: Term) -> Iterator[Message]:
    yield msg(r"The weights are $w = \val{weights}$.", weights=weights)
    if args.row == args.column:
        yield msg(
            r"A weight grows with its own score:"
            r" $\frac{\partial w_i}{\partial s_i} = w_i (1 - w_i)$, as for the sigmoid."
        )
    else:
        yield msg(
            r"A weight shrinks when another score grows: $\frac{\partial w_i}{\partial s_j} ="
            r" -w_i w_j$."
        )
    yield msg(
        r"Here $\val{fraction} = \val{weight:.4g}$.",
        fraction=Markdown(answer.substituted),
        weight=answer.value,
    )
    yield msg("Every column of the Jacobian sums to 0: what one weight gains, the others lose.")


def _on_diagonal(w: float) -> Iterator[Mistake]:
    yield Mistake(
        "off-diagonal-rule",
        msg(
            r"$\val{value:.4g}$ is $-w_i w_j$, the rule for another score. For its own it is"
            r" $w_i (1 - w_i)$.",
            value=-w * w,
        ),
        -w * w,
    )
    yield Mistake(
        "value-instead",
        msg(r"$\val{value:.4g}$ is the weight. Its slope is $w_i (1 - w_i)$.", value=w),
        w,
    )
    yield Mistake(
        "factor-forgotten",
        msg(r"$\val{value:.4g}$ is $1 - w_i$ alone. The slope is $w_i (1 - w_i)$.", value=1 - w),
        1 - w,
    )
    yield Mistake(
        "tanh-rule",
        msg(
            r"$\val{value:.4g}$ is $1 - w_i^2$, the rule of tanh. The softmax has $w_i (1 - w_i)$.",
            value=1 - w * w,
        ),
        1 - w * w,
    )
    yield Mistake(
        "sign-flipped",
        msg(
            r"$\val{value:.4g}$ has the wrong sign. A weight grows with its own score.",
            value=-w * (1 - w),
        ),
        -w * (1 - w),
    )


def _off_diagonal(w_i: float, w_j: float) -> Iterator[Mistake]:
    yield Mistake(
        "diagonal-rule",
        msg(
            r"$\val{value:.4g}$ is $w_i (1 - w_i)$, the rule for the weight's own score. For"
            r" another it is $-w_i w_j$.",
            value=w_i * (1 - w_i),
        ),
        w_i * (1 - w_i),
    )
    yield Mistake(
        "sign-flipped",
        msg(
            r"$\val{value:.4g}$ lacks the minus. When another score grows, this weight shrinks.",
            value=w_i * w_j,
        ),
        w_i * w_j,
    )
    yield Mistake(
        "weights-independent",
        msg(
            r"{value} treats the weight as a function of its own score alone. All scores are in its"
            " denominator.",
            value=0,
        ),
        0,
    )
    yield Mistake(
        "mixed-rule",
        msg(
            r"$\val{value:.4g}$ is $w_i (1 - w_j)$. The 1 is there on the diagonal only.",
            value=w_i * (1 - w_j),
        ),
        w_i * (1 - w_j),
    )
    yield Mistake(
        "value-instead",
        msg(r"$\val{value:.4g}$ is the weight. Its slope is $-w_i w_j$ here.", value=w_i),
        w_i,
    )
