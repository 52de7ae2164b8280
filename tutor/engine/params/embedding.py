"""Parameters of an embedding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.engine.arguments import Arguments, Convention, Size
from tutor.engine.params.answer import params_worked
from tutor.engine.params.conventions import LABELS
from tutor.engine.params.phrases import closing_lines, times_batch, times_steps
from tutor.engine.params.tensor import tensor
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Solution, Term, Variant, Worked
from tutor.text.message import Message, msg

_TABLE: dict[Convention, str] = {
    "pytorch": "weight",
    "keras": "embeddings",
    "textbook": "E",
    "flax": "embedding",
    "onnx": "data",  # of a Gather node
}


class EmbeddingParams(Arguments):
    """PyTorch's argument names; `max_len` adds learned positions, a vector for each.

    `seq_len` and `batch_size` change nothing; naming them lets the answer name the mistake of
    multiplying by them.
    """

    num_embeddings: Size
    embedding_dim: Size
    max_len: Size | None = None
    convention: Convention = "pytorch"
    seq_len: Size | None = None
    batch_size: Size | None = None


@register("embedding_params", EmbeddingParams)
def embedding_params(args: EmbeddingParams) -> Worked:
    """Count the parameters of an embedding: V · d, and n · d for n learned positions.

    Source: `torch.nn.Embedding`, `keras.layers.Embedding`, `flax.linen.Embed` and the ONNX
    operator Gather, which agree; learned positions as in Gehring et al. 2017 and GPT-2.
    """
    solution = EmbeddingSolution(args)
    return params_worked("embedding_params", solution.total, solution)


@dataclass(frozen=True, slots=True)
class EmbeddingSolution(Solution):
    """How the count of an embedding comes about."""

    args: EmbeddingParams

    @property
    def total(self) -> int:
        """The count."""
        return (self.args.num_embeddings + (self.args.max_len or 0)) * self.args.embedding_dim

    def formula(self) -> str:
        """Return the count in symbols."""
        return "V d" if self.args.max_len is None else "V d + n d"

    def substituted(self) -> str:
        """Return the count in numbers."""
        d = self.args.embedding_dim
        rows = (self.args.num_embeddings, self.args.max_len)
        return " + ".join(rf"{n:,} \cdot {d:,}" for n in rows if n is not None)

    def terms(self) -> Iterator[Term]:
        """Return the tables."""
        args = self.args
        name, width = _TABLE[args.convention], ("d", args.embedding_dim)
        if args.max_len is None:
            yield tensor("E", name, ("V", args.num_embeddings), width)
            return
        dot = "." if args.convention in {"pytorch", "onnx"} else "/"
        names = (f"token{dot}{name}", f"position{dot}{name}")
        if args.convention == "textbook":
            names = ("E", "P")
        tables = [
            tensor("E", names[0], ("V", args.num_embeddings), width),
            tensor("P", names[1], ("n", args.max_len), width),
        ]
        # Flax's tensors are sorted by name, as JAX lists a tree
        yield from reversed(tables) if args.convention == "flax" else tables

    def lines(self) -> Iterator[Message]:
        """Return what a row is, how many there are, and the total."""
        args = self.args
        yield msg(
            "Each of the {count:,} entries of the vocabulary has a vector of size {d:,}; looking it"
            r" up takes no other weights: $V d = \val{count:,} \cdot \val{d:,} = \val{share:,}$.",
            count=args.num_embeddings,
            d=args.embedding_dim,
            share=args.num_embeddings * args.embedding_dim,
        )
        if args.max_len is not None:
            yield msg(
                "Each of the {count:,} positions has a learned vector of that size too:"
                r" $n d = \val{count:,} \cdot \val{d:,} = \val{share:,}$.",
                count=args.max_len,
                d=args.embedding_dim,
                share=args.max_len * args.embedding_dim,
            )
        yield from closing_lines(self.formula(), self.substituted(), self.total)

    def mistakes(self) -> Iterator[Mistake]:
        """Return what people count wrongly."""
        args, total = self.args, self.total
        v, d = args.num_embeddings, args.embedding_dim
        yield Mistake(
            "vocabulary-squared",
            msg(
                r"{value:,} is $V^2$: a row as long as the vocabulary for each of its entries."
                " A row has only {d:,} values, and that is what an embedding is for.",
                value=v * v,
                d=d,
            ),
            v * v,
        )
        if args.max_len is not None:
            yield Mistake(
                "positions-forgotten",
                msg(
                    "{value:,} leaves out the learned positions: they have a table of their own,"
                    r" $\val{n:,} \cdot \val{d:,}$.",
                    value=v * d,
                    n=args.max_len,
                    d=d,
                ),
                v * d,
            )
        yield Mistake(
            "biases-counted",
            msg(
                r"{value:,} adds a bias for every value of a vector: $\val{total:,} + \val{d:,}$."
                " An embedding is looked up, and has none.",
                value=total + d,
                total=total,
                d=d,
            ),
            total + d,
        )
        yield Mistake(
            "bias-per-entry",
            msg(
                "{value:,} adds a bias for every entry of the vocabulary:"
                r" $\val{total:,} + \val{v:,}$. An embedding is looked up, and has none.",
                value=total + v,
                total=total,
                v=v,
            ),
            total + v,
        )
        yield Mistake(
            "sizes-added",
            msg(
                r"{value:,} adds the two sizes: $\val{v:,} + \val{d:,}$."
                " Every entry has a whole vector, so they are multiplied.",
                value=v + d,
                v=v,
                d=d,
            ),
            v + d,
        )
        if args.seq_len is not None:
            if args.max_len is None:
                yield Mistake(
                    "positions-counted",
                    msg(
                        "{value:,} adds a vector for each of {steps:,} positions:"
                        r" $\val{total:,} + \val{steps:,} \cdot \val{d:,}$."
                        " This embedding knows tokens only.",
                        value=total + args.seq_len * d,
                        steps=args.seq_len,
                        total=total,
                        d=d,
                    ),
                    total + args.seq_len * d,
                )
            yield times_steps(total, args.seq_len)
        if args.batch_size is not None:
            yield times_batch(total, args.batch_size)

    def variants(self) -> Iterator[Variant]:
        """Return the count under every convention."""
        why = msg("One row for every entry.")
        for convention, label in LABELS.items():
            yield Variant(convention, label, self.total, why)
