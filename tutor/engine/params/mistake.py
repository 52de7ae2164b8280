"""A mistake that counts other parts than there are."""

from __future__ import annotations

from tutor.engine.params.addends import Addends
from tutor.engine.worked import Mistake
from tutor.text.message import Message


def counted_as(name: str, addends: Addends, template: Message) -> Mistake:
    """Return the mistake of counting these parts; the message is given its value and sum."""
    words = addends.words
    values = {**template.values, "value": words["count"], "sum": words["sum"]}
    return Mistake(name, Message(template.msgid, values), addends.total)
