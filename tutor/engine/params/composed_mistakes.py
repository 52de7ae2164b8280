"""What people count wrongly in a composed model, likeliest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tutor.engine.error import EngineError
from tutor.engine.params.model_count import LayerCount, ModelCount, count_model
from tutor.engine.params.model_line import Given, LayerSpec
from tutor.engine.params.phrases import times_batch, times_steps
from tutor.engine.worked import Mistake
from tutor.text.message import msg

LIFTED = 3  # of each layer's own mistakes, the likeliest
FEW = 8  # layers; in longer models nobody forgets just one of those between


def composed_mistakes(
    model: ModelCount,
    specs: Sequence[LayerSpec],
    *,
    seq_len: int | None = None,
    batch_size: int | None = None,
) -> Iterator[Mistake]:
    """Yield the misconceptions that apply to the model.

    Those of single layers are left out where another mistake has the same value: two layers
    that are alike have it in common whatever the sizes, so it is no accident of these.
    """
    shared = [
        *_embedding(model),
        *_tied(model),
        *_forgotten(model, model.counted[-1:], "output-layer-forgotten"),
        *_biases(model, specs),
    ]
    yield from shared
    taken = {model.total, *(mistake.value for mistake in shared)}
    for mistake in (*_own(model), *_between(model)):
        if mistake.value not in taken:
            taken.add(mistake.value)
            yield mistake
    if seq_len is not None:
        yield times_steps(model.total, seq_len)
    if batch_size is not None:
        yield times_batch(model.total, batch_size)


def _between(model: ModelCount) -> Iterator[Mistake]:
    if len(model.counted) > FEW:
        return
    for layer in model.counted[:-1]:
        if layer.kind.name != "embedding":
            yield from _forgotten(model, [layer], f"layer-{layer.place.number}-forgotten")


def _embedding(model: ModelCount) -> Iterator[Mistake]:
    embeddings = [layer for layer in model.counted if layer.kind.name == "embedding"]
    if embeddings and len(embeddings) < len(model.counted):
        count = sum(layer.count for layer in embeddings)
        yield Mistake(
            "embedding-forgotten",
            msg(
                r"{value:,} leaves the embedding out: $\val{total:,} - \val{count:,}$."
                " Its table has a row for every word, and is learned like any weight.",
                value=model.total - count,
                total=model.total,
                count=count,
            ),
            model.total - count,
        )


def _tied(model: ModelCount) -> Iterator[Mistake]:
    shared = model.untied - model.total
    if shared:
        yield Mistake(
            "tied-counted-twice",
            msg(
                r"{value:,} counts shared weights twice: $\val{total:,} + \val{shared:,}$."
                " What is tied is one tensor, used in two places.",
                value=model.untied,
                total=model.total,
                shared=shared,
            ),
            model.untied,
        )


def _forgotten(model: ModelCount, layers: Sequence[LayerCount], name: str) -> Iterator[Mistake]:
    if len(model.counted) < 2:
        return
    counted = {term.id for term in model.terms}
    for layer in layers:
        own = sum(term.count for term in layer.terms if term.id in counted)
        if not own:  # all of it is shared
            continue
        yield Mistake(
            name,
            msg(
                r"{value:,} leaves out layer {number:,}, `{layer}`:"
                r" $\val{total:,} - \val{own:,}$. It has parameters like any other.",
                value=model.total - own,
                number=layer.place.number,
                layer=layer.place.text,
                total=model.total,
                own=own,
            ),
            model.total - own,
        )


def _biases(model: ModelCount, specs: Sequence[LayerSpec]) -> Iterator[Mistake]:
    """Yield the mistake of leaving out the biases of all layers that may be without."""
    without = [_unbiased(spec, layer) for spec, layer in _pairs(model, specs)]
    if sum(spec is not None for spec in without) < 2:
        return  # one layer's biases are its own mistake
    changed = [
        given if spec is None else spec
        for spec, (given, _) in zip(without, _pairs(model, specs), strict=True)
    ]
    try:
        bare = count_model(changed, (), model.convention)
    except EngineError:
        return
    value = bare.untied - (model.untied - model.total)
    yield Mistake(
        "no-bias",
        msg(
            r"{value:,} leaves the biases out, in every layer:"
            r" $\val{total:,} - \val{biases:,}$.",
            value=value,
            total=model.total,
            biases=model.total - value,
        ),
        value,
    )


def _pairs(model: ModelCount, specs: Sequence[LayerSpec]) -> Iterator[tuple[LayerSpec, LayerCount]]:
    layers = iter(model.layers)
    for spec in specs:
        if spec.name.lower().rpartition(".")[2] != "input":
            yield spec, next(layers)


def _unbiased(spec: LayerSpec, layer: LayerCount) -> LayerSpec | None:
    """Return the layer without biases, if it has some and may have none."""
    if getattr(layer.args, "bias", False) is False or layer.worked is None:
        return None
    named = layer.kind.arguments(spec, layer.place) | {"bias": False}
    return replace(spec, given=tuple(Given(name, value) for name, value in named.items()))


def _own(model: ModelCount) -> Iterator[Mistake]:
    """Yield the likeliest mistakes of each layer, with the value that the model gets by them."""
    if len(model.counted) > FEW:
        return
    named = {"no-bias"}  # of the whole model
    sharing = {term.id for one in model.shared for term in (one.kept, one.left_out)}
    for layer in model.counted:
        if any(term.id in sharing for term in layer.terms):
            continue  # what is saved by sharing would be counted wrongly too
        own = () if layer.worked is None else layer.worked.mistakes
        for mistake in own[:LIFTED]:
            value = model.total - layer.count + int(mistake.value)
            number = layer.place.number
            name = f"{mistake.id}-{number}" if mistake.id in named else mistake.id
            named.add(mistake.id)
            yield Mistake(
                name,
                msg(
                    "{value:,} counts layer {number:,}, `{layer}`, wrongly: {why}",
                    value=value,
                    number=number,
                    layer=layer.place.text,
                    why=mistake.message,
                ),
                value,
            )
