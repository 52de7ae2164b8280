"""What can be said to a learner."""

from __future__ import annotations

from typing import Literal

from tutor.text.localized import Localized
from tutor.text.message import Message

Lang = Literal["en", "ko"]
LANGS: tuple[Lang, Lang] = ("en", "ko")

Words = Message | Localized | str
