"""A model like GPT-2 to be counted: the parts that its sizes lead to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from tutor.engine.params.addends import Addends, Part
from tutor.engine.params.block import layer_count, norm_count
from tutor.engine.params.polynomial import Polynomial
from tutor.engine.params.text_model import TextModel
from tutor.engine.params.weight import Weight, conv1d, norm, owned, table


class GptModel(TextModel):
    """A decoder without the attention to an encoder, and a last layer norm."""

    @property
    def total(self) -> int:
        """All parameters."""
        d = self.d
        rows = self.vocabulary * (1 if self.tied else 2) + self.positions
        return rows * d + self.layers * layer_count(d, self.inner) + norm_count(d)

    @cached_property
    def addends(self) -> Addends:
        """The count by part."""
        d = self.layer.width
        parts: dict[str, Part] = {
            "words": (1, self.words * d),
            "positions": (1, self.places * d),
            "layers": (self.times, self.layer.addends.polynomial),
            "norm": (1, norm_count(d)),
        }
        if not self.tied:
            parts["output"] = (1, self.words * d)
        return Addends(parts)

    def tensors(self) -> Iterator[Weight]:
        """Yield every weight tensor as GPT-2 has it, those of repeated layers once."""
        d = self.layer.width
        yield from table("wte", self.words, d)
        yield from table("wpe", self.places, d)
        yield from owned("h.*.", _layer_tensors(d, self.layer.inner), self.times)
        yield from norm("ln_f", d)
        if not self.tied:
            yield from table("lm_head", self.words, d)


def _layer_tensors(d: Polynomial, f: Polynomial) -> Iterator[Weight]:
    yield from norm("ln_1", d)
    yield from conv1d("attn.c_attn", d, 3 * d)
    yield from conv1d("attn.c_proj", d, d)
    yield from norm("ln_2", d)
    yield from conv1d("mlp.c_fc", d, f)
    yield from conv1d("mlp.c_proj", f, d)
