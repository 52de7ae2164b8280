"""What people count wrongly in a recurrent layer, likeliest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tutor.engine.params.layer import Layer
from tutor.engine.params.phrases import times_batch, times_steps
from tutor.engine.params.stack import Stack
from tutor.engine.params.stack_mistakes import miscount, stack_mistakes
from tutor.engine.worked import Mistake
from tutor.text.message import Message, msg


def recurrent_mistakes(layer: Layer) -> tuple[Mistake, ...]:
    """Return the misconceptions that apply to the layer.

    The order is how likely people are to fall for them: the number of blocks, the biases,
    further layers and directions, the projection, time and batch, a weight matrix left out,
    and what only small layers are asked about.
    """
    return (
        *_blocks(layer),
        *_biases(layer),
        *stack_mistakes(layer.stack),
        *_time_and_batch(layer),
        *_matrices(layer.stack),
        *_extras(layer),
    )


def _blocks(layer: Layer) -> Iterator[Mistake]:
    stack = layer.stack
    match layer.cell:
        case "rnn":
            yield miscount(
                "as-lstm",
                replace(stack, blocks=4),
                msg(
                    r"{value:,} counts four blocks, as in an LSTM: $\val{sum}$."
                    " A simple RNN has no gates: one block."
                ),
            )
        case "gru":
            yield miscount(
                "two-blocks",
                replace(stack, blocks=2, own_biases=0),
                msg(
                    r"{value:,} is two blocks: $\val{sum}$."
                    " The GRU has two gates *and* a candidate: three blocks."
                ),
            )
            yield miscount(
                "as-lstm",
                replace(stack, blocks=4, own_biases=0),
                msg(
                    r"{value:,} counts four blocks, as in an LSTM: $\val{sum}$."
                    " The GRU has two gates and a candidate: three blocks."
                ),
            )
        case "lstm":
            yield miscount(
                "three-blocks",
                replace(stack, blocks=3),
                msg(
                    r"{value:,} is three blocks: $\val{sum}$."
                    " The LSTM has three gates *and* a candidate: four blocks."
                ),
            )


def _biases(layer: Layer) -> Iterator[Mistake]:
    stack = layer.stack
    if not stack.biases:
        yield miscount(
            "biases-counted",
            replace(stack, biases=layer.default_biases),
            msg(r"{value:,} includes biases: $\val{sum}$. This layer is built without them."),
        )
        return
    if stack.own_biases:
        yield from _own_bias(stack)
        without = msg(r"{value:,} leaves the biases out: $\val{sum}$. Every row has one or two.")
    elif stack.biases == 2:
        yield miscount("one-bias", replace(stack, biases=1), _one_bias(layer))
        without = msg(
            r"{value:,} leaves the biases out: $\val{sum}$."
            " Two are added to every row."
        )
    else:
        yield miscount("two-biases", replace(stack, biases=2), _two_biases(layer))
        without = msg(
            r"{value:,} leaves the biases out: $\val{sum}$."
            " One is added to every row."
        )
    yield miscount("no-bias", replace(stack, biases=0, own_biases=0), without)
    if stack.peepholes:
        yield miscount(
            "peepholes-forgotten",
            replace(stack, peepholes=0),
            msg(
                r"{value:,} leaves the peepholes out: $\val{sum}$. Each gate also has {h:,} weights"
                " that look at the cell state, $3h$ in each layer and direction.",
                h=stack.h,
            ),
        )


def _own_bias(stack: Stack) -> Iterator[Mistake]:
    yield miscount(
        "one-bias",
        replace(stack, own_biases=0),
        msg(
            r"{value:,} has one bias for each row, as in the textbook: $\val{sum}$."
            " In Flax the candidate has two: one of them is scaled by the reset gate."
        ),
    )
    yield miscount(
        "two-biases",
        replace(stack, biases=2, own_biases=0),
        msg(
            r"{value:,} has two biases for each row, as in PyTorch: $\val{sum}$."
            " In Flax only the candidate has two, the gates have one."
        ),
    )


def _one_bias(layer: Layer) -> Message:
    if layer.convention == "keras":
        return msg(
            r"{value:,} has one bias for each row, as with `reset_after=False`: $\val{sum}$."
            " With `reset_after=True` the Keras GRU has two."
        )
    if layer.convention == "onnx":
        return msg(
            r"{value:,} has one bias for each row, as in the textbook: $\val{sum}$."
            " ONNX keeps two, side by side in `B`."
        )
    if layer.cell == "gru":
        return msg(
            r"{value:,} has one bias for each row, as in the textbook: $\val{sum}$."
            " PyTorch keeps two, `bias_ih` and `bias_hh`."
        )
    if layer.stack.p:
        return msg(
            r"{value:,} has one bias for each row, as in the textbook: $\val{sum}$."
            " PyTorch keeps two, `bias_ih` and `bias_hh`."
        )
    return msg(
        r"{value:,} has one bias for each row, as in Keras: $\val{sum}$."
        " PyTorch keeps two, `bias_ih` and `bias_hh`."
    )


def _two_biases(layer: Layer) -> Message:
    if layer.convention == "textbook":
        return msg(
            r"{value:,} has two biases for each row, as in PyTorch: $\val{sum}$."
            " The textbook formula has one."
        )
    if layer.convention == "flax":
        return msg(
            r"{value:,} has two biases for each row, as in PyTorch: $\val{sum}$. Flax has one."
        )
    if layer.cell == "gru":
        return msg(
            r"{value:,} has two biases for each row, as with `reset_after=True`: $\val{sum}$."
            " With `reset_after=False` the Keras GRU has one."
        )
    return msg(r"{value:,} has two biases for each row, as in PyTorch: $\val{sum}$. Keras has one.")


def _time_and_batch(layer: Layer) -> Iterator[Mistake]:
    total = layer.stack.total
    if layer.seq_len is not None:
        yield times_steps(total, layer.seq_len)
    if layer.batch_size is not None:
        yield times_batch(total, layer.batch_size)


def _matrices(stack: Stack) -> Iterator[Mistake]:
    if not stack.is_simple:
        return
    yield miscount(
        "no-recurrent-weights",
        replace(stack, fed_back=0),
        msg(
            r"{value:,} leaves out the recurrent weights: $\val{sum}$."
            " Each row also has a weight for every hidden unit."
        ),
    )
    yield miscount(
        "no-input-weights",
        replace(stack, d=0),
        msg(
            r"{value:,} leaves out the input weights: $\val{sum}$."
            " Each row also has a weight for every input."
        ),
    )
    yield miscount(
        "sizes-swapped",
        replace(stack, d=stack.h, h=stack.d),
        msg(
            r"{value:,} swaps the two sizes: $\val{sum}$."
            r" There is a row for every *hidden* unit, and $h = \val{h:,}$.",
            h=stack.h,
        ),
    )


def _extras(layer: Layer) -> Iterator[Mistake]:
    stack = layer.stack
    if layer.cell == "lstm":
        yield miscount(
            "cell-as-block",
            replace(stack, blocks=5),
            msg(
                r"{value:,} is five blocks: $\val{sum}$."
                " The cell state is a value that is passed on, not a fifth block of weights."
            ),
        )
    if not stack.is_simple:
        return
    d, h, total = stack.d, stack.h, stack.total
    weights = total - stack.bias_vectors * h
    if layer.cell != "rnn" and stack.biases:  # an RNN's biases are of size h
        yield Mistake(
            "one-bias-in-all",
            msg(
                r"{value:,} has a single bias vector of {h:,}: $\val{weights:,} + \val{h:,}$."
                " Every block has its own.",
                value=weights + h,
                weights=weights,
                h=h,
            ),
            weights + h,
        )
    if stack.biases:
        sized_as_input = stack.bias_vectors * d
        yield Mistake(
            "bias-of-input-size",
            msg(
                r"{value:,} gives the bias vectors the size of the input:"
                r" $\val{weights:,} + \val{biases:,}$. A bias belongs to a row, and a block has"
                r" one for every hidden unit, $h = \val{h:,}$.",
                value=weights + sized_as_input,
                weights=weights,
                biases=sized_as_input,
                h=h,
            ),
            weights + sized_as_input,
        )
    yield from _states(layer)
    if layer.cell == "lstm" and not stack.peepholes:
        yield Mistake(
            "peepholes",
            msg(
                r"{value:,} adds peephole weights: $\val{total:,} + 3 \cdot \val{h:,}$."
                " The standard LSTM has none.",
                value=total + 3 * h,
                total=total,
                h=h,
            ),
            total + 3 * h,
        )


def _states(layer: Layer) -> Iterator[Mistake]:
    h, total = layer.stack.h, layer.stack.total
    if layer.cell == "lstm":
        yield Mistake(
            "states-counted",
            msg(
                r"{value:,} counts the states $h_0$ and $c_0$ as well:"
                r" $\val{total:,} + 2 \cdot \val{h:,}$. States are values, not parameters.",
                value=total + 2 * h,
                total=total,
                h=h,
            ),
            total + 2 * h,
        )
    elif layer.cell == "gru" or layer.default_biases == 2:  # elsewhere: an RNN's second bias
        yield Mistake(
            "states-counted",
            msg(
                r"{value:,} counts the state $h_0$ as well: $\val{total:,} + \val{h:,}$."
                " A state is a value, not a parameter.",
                value=total + h,
                total=total,
                h=h,
            ),
            total + h,
        )
