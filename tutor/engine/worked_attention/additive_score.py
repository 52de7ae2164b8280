"""The score of additive attention for one query and one key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tutor.engine.arguments import Arguments, Matrix, Vector
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Term, Worked
from tutor.engine.worked_attention.shared import number_worked, products_tex, row_tex, sized_term
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Row = NDArray[np.floating]


class AdditiveScoreArguments(Arguments):
    """A query, a key, and the weights of the score: `W_q` (a, q), `W_k` (a, k), `w_v` (a)."""

    query: Vector
    key: Vector
    W_q: Matrix
    W_k: Matrix
    w_v: Vector


@register("additive_score", AdditiveScoreArguments)
def additive_score(args: AdditiveScoreArguments) -> Worked:
    """Compute w_vᵀ tanh(W_q q + W_k k).

    Raises:
        EngineError: weights that do not fit.

    Source: Bahdanau, Cho & Bengio 2015, A.1.2.
    """
    import numpy as np

    from tutor.engine.attention.scores import additive_hidden

    hidden, w_v = additive_hidden([args.query], [args.key], args.W_q, args.W_k, args.w_v)
    projected = (np.asarray(args.W_q) @ args.query, np.asarray(args.W_k) @ args.key)
    h = hidden[0, 0]
    answer = Term(
        "score",
        msg("score"),
        r"w_v^\top \tanh(W_q q + W_k k)",
        products_tex(w_v, h),
        float(w_v @ h),
    )

    def terms() -> tuple[Term, ...]:
        return (
            sized_term("query_projected", "$W_q q$", "W_q q", projected[0]),
            sized_term("key_projected", "$W_k k$", "W_k k", projected[1]),
            sized_term("hidden", msg("hidden layer"), r"\tanh(W_q q + W_k k)", h),
            answer,
        )

    return number_worked(
        "additive_score",
        args,
        answer,
        terms=terms,
        lines=lambda: _lines(projected, h, answer),
        mistakes=lambda: _mistakes(args, projected, h),
    )


def _lines(projected: tuple[Row, Row], hidden: Row, answer: Term) -> Iterator[Message]:
    yield msg(
        r"The query becomes $W_q q = \val{query}$, the key $W_k k = \val{key}$: both of one size.",
        query=row_tex(projected[0]),
        key=row_tex(projected[1]),
    )
    yield msg(
        r"Added, and passed through tanh, they give $\tanh \val{sum} = \val{hidden}$.",
        sum=row_tex(projected[0] + projected[1]),
        hidden=row_tex(hidden),
    )
    yield msg(
        r"The dot product with $w_v$ gives one number: $\val{sum} = \val{score:.4g}$.",
        sum=Markdown(answer.substituted),
        score=answer.value,
    )


def _mistakes(
    args: AdditiveScoreArguments, projected: tuple[Row, Row], hidden: Row
) -> Iterator[Mistake]:
    import numpy as np

    a_q, a_k = projected
    w_v = np.asarray(args.w_v)
    value = float(w_v @ (a_q + a_k))
    yield Mistake(
        "tanh-forgotten",
        msg(
            r"$\val{value:.4g}$ leaves out the tanh. Without it every query would rank the keys"
            " alike.",
            value=value,
        ),
        value,
    )
    value = float(np.tanh(value))
    yield Mistake(
        "tanh-outside",
        msg(
            r"$\val{value:.4g}$ takes the tanh of the whole score. It comes before $w_v$, entry by"
            " entry.",
            value=value,
        ),
        value,
    )
    value = float(w_v @ (np.tanh(a_q) + np.tanh(a_k)))
    yield Mistake(
        "tanh-of-each",
        msg(
            r"$\val{value:.4g}$ takes the tanh of query and key apart. They are added first.",
            value=value,
        ),
        value,
    )
    value = float(hidden.sum())
    yield Mistake(
        "vector-forgotten",
        msg(
            r"$\val{value:.4g}$ just adds the entries after the tanh. The vector $w_v$ weights"
            r" them.",
            value=value,
        ),
        value,
    )
    value = float(w_v @ (a_q * a_k))
    yield Mistake(
        "multiplied-not-added",
        msg(
            r"$\val{value:.4g}$ multiplies the projections. The additive score adds them.",
            value=value,
        ),
        value,
    )
    if len(args.query) == len(args.key):
        value = float(np.dot(args.query, args.key))
        yield Mistake(
            "dot-product-instead",
            msg(
                r"$\val{value:.4g}$ is the dot product of query and key. The additive score is a"
                " small network.",
                value=value,
            ),
            value,
        )
