"""What a server takes from strangers, and what it promises them.

The limits, with the reason for each, are the fields of `Limits`. The promises:

- Nothing that tells the right answer leaves the server before the host reveals it, and a token
  only ever goes to the one whose it is; the server keeps digests of tokens, never tokens.
- Only the server's clock counts. The last answer before the close counts; one after it is refused.
- A frame is taken whole or refused whole, and what is refused changes nothing.
- Who was in and lost the connection comes back with the token, to the same name, points and
  answer. An event is handed to the operating system before anybody is told of it, so a room
  outlives the death of its server's process (not the loss of power in the same moment).
- A client that does not read is dropped at `write_buffer`; the others do not wait for it.
- What the server prints holds no names, no tokens and no answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tutor.live.wire import MOST_BYTES, MOST_PLAN_BYTES


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `burst` at once, and `per_second` in the long run."""

    burst: float
    per_second: float


@dataclass(frozen=True, slots=True)
class Limits:
    """Numbers that bound what strangers can make a server do; times in seconds."""

    # Frames of players: a page of typed text with its reason is 4 KB; four times that.
    frame_bytes: int = MOST_BYTES
    # The frame that opens a room carries up to 200 questions, of 5 to 20 KB each.
    plan_bytes: int = MOST_PLAN_BYTES
    # A quick hand changes an answer twice a second; a burst is what was held back while offline.
    messages: Rate = Rate(30, 10)
    # Bytes of answers of one player that are kept: 250 to 5,000 each, so some hundred changes.
    writing: Rate = Rate(65_536, 300)
    # A host holds keys down and steps through options.
    host_messages: Rate = Rate(60, 20)
    # Bad frames before the connection ends: a page of another version sends one or two.
    bad_frames: int = 5
    # A room of 200 behind one address may join at once; 1,000 may not.
    joins: Rate = Rate(300, 1)
    # A class of 200 behind one address may come back three times in a row.
    returns: Rate = Rate(600, 5)
    # The code's secret is 16 bits or more: at one try in 5 s half of them take two days.
    wrong_codes: Rate = Rate(30, 0.2)
    # Opening a room plays every question of its plan through.
    opens: Rate = Rate(10, 0.1)
    # Work for one question, or one event of a room: the content's longest takes 0.4 s.
    work: float = 2
    # Work for the plans of one address: one of 200 questions takes 6 s, 12 s with own numbers.
    proving: Rate = Rate(30, 0.1)
    # Of a plan, as much is played through at a time; then it is the others' turn.
    slice: float = 0.05
    # Connections of one address at a time: 200 players, and each once more while reconnecting.
    connections_per_address: int = 400
    # Of these, connections over which a plan fits, so 4 MB of what is half sent each.
    hosts_per_address: int = 20
    # Measured: 5,000 players of one process are served within 150 ms; a few more may knock.
    connections: int = 6000
    # Players of one room: what was measured.
    players: int = 5000
    # Rooms of one server, each with its plan in memory.
    rooms: int = 500
    # So that one address does not take all of them; a campus may stand behind one.
    rooms_per_address: int = 50
    # A room that nobody has touched for so long is closed; the file stays.
    idle: timedelta = timedelta(hours=12)
    # No lesson is longer than a day; a room that is still busy then is somebody's machine.
    age: timedelta = timedelta(hours=24)
    # A room that is over stays for who comes back late, to see the last board.
    after_end: timedelta = timedelta(minutes=30)
    # Who connects says within this time which room it is; a second more, in case it was not read.
    silence: float = 15
    # What waits to be read by one client: some fifty of the largest frames.
    write_buffer: int = 262_144
    # A phone that fell asleep is noticed after at most twice this.
    ping: float = 10
    # Between two panels of a host, and two lists of a lobby: ten a second is what eyes follow.
    panel: float = 0.1
    # Lists of a lobby in all per second: a list to everybody at every join would be quadratic.
    # So a room of 100 is told ten times a second who is there, and one of 5,000 every five seconds.
    lobby_frames: int = 1000
