"""Parameters of fully connected layers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tutor.engine.arguments import Arguments, Convention, LayerSizes, Size
from tutor.engine.params.answer import params_worked
from tutor.engine.params.conventions import LABELS, is_by_column
from tutor.engine.params.phrases import closing_lines, times_batch
from tutor.engine.params.tensor import tensor
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Solution, Term, Variant, Worked
from tutor.text.message import Message, msg
from tutor.text.template import Markdown

WRITTEN_OUT = 6  # layers; of more, the ones between are left out of formulas and steps


class DenseParams(Arguments):
    """Arguments of `dense_params`.

    `layer_sizes` starts with the input and ends with the output: 784, 256, 10 is two layers.
    `batch_size` changes nothing; naming it lets the answer name the mistake of multiplying.
    """

    layer_sizes: LayerSizes
    bias: bool = True
    convention: Convention = "pytorch"
    batch_size: Size | None = None


@register("dense_params", DenseParams)
def dense_params(args: DenseParams) -> Worked:
    """Count the parameters of fully connected layers: (n_in + 1) · n_out each.

    Source: `torch.nn.Linear`, `keras.layers.Dense`, `flax.linen.Dense` and the ONNX operator
    Gemm, which agree on the count.
    """
    solution = DenseSolution(args)
    return params_worked("dense_params", solution.total, solution)


@dataclass(frozen=True, slots=True)
class DenseSolution(Solution):
    """How the count of dense layers comes about."""

    args: DenseParams

    @property
    def total(self) -> int:
        """The count."""
        return sum((n + self.args.bias) * m for n, m in pairwise(self.args.layer_sizes))

    def formula(self) -> str:
        """Return the count in symbols."""
        return _formula(self.args)

    def substituted(self) -> str:
        """Return the count in numbers."""
        return _substituted(self.args.layer_sizes, bias=self.args.bias)

    def terms(self) -> Iterator[Term]:
        """Return every weight tensor."""
        return _tensors(self.args)

    def lines(self) -> Iterator[Message]:
        """Return each layer's share, and the total."""
        return _lines(self.args, self.formula(), self.substituted(), self.total)

    def mistakes(self) -> Iterator[Mistake]:
        """Return what people count wrongly."""
        return _mistakes(self.args, self.total)

    def variants(self) -> tuple[Variant, ...]:
        """Return the count under every convention."""
        return _variants(self.total)


def _tensors(args: DenseParams) -> Iterator[Term]:
    alone = len(args.layer_sizes) == 2
    for i, (n, m) in enumerate(pairwise(args.layer_sizes)):
        reads, gives = (f"n_{{{i}}}", n), (f"n_{{{i + 1}}}", m)
        match args.convention:
            case "pytorch":  # as in a Sequential of these layers
                owner = "" if alone else f"{i}."
                yield tensor(f"W_{i + 1}", f"{owner}weight", gives, reads)
                if args.bias:
                    yield tensor(f"b_{i + 1}", f"{owner}bias", gives)
            case "keras":
                owner = "" if alone else f"dense_{i}/" if i else "dense/"
                yield tensor(f"W_{i + 1}", f"{owner}kernel", reads, gives)
                if args.bias:
                    yield tensor(f"b_{i + 1}", f"{owner}bias", gives)
            case "textbook":
                tag = "" if alone else f"_{i + 1}"
                yield tensor(f"W_{i + 1}", f"W{tag}", gives, reads)
                if args.bias:
                    yield tensor(f"b_{i + 1}", f"b{tag}", gives)
            case "flax":  # sorted by name, as JAX lists a tree
                owner = "" if alone else f"layers_{i}/"
                if args.bias:
                    yield tensor(f"b_{i + 1}", f"{owner}bias", gives)
                yield tensor(f"W_{i + 1}", f"{owner}kernel", reads, gives)
            case "onnx":  # the inputs of a Gemm node
                owner = "" if alone else f"{i}."
                yield tensor(f"W_{i + 1}", f"{owner}B", gives, reads)
                if args.bias:
                    yield tensor(f"b_{i + 1}", f"{owner}C", gives)


def _written_out(layers: int) -> tuple[int, ...]:
    """Return the indices of the layers that formulas write out."""
    if layers <= WRITTEN_OUT:
        return tuple(range(layers))
    return (0, 1, layers - 1)


def _joined(parts: list[str], layers: int) -> str:
    if len(parts) < layers:
        parts = [*parts[:-1], r"\dots", parts[-1]]
    return " + ".join(parts)


def _formula(args: DenseParams) -> str:
    layers = len(args.layer_sizes) - 1
    product = "(n_{{{0}}} + 1) n_{{{1}}}" if args.bias else "n_{{{0}}} n_{{{1}}}"
    return _joined([product.format(i, i + 1) for i in _written_out(layers)], layers)


def _substituted(sizes: tuple[int, ...], *, bias: bool) -> str:
    layers = len(sizes) - 1
    product = r"({0:,} + 1) \cdot {1:,}" if bias else r"{0:,} \cdot {1:,}"
    return _joined([product.format(sizes[i], sizes[i + 1]) for i in _written_out(layers)], layers)


def _lines(args: DenseParams, formula: str, substituted: str, total: int) -> Iterator[Message]:
    sizes = args.layer_sizes
    layers = len(sizes) - 1
    for i in _written_out(layers):
        if i == layers - 1 and layers > WRITTEN_OUT:
            yield msg("The {count:,} layers between are counted alike.", count=layers - 3)
        yield _layer_line(i + 1, sizes[i], sizes[i + 1], bias=args.bias)
    yield from closing_lines(formula, substituted, total)


def _layer_line(number: int, n: int, m: int, *, bias: bool) -> Message:
    if bias:
        return msg(
            "Layer {number:,}, from {n:,} to {m:,}: a weight for every connection, a bias for"
            r" every neuron: $(\val{n:,} + 1) \cdot \val{m:,} = \val{count:,}$.",
            number=number,
            n=n,
            m=m,
            count=(n + 1) * m,
        )
    return msg(
        "Layer {number:,}, from {n:,} to {m:,}: a weight for every connection, no biases:"
        r" $\val{n:,} \cdot \val{m:,} = \val{count:,}$.",
        number=number,
        n=n,
        m=m,
        count=n * m,
    )


def _mistakes(args: DenseParams, total: int) -> Iterator[Mistake]:
    """Yield the misconceptions, the likeliest first."""
    sizes = args.layer_sizes
    layers = len(sizes) - 1
    weights = sum(n * m for n, m in pairwise(sizes))
    if args.bias:
        yield Mistake(
            "no-bias",
            msg(
                r"{value:,} leaves the biases out: $\val{sum}$."
                " Every neuron after the input has one.",
                value=weights,
                sum=Markdown(_substituted(sizes, bias=False)),
            ),
            weights,
        )
    else:
        biased = weights + sum(sizes[1:])
        yield Mistake(
            "biases-counted",
            msg(
                r"{value:,} includes biases: $\val{sum}$. These layers are built without them.",
                value=biased,
                sum=Markdown(_substituted(sizes, bias=True)),
            ),
            biased,
        )
    yield Mistake(
        "neurons-summed",
        msg(
            r"{value:,} is the number of neurons: $\val{sum}$. Parameters belong to the"
            " connections between two layers, so neighbouring sizes are multiplied.",
            value=sum(sizes),
            sum=Markdown(_joined([str(sizes[i]) for i in _written_out(len(sizes))], len(sizes))),
        ),
        sum(sizes),
    )
    if args.bias:
        yield Mistake(
            "input-bias",
            msg(
                r"{value:,} gives the input a bias too: $\val{total:,} + \val{n:,}$."
                " The input is data; biases start with the first layer after it.",
                value=total + sizes[0],
                total=total,
                n=sizes[0],
            ),
            total + sizes[0],
        )
    if layers > 1:
        rest = sum((n + args.bias) * m for n, m in pairwise(sizes[:-1]))
        yield Mistake(
            "output-layer-forgotten",
            msg(
                r"{value:,} stops before the output layer: $\val{sum}$."
                " The layer from {n:,} to {m:,} has parameters like any other.",
                value=rest,
                sum=Markdown(_substituted(sizes[:-1], bias=args.bias)),
                n=sizes[-2],
                m=sizes[-1],
            ),
            rest,
        )
    if args.bias:
        yield Mistake(
            "bias-per-weight",
            msg(
                r"{value:,} has a bias for every weight: $2 \cdot \val{weights:,}$."
                " A neuron has one bias, however many inputs it reads.",
                value=2 * weights,
                weights=weights,
            ),
            2 * weights,
        )
        yield Mistake(
            "one-bias-per-layer",
            msg(
                r"{value:,} has a single bias for a whole layer:"
                r" $\val{weights:,} + \val{layers:,}$. Every neuron has its own.",
                value=weights + layers,
                weights=weights,
                layers=layers,
            ),
            weights + layers,
        )
    if args.batch_size is not None:
        yield times_batch(total, args.batch_size)


def _variants(total: int) -> tuple[Variant, ...]:
    by_row = msg("The weights are stored as outputs × inputs.")
    by_column = msg("The kernel is stored as inputs × outputs.")
    return tuple(
        Variant(convention, label, total, by_column if is_by_column(convention) else by_row)
        for convention, label in LABELS.items()
    )
