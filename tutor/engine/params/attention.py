"""Parameters of multi-head attention."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import BeforeValidator

from tutor.engine.arguments import Arguments, Size, refused
from tutor.engine.error import EngineError
from tutor.engine.heads import head_width
from tutor.engine.params.addends_solution import AddendsSolution
from tutor.engine.params.answer import params_worked
from tutor.engine.params.attention_mistakes import attention_mistakes
from tutor.engine.params.attention_sizes import AttentionConvention, AttentionSizes
from tutor.engine.params.attention_tensors import attention_tensors
from tutor.engine.params.weight import Weight
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Variant, Worked
from tutor.text.message import Message, msg

# arguments that only some conventions have
_OWN: dict[str, tuple[AttentionConvention, ...]] = {
    "key_dim": ("keras", "textbook"),
    "value_dim": ("keras", "textbook"),
    "output_shape": ("keras",),
    "qkv_features": ("flax",),
    "out_features": ("flax",),
}


def _not_onnx(value: object) -> object:
    if value == "onnx":
        raise refused(
            msg(
                "The ONNX operator `Attention` has no parameters: it takes queries, keys and"
                " values that are already projected."
            ),
            msg("The projections around it are `MatMul` nodes; count them as dense layers."),
        )
    return value


class AttentionParams(Arguments):
    """Arguments of `attention_params`, with the names of each framework.

    `key_dim`, `value_dim` (of each head) and `output_shape` are Keras's, `qkv_features` and
    `out_features` Flax's; the paper has the first two, as d_k and d_v. A size that is left
    out is the framework's default; `bias` None is true except in the textbook, as the
    projections of Vaswani et al. 2017 are matrices alone. `seq_len` and `batch_size` change
    nothing; naming them lets the answer name the mistake of counting by them.
    """

    embed_dim: Size
    num_heads: Size
    kdim: Size | None = None
    vdim: Size | None = None
    key_dim: Size | None = None
    value_dim: Size | None = None
    output_shape: Size | None = None
    qkv_features: Size | None = None
    out_features: Size | None = None
    bias: bool | None = None
    convention: Annotated[AttentionConvention, BeforeValidator(_not_onnx)] = "pytorch"
    seq_len: Size | None = None
    batch_size: Size | None = None


@register("attention_params", AttentionParams)
def attention_params(args: AttentionParams) -> Worked:
    """Count the parameters of multi-head attention: 4d² + 4d where the heads share d.

    With keys and values from vectors of sizes k and v it is 2d² + d(k + v) + 4d. Where each
    of h heads has sizes d_k and d_v of its own, as in Keras, it is
    h·d_k(d + 1) + h·d_k(k + 1) + h·d_v(v + 1) + o(h·d_v + 1).

    Source: Vaswani et al. 2017, section 3.2.2; `torch.nn.MultiheadAttention`,
    `keras.layers.MultiHeadAttention` and `flax.linen.MultiHeadDotProductAttention`.

    Raises:
        EngineError: heads that do not divide the width they share, or an argument that the
            convention does not have.
    """
    solution = AttentionSolution(_sizes(args), args)
    return params_worked("attention_params", solution.counted.total, solution)


def _sizes(args: AttentionParams) -> AttentionSizes:
    d, heads, convention = args.embed_dim, args.num_heads, args.convention
    for name, conventions in _OWN.items():
        value = getattr(args, name)
        if value is not None and convention not in conventions:
            raise _foreign(name, value, convention, conventions)
    k, v = args.kdim, args.vdim
    shared: Literal["d", "m"] | None = None
    match convention:
        case "pytorch" | "flax":
            width_name = "embed_dim" if args.qkv_features is None else "qkv_features"
            width = d if args.qkv_features is None else args.qkv_features
            head_width(width_name, width, "num_heads", heads)
            key_width = value_width = width
            shared = "d" if width == d else "m"
            if convention == "flax":  # values come from the keys' vectors if nothing is said
                v = v or k
        case "keras" | "textbook":
            if args.key_dim is None and args.value_dim is None:
                shared = "d"
            key_dim = args.key_dim or head_width("embed_dim", d, "num_heads", heads)
            key_width = heads * key_dim
            value_width = heads * (args.value_dim or key_dim)
            if convention == "keras":  # keys come from the values' vectors if nothing is said
                k = k or v
    return AttentionSizes(
        d=d,
        k=k or d,
        v=v or d,
        heads=heads,
        key_width=key_width,
        value_width=value_width,
        o=args.output_shape or args.out_features or d,
        shared=shared,
        bias=convention != "textbook" if args.bias is None else args.bias,
        convention=convention,
    )


def _foreign(
    name: str, value: int, convention: str, conventions: tuple[AttentionConvention, ...]
) -> EngineError:
    choices = " / ".join(conventions)
    return EngineError(
        msg(
            "`{argument}` is `{value}`, but the convention `{convention}` has no such argument.",
            argument=name,
            value=value,
            convention=convention,
        ),
        msg("Leave `{argument}` out, or choose {choices}.", argument=name, choices=choices),
        argument=name,
    )


@dataclass(frozen=True, slots=True)
class AttentionSolution(AddendsSolution[AttentionSizes]):
    """How the count of attention comes about."""

    args: AttentionParams

    def weights(self) -> Iterator[Weight]:
        """Return every weight tensor."""
        return attention_tensors(self.counted)

    def shares(self) -> Iterator[Message]:
        """Return how the heads are built, and what each projection takes."""
        return _shares(self.counted)

    def mistakes(self) -> Iterator[Mistake]:
        """Return what people count wrongly."""
        return attention_mistakes(self.counted, self.args.seq_len, self.args.batch_size)

    def variants(self) -> Iterator[Variant]:
        """Return the count of the same layer under every convention that can build it."""
        return _variants(self.args, self.counted)


def _shares(sizes: AttentionSizes) -> Iterator[Message]:
    addends = sizes.addends
    if sizes.heads == 1:
        yield msg(
            "One head has queries and keys of size {key_size:,} and values of size {value_size:,}.",
            key_size=sizes.key_size,
            value_size=sizes.value_size,
        )
    elif sizes.shared is None:
        yield msg(
            r"Each of $h = \val{heads:,}$ heads has queries and keys of size"
            r" $d_k = \val{key_size:,}$ and values of size {value_size:,}.",
            heads=sizes.heads,
            key_size=sizes.key_size,
            value_size=sizes.value_size,
        )
    else:
        yield msg(
            "The {heads:,} heads share a width of {width:,}, {each:,} for each;"
            " their number does not change the count.",
            heads=sizes.heads,
            width=sizes.key_width,
            each=sizes.key_size,
        )
    yield msg(
        r"Queries: $\val{formula} = \val{sum} = \val{count:,}$.", **addends.only("query").words
    )
    yield msg(r"Keys: $\val{formula} = \val{sum} = \val{count:,}$.", **addends.only("key").words)
    yield msg(
        r"Values: $\val{formula} = \val{sum} = \val{count:,}$.", **addends.only("value").words
    )
    yield msg(
        "The output projection mixes what the heads found:"
        r" $\val{formula} = \val{sum} = \val{count:,}$.",
        **addends.only("output").words,
    )


def _variants(args: AttentionParams, sizes: AttentionSizes) -> Iterator[Variant]:
    one_width = sizes.key_width == sizes.value_width
    if one_width and sizes.key_width == sizes.o == sizes.d:
        yield Variant(
            "pytorch",
            "PyTorch",
            _under(args, sizes, bias=True),
            msg("The heads share `embed_dim`, so their number does not change the count."),
        )
    yield Variant(
        "keras",
        "Keras",
        _under(args, sizes, bias=True),
        msg("`key_dim` is the size of each head, here {each:,}.", each=sizes.key_size),
    )
    if one_width:
        yield Variant(
            "flax",
            "Flax",
            _under(args, sizes, bias=True),
            msg("The heads share `qkv_features`, here {width:,}.", width=sizes.key_width),
        )
    yield Variant(
        "textbook",
        msg("textbook"),
        _under(args, sizes, bias=False),
        msg("The projections of the paper are matrices, without biases unless asked for."),
    )


def _under(args: AttentionParams, sizes: AttentionSizes, *, bias: bool) -> int:
    return replace(sizes, bias=bias if args.bias is None else args.bias).total
