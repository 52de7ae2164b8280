"""Parameters of an encoder like BERT."""

from __future__ import annotations

from collections.abc import Iterator

from tutor.engine.arguments import Arguments, Size
from tutor.engine.error import EngineError
from tutor.engine.heads import head_width
from tutor.engine.params.answer import params_worked
from tutor.engine.params.bert_mistakes import bert_mistakes
from tutor.engine.params.bert_model import BertModel
from tutor.engine.params.text_solution import TextSolution
from tutor.engine.registry import register
from tutor.engine.worked import Mistake, Worked
from tutor.text.message import Message, msg


class BertParams(Arguments):
    """Arguments of `bert_params`: those of `BertConfig`, with BERT-base as their default.

    `mlm_head` adds the head of `BertForMaskedLM`, whose output layer `tie_word_embeddings`
    lets share the embeddings. `add_pooling_layer` None is as Hugging Face builds it: a pooler,
    but none under that head.
    """

    vocab_size: Size = 30522
    hidden_size: Size = 768
    num_hidden_layers: Size = 12
    num_attention_heads: Size = 12
    intermediate_size: Size = 3072
    max_position_embeddings: Size = 512
    type_vocab_size: Size = 2
    add_pooling_layer: bool | None = None
    mlm_head: bool = False
    tie_word_embeddings: bool = True


@register("bert_params", BertParams)
def bert_params(args: BertParams) -> Worked:
    """Count the parameters of a model like BERT.

    Vd + nd + sd + 2d + L(4d² + 2df + 9d + f), and d² + d with a pooler. With its defaults,
    BERT-base, these are 109,482,240. Under the head, an output layer that is not tied brings
    Vd + V of its own: its biases and the head's V are both counted, as Hugging Face builds both
    (transformers 5.24).

    Source: Devlin et al. 2019 and the configuration of Hugging Face's `BertModel`.

    Raises:
        EngineError: heads that do not divide the width, or untied embeddings without a head.
    """
    head_width("hidden_size", args.hidden_size, "num_attention_heads", args.num_attention_heads)
    if not (args.tie_word_embeddings or args.mlm_head):
        raise EngineError(
            msg("`tie_word_embeddings` is `false`, but there is no head to tie."),
            msg("Set `mlm_head` to `true`, or leave `tie_word_embeddings` out."),
            argument="tie_word_embeddings",
        )
    model = BertModel(
        vocabulary=args.vocab_size,
        positions=args.max_position_embeddings,
        types=args.type_vocab_size,
        d=args.hidden_size,
        layers=args.num_hidden_layers,
        heads=args.num_attention_heads,
        f=args.intermediate_size,
        pooler=not args.mlm_head if args.add_pooling_layer is None else args.add_pooling_layer,
        head=args.mlm_head,
        tied=args.tie_word_embeddings,
    )
    return params_worked("bert_params", model.total, BertSolution(model))


class BertSolution(TextSolution[BertModel]):
    """How the count comes about."""

    __slots__ = ()

    def shares(self) -> Iterator[Message]:
        """Return a line on each part."""
        model, parts = self.counted, self.counted.addends
        yield msg(
            "Three tables of embeddings, for word pieces, positions and token types:"
            r" $\val{formula} = \val{sum} = \val{count:,}$.",
            **parts.only("words", "positions", "types").words,
        )
        yield msg(
            r"A layer norm on their sum: $\val{formula} = \val{sum} = \val{count:,}$.",
            **parts.only("norm").words,
        )
        yield from self.layer_lines()
        if model.pooler:
            yield msg(
                "The pooler is a linear layer on the first token:"
                r" $\val{formula} = \val{sum} = \val{count:,}$.",
                **parts.only("pooler").words,
            )
        if model.head:
            yield msg(
                "The head for masked words has a linear layer, a layer norm and a bias for each"
                r" word piece: $\val{formula} = \val{sum} = \val{count:,}$.",
                **parts.only("head").words,
            )
            if model.tied:
                yield msg(
                    "The output layer is the table of the embeddings again: no more parameters."
                )
            else:
                yield msg(
                    "Not tied to the embeddings, its output layer has weights and biases of its"
                    r" own: $\val{formula} = \val{sum} = \val{count:,}$.",
                    **parts.only("output").words,
                )

    def mistakes(self) -> Iterator[Mistake]:
        """Return what people count wrongly."""
        return bert_mistakes(self.counted)
