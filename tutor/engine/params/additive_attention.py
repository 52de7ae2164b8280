"""Parameters of additive attention."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tutor.engine.arguments import Arguments, Size
from tutor.engine.error import EngineError
from tutor.engine.params.answer import params_worked
from tutor.engine.params.phrases import closing_lines, times_batch, times_steps
from tutor.engine.params.tensor import tensor
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Solution, Term, Variant, Worked
from tutor.text.message import Message, msg


class AdditiveAttentionParams(Arguments):
    """Argument names of Dive into Deep Learning; `bias` gives all three layers biases.

    `seq_len`, the number of keys, and `batch_size` change nothing; naming them lets the answer
    name the mistake of multiplying by them.
    """

    query_size: Size
    key_size: Size
    num_hiddens: Size
    bias: bool = False
    convention: Literal["pytorch", "keras", "textbook"] = "pytorch"
    seq_len: Size | None = None
    batch_size: Size | None = None


@register("additive_attention_params", AdditiveAttentionParams)
def additive_attention_params(args: AdditiveAttentionParams) -> Worked:
    """Count the parameters of the score vᵀ tanh(W_q q + W_k k): a(q + k) + a.

    Source: Bahdanau et al. 2015; Dive into Deep Learning 11.3 (PyTorch, without biases).
    `keras.layers.AdditiveAttention` adds query and key as they are and learns only a scale.

    Raises:
        EngineError: for Keras, sizes that differ, or biases.
    """
    q, k, a = args.query_size, args.key_size, args.num_hiddens
    if args.convention == "keras":
        for name, size in (("key_size", k), ("num_hiddens", a)):
            if size != q:
                raise EngineError(
                    msg(
                        "`{name}` is `{size}`, but `query_size` is {q:,}.",
                        name=name,
                        size=size,
                        q=q,
                    ),
                    msg(
                        "The additive attention of Keras adds query and key as they are: all sizes"
                        " are equal."
                    ),
                    argument=name,
                )
        if args.bias:
            raise EngineError(
                msg("`bias` is `true`, but the additive attention of Keras has none."),
                msg("Leave `bias` out, or choose another convention."),
                argument="bias",
            )
    solution = AdditiveAttentionSolution(args)
    return params_worked("additive_attention_params", solution.total, solution)


@dataclass(frozen=True, slots=True)
class AdditiveAttentionSolution(Solution):
    """How the count of an additive score comes about."""

    args: AdditiveAttentionParams

    @property
    def total(self) -> int:
        """The count."""
        return self.args.num_hiddens if self.args.convention == "keras" else self.projected

    @property
    def projected(self) -> int:
        """The count where query and key are projected."""
        a = self.args.num_hiddens
        biases = 2 * a + 1 if self.args.bias else 0
        return a * (self.args.query_size + self.args.key_size) + a + biases

    def formula(self) -> str:
        """Return the count in symbols."""
        if self.args.convention == "keras":
            return "a"
        return "a(q + k + 2) + a + 1" if self.args.bias else "a(q + k) + a"

    def substituted(self) -> str:
        """Return the count in numbers."""
        q, k, a = self.args.query_size, self.args.key_size, self.args.num_hiddens
        if self.args.convention == "keras":
            return f"{a:,}"
        if self.args.bias:
            return rf"{a:,} \cdot ({q:,} + {k:,} + 2) + {a:,} + 1"
        return rf"{a:,} \cdot ({q:,} + {k:,}) + {a:,}"

    def terms(self) -> Iterator[Term]:
        """Return the two projections and the vector that makes a score."""
        args = self.args
        a = ("a", args.num_hiddens)
        if args.convention == "keras":
            yield tensor("w_v", "scale", a)
            return
        sides = (("q", args.query_size), ("k", args.key_size))
        if args.convention == "textbook":
            for side, size in sides:
                yield tensor(f"W_{side}", f"W_{side}", a, (side, size))
                if args.bias:
                    yield tensor(f"b_{side}", f"b_{side}", a)
            yield tensor("w_v", "v", a)
            if args.bias:
                yield tensor("b_v", "b_v", ("1", 1))
            return
        for side, size in sides:
            yield tensor(f"W_{side}", f"W_{side}.weight", a, (side, size))
            if args.bias:
                yield tensor(f"b_{side}", f"W_{side}.bias", a)
        yield tensor("w_v", "w_v.weight", ("1", 1), a)
        if args.bias:
            yield tensor("b_v", "w_v.bias", ("1", 1))

    def lines(self) -> Iterator[Message]:
        """Return what each part takes, and the total."""
        args = self.args
        q, k, a = args.query_size, args.key_size, args.num_hiddens
        if args.convention == "keras":
            yield msg(
                "Query and key are added as they are; each of the {a:,} sums gets a scale, which is"
                " all that is learned.",
                a=a,
            )
        else:
            yield msg(
                r"$W_q$ and $W_k$ take query and key to {a:,} hidden values:"
                r" $\val{a:,} \cdot \val{q:,} = \val{wq:,}$ and"
                r" $\val{a:,} \cdot \val{k:,} = \val{wk:,}$ weights.",
                a=a,
                q=q,
                k=k,
                wq=a * q,
                wk=a * k,
            )
            yield msg("The vector $v$ makes them one score: {a:,} weights.", a=a)
            if args.bias:
                yield msg(
                    "Biases: one for every hidden value in both projections, and one for the score:"
                    r" $2 \cdot \val{a:,} + 1 = \val{count:,}$.",
                    a=a,
                    count=2 * a + 1,
                )
        yield from closing_lines(self.formula(), self.substituted(), self.total)

    def mistakes(self) -> Iterator[Mistake]:
        """Return what people count wrongly."""
        args, total = self.args, self.total
        if args.convention == "keras":
            yield Mistake(
                "projections-counted",
                msg(
                    "{value:,} counts two projections as well. The additive attention of Keras has"
                    " none: it adds query and key as they are.",
                    value=self.projected,
                ),
                self.projected,
            )
        else:
            yield from self._projected()
        if args.seq_len is not None:
            yield times_steps(total, args.seq_len)
        if args.batch_size is not None:
            yield times_batch(total, args.batch_size)

    def _projected(self) -> Iterator[Mistake]:
        args, total = self.args, self.total
        q, k, a = args.query_size, args.key_size, args.num_hiddens
        yield Mistake(
            "score-vector-forgotten",
            msg(
                "{value:,} stops at the hidden values. A vector $v$ of {a:,} weights makes them"
                " one score.",
                value=total - a,
                a=a,
            ),
            total - a,
        )
        if args.bias:
            yield Mistake(
                "no-bias",
                msg(
                    r"{value:,} leaves the biases out: $\val{total:,} - 2 \cdot \val{a:,} - 1$."
                    " Here each of the three layers has them.",
                    value=total - 2 * a - 1,
                    total=total,
                    a=a,
                ),
                total - 2 * a - 1,
            )
        else:
            yield Mistake(
                "biases-counted",
                msg(
                    r"{value:,} includes biases: $\val{total:,} + 2 \cdot \val{a:,} + 1$."
                    " This score is built without them.",
                    value=total + 2 * a + 1,
                    total=total,
                    a=a,
                ),
                total + 2 * a + 1,
            )
        yield Mistake(
            "one-projection",
            msg(
                "{value:,} projects the query only. The key has a matrix of its own,"
                r" $\val{a:,} \cdot \val{k:,}$.",
                value=total - a * k,
                a=a,
                k=k,
            ),
            total - a * k,
        )
        yield Mistake(
            "as-bilinear",
            msg(
                r"{value:,} is one matrix between query and key: $\val{q:,} \cdot \val{k:,}$."
                " That is the general score of Luong; the additive one has two matrices and"
                " a vector.",
                value=q * k,
                q=q,
                k=k,
            ),
            q * k,
        )

    def variants(self) -> Iterator[Variant]:
        """Return the count under every convention that has such a score."""
        why = msg("Query and key have a projection each.")
        args = self.args
        yield Variant("pytorch", "PyTorch (d2l)", self.projected, why)
        if args.query_size == args.key_size == args.num_hiddens and not args.bias:
            only = msg("Query and key are added as they are; only a scale is learned.")
            yield Variant("keras", "Keras", args.num_hiddens, only)
        yield Variant("textbook", msg("textbook"), self.projected, why)
