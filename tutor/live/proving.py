"""Plans from elsewhere that are played through, in turns with everything else a server does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tutor.live import refusals
from tutor.live.allowance import Allowances
from tutor.live.limits import Limits
from tutor.live.opening import Proof
from tutor.live.peers import Guest
from tutor.live.refusals import Refusal
from tutor.live.wire import Open
from tutor.session.room.state import Plan
from tutor.text.words import Lang, Words


class Proving:
    """The plans that are being played through, each for the connection it came over.

    Args:
        say: returns words in a language.
        limits: what strangers may do.
        work: returns how many seconds this process has worked so far.
    """

    def __init__(
        self, say: Callable[[Lang, Words], str], limits: Limits, work: Callable[[], float]
    ) -> None:
        self._say = say
        self._limits = limits
        self._work = work
        self._proofs: dict[Guest, Proof] = {}
        self._spent = Allowances(limits.proving)

    def __contains__(self, guest: object) -> bool:
        return guest in self._proofs

    def __len__(self) -> int:
        return len(self._proofs)

    @property
    def first(self) -> Guest | None:
        """Whose plan has waited longest."""
        return next(iter(self._proofs), None)

    def begin(self, guest: Guest, frame: Open) -> None:
        """Take up a plan."""
        self._proofs[guest] = Proof(frame, self._say, self._limits.work)

    def drop(self, guest: Guest) -> None:
        """Forget a plan, if there is one."""
        self._proofs.pop(guest, None)

    def clear(self) -> None:
        """Forget all plans."""
        self._proofs.clear()

    def go_on(self, guest: Guest, now: datetime) -> tuple[Plan, int] | None:
        """Play a plan through for a while; return it with its seed when all of it can be played.

        Raises:
            Refusal: it cannot be, or its address has made the server work too much.
        """
        proof = self._proofs.pop(guest)
        began, spent, plan = self._work(), 0.0, None
        while plan is None and spent < self._limits.slice:
            plan = proof.go_on()
            spent = self._work() - began
        if not self._spent.take(guest.peer.address, now, spent):
            raise Refusal("too-fast", refusals.TOO_FAST)
        if plan is None:
            self._proofs[guest] = proof
            return None
        return plan, proof.seed
