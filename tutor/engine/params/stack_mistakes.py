"""What people count wrongly in several layers, two directions or a projection."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from tutor.engine.params.stack import Stack
from tutor.engine.worked import Mistake
from tutor.text.message import Message, msg
from tutor.text.template import Writing


@dataclass(frozen=True, slots=True)
class StackSum(Writing):
    """A stack's count as a sentence writes it in numbers."""

    stack: Stack

    def markdown(self) -> str:
        """Return the sum."""
        return self.stack.substituted


def miscount(name: str, stack: Stack, template: Message) -> Mistake:
    """Return the mistake of counting another stack; the message is given its value and sum."""
    total = stack.total
    values = {**template.values, "value": total, "sum": StackSum(stack)}
    return Mistake(name, Message(template.msgid, values), total)


def stack_mistakes(stack: Stack) -> Iterator[Mistake]:
    """Yield the misconceptions about layers, then directions, then the projection."""
    yield from _layers(stack)
    yield from _directions(stack)
    yield from _projection(stack)


def _layers(stack: Stack) -> Iterator[Mistake]:
    if stack.layers == 1:
        return
    yield miscount(
        "times-layers",
        replace(stack, read_above=stack.d),
        msg(
            r"{value:,} lets every layer read the input: $\val{sum}$."
            " From the second on, a layer reads the one below, of size {above:,}.",
            above=stack.above,
        ),
    )
    yield miscount(
        "first-layer-only",
        replace(stack, layers=1),
        msg(
            r"{value:,} is the first layer alone: $\val{sum}$. The network has {layers:,} layers.",
            layers=stack.layers,
        ),
    )


def _directions(stack: Stack) -> Iterator[Mistake]:
    if stack.directions == 1:
        return
    yield miscount(
        "one-direction",
        replace(stack, directions=1),
        msg(
            r"{value:,} is one direction: $\val{sum}$."
            " The way back has a second set of parameters."
        ),
    )
    if stack.layers > 1:
        yield miscount(
            "reads-one-direction",
            replace(stack, read_above=stack.state),
            msg(
                r"{value:,} lets later layers read one direction: $\val{sum}$."
                " They read both, a vector of size {above:,}.",
                above=stack.above,
            ),
        )
    if not stack.p:
        yield miscount(
            "wide-recurrence",
            replace(stack, directions=1, h=2 * stack.h),
            msg(
                r"{value:,} takes both directions for one layer of size {wide:,}: $\val{sum}$."
                " Each direction feeds back only its own state, of size {h:,}.",
                wide=2 * stack.h,
                h=stack.h,
            ),
        )


def _projection(stack: Stack) -> Iterator[Mistake]:
    if not stack.p:
        return
    yield miscount(
        "projection-keeps-h",
        replace(stack, fed_back=stack.h),
        msg(
            r"{value:,} feeds back all {h:,} hidden units: $\val{sum}$."
            " With a projection the state that is fed back has size {p:,}.",
            h=stack.h,
            p=stack.p,
        ),
    )
    own = stack.layers * stack.directions * stack.p * stack.h
    yield Mistake(
        "projection-weights-forgotten",
        msg(
            r"{value:,} leaves out the projection's own weights,"
            r" $\val{p:,} \cdot \val{h:,}$ in each layer and direction.",
            value=stack.total - own,
            p=stack.p,
            h=stack.h,
        ),
        stack.total - own,
    )
    yield miscount(
        "projection-ignored",
        replace(stack, p=0),
        msg(
            r"{value:,} ignores the projection: $\val{sum}$."
            " It shrinks the state to size {p:,}, and has weights of its own.",
            p=stack.p,
        ),
    )
