"""The notes of a session as Markdown, ready to commit or to paste into a blog."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import assert_never

from tutor.kinds.face import (
    ChoiceFace,
    ClozeFace,
    DiscussFace,
    Face,
    FormulaFace,
    MatchFace,
    MultiFace,
    NumericFace,
    OrderFace,
    TextFace,
    TraceFace,
    TrueFalseFace,
)
from tutor.session.room.report import (
    ReportAnswer,
    ReportPlayer,
    ReportRound,
    ReportVote,
    SessionReport,
)
from tutor.session.room.saying import SURE_WORDS, team_letter, written_points
from tutor.text.document import Heading, Paragraph
from tutor.text.gfm import cell_to_gfm, escape_gfm, to_gfm
from tutor.text.localized import Localized
from tutor.text.markdown import parse
from tutor.text.message import Message, msg, msgs
from tutor.text.speaker import Speaker
from tutor.text.words import Words

SMALL = 8  # players; of more, answers are counted instead of named
WEAK = 0.7  # below this share of right answers a question is to be reviewed
_LETTERS = "abcdefghijklmnop"


def to_markdown(report: SessionReport, speaker: Speaker, tz: tzinfo) -> str:
    """Return the notes in the speaker's language.

    Args:
        report: the session.
        speaker: the language.
        tz: of the day and the hour that the notes name.
    """
    return _Notes(report, speaker, tz).text()


class _Notes:
    """Writes one session."""

    def __init__(self, report: SessionReport, speaker: Speaker, tz: tzinfo) -> None:
        self._report = report
        self._speaker = speaker
        self._tz = tz
        self._is_small = len(report.players) <= SMALL

    def text(self) -> str:
        """Return the notes, parts separated by an empty line."""
        return "\n\n".join(part for part in self._parts() if part) + "\n"

    def _parts(self) -> Iterator[str]:
        report = self._report
        began = report.began.astimezone(self._tz)
        yield f"# {self._line(report.title)} · {began:%Y-%m-%d}"
        minutes = max(1, round((report.ended - report.began).total_seconds() / 60))
        yield self._said(
            msg(
                "{players}, {questions}, {minutes}, begun at {time}.",
                players=msgs("{n} player", "{n} players", n=len(report.players)),
                questions=msgs("{n} question", "{n} questions", n=len(report.rounds)),
                minutes=msgs("{n} minute", "{n} minutes", n=minutes),
                time=f"{began:%H:%M}",
            )
        )
        for each in report.rounds:
            yield from self._round(each)
        yield from self._standings()
        yield from self._mistakes()
        yield from self._review()

    def _round(self, each: ReportRound) -> Iterator[str]:
        yield f"## {each.number}. {self._line(each.topic)}"
        yield self._block(each.prompt)
        yield from self._choices(each.face)
        if each.answer is not None and not each.own_numbers:
            yield self._said(msg("**Answer:** {answer}", answer=each.answer))
        if each.own_numbers:
            yield self._said(
                msg("Everybody had numbers of their own; above are those of the room.")
            )
        yield from self._votes(each)
        if each.closest:
            title = self._said(msg("**Closest:**"))
            yield f"{title} {self._names(each.closest)}"
        reasons = self._reasons(each)
        if reasons:
            yield self._said(msg("**Reasons**"))
            yield reasons
        if each.mistakes:
            yield self._said(msg("**Misconceptions**"))
            yield "\n".join(
                f"- {self._inline(mistake.diagnosis)} ({self._names(mistake.players)})"
                for mistake in each.mistakes
            )
        if each.points:
            yield self._said(msg("**Points that came up**"))
            yield "\n".join(
                f"- [{'x' if point.came_up else ' '}] {self._inline(point.words)}"
                for point in each.points
            )
        yield self._block(each.explain)
        if each.conclusion:
            title = self._said(msg("**Conclusion:**"))
            yield f"{title} {_lines(each.conclusion)}"
        yield self._command(each.question, each.seed)

    def _choices(self, face: Face) -> Iterator[str]:
        """Give what there was to choose from, as it was shown."""
        match face:
            case ChoiceFace(options=shown) | MultiFace(options=shown) | OrderFace(steps=shown):
                yield self._numbered(shown)
            case TrueFalseFace(reasons=shown):
                yield self._numbered(shown)
            case MatchFace(lefts=lefts, rights=rights):
                yield self._numbered(lefts)
                yield "\n".join(
                    f"- {letter}: {self._inline(right)}"
                    for letter, right in zip(_LETTERS, rights, strict=False)
                )
            case TraceFace():
                yield self._traced(face)
            case NumericFace() | FormulaFace() | TextFace() | ClozeFace() | DiscussFace():
                return
            case _:
                assert_never(face)

    def _traced(self, face: TraceFace) -> str:
        """Give the table that was to be filled."""
        width = max(len(row.cells) for row in face.rows)
        columns: Sequence[Words] = face.columns or [""] * width
        head = ["", *(self._cell(column) for column in columns)]
        rows = []
        for row in face.rows:
            cells = ["…" if cell.given is None else escape_gfm(cell.given) for cell in row.cells]
            rows.append([self._cell(row.label), *cells, *[""] * (width - len(cells))])
        return self._table(head, rows)

    def _numbered(self, shown: Sequence[Words]) -> str:
        return "\n".join(f"{at}. {self._inline(words)}" for at, words in enumerate(shown, 1))

    def _votes(self, each: ReportRound) -> Iterator[str]:
        if not each.answers:
            return
        yield self._shares(each)
        if self._is_small:
            yield self._named_votes(each)
        else:
            yield self._counted_votes(each)

    def _shares(self, each: ReportRound) -> str:
        if each.before is None:
            return ""
        before = round(100 * each.before)
        if each.after is None:
            return self._said(msg("**{share}%** right.", share=before))
        after = round(100 * each.after)
        return self._said(
            msg("**{before}%** right, after talking **{after}%**.", before=before, after=after)
        )

    def _named_votes(self, each: ReportRound) -> str:
        twice = each.after is not None
        head = [msg("player"), msg("first answer"), *([msg("second answer")] if twice else [])]
        if each.own_numbers:
            head.append(msg("right with these numbers"))
        rows = []
        for answer in each.answers:
            row = [escape_gfm(answer.player), self._vote(answer.first)]
            if twice:
                row.append(self._second(answer))
            if each.own_numbers:
                right = "" if answer.answer is None else self._cell(answer.answer)
                row.append(f"{right} (`{each.question}@{answer.seed}`)")
            rows.append(row)
        return self._table([self._said(word) for word in head], rows)

    def _second(self, answer: ReportAnswer) -> str:
        if answer.second is None and answer.first is not None:
            return self._said(msg("as before"))
        return self._vote(answer.second)

    def _vote(self, vote: ReportVote | None) -> str:
        if vote is None:
            return "–"
        sign = "✓" if vote.is_right else ("~" if vote.score else "✗")
        sure = "" if vote.sure is None else f" ({self._said(SURE_WORDS[vote.sure])})"
        return f"{sign} {self._cell(vote.words)}{sure}"

    def _counted_votes(self, each: ReportRound) -> str:
        first = Counter(self._vote_alone(answer.first) for answer in each.answers)
        last = Counter(self._vote_alone(answer.last) for answer in each.answers)
        twice = each.after is not None
        order = sorted(first | last, key=lambda vote: (-last[vote], -first[vote]))
        head = [msg("answer given"), msg("first vote"), *([msg("second vote")] if twice else [])]
        rows = [
            [vote, str(first[vote]), *([str(last[vote])] if twice else [])]
            for vote in order
            if vote
        ]
        return self._table([self._said(word) for word in head], rows)

    def _vote_alone(self, vote: ReportVote | None) -> str:
        if vote is None:
            return ""
        sign = "✓" if vote.is_right else ("~" if vote.score else "✗")
        return f"{sign} {self._cell(vote.words)}"

    def _reasons(self, each: ReportRound) -> str:
        lines = []
        for answer in each.answers:
            for vote in (answer.first, answer.second):
                if vote is not None and vote.reason:
                    sign = "✓" if vote.is_right else "✗"
                    said = f"- {sign} {escape_gfm(answer.player)}: {escape_gfm(vote.reason)}"
                    if said not in lines:
                        lines.append(said)
        return "\n".join(lines)

    def _standings(self) -> Iterator[str]:
        players = self._report.players
        if not players or not any(each.answers for each in self._report.rounds):
            return
        yield self._heading(msg("Points"))
        ranks = Counter(player.rank for player in players)
        head = ["", self._said(msg("player")), self._said(msg("points")), self._said(msg("right"))]
        yield self._table(head, [self._standing(player, ranks) for player in players])
        yield self._teams(players)

    def _teams(self, players: Sequence[ReportPlayer]) -> str:
        """Give the teams, by the mean of their players."""
        teams = sorted({player.team for player in players if player.team is not None})
        rows = []
        for team in teams:
            points = [player.points for player in players if player.team == team]
            mean = sum(points) / len(points)
            names = self._names([player.name for player in players if player.team == team])
            rows.append((mean, [team_letter(team), written_points(mean), names]))
        if not rows:
            return ""
        head = [msg("team"), msg("mean"), msg("player")]
        rows.sort(key=lambda row: -row[0])
        return self._table([self._said(word) for word in head], [row for _, row in rows])

    def _standing(self, player: ReportPlayer, ranks: Counter[int]) -> list[str]:
        tied = "=" if ranks[player.rank] > 1 else ""
        points = written_points(player.points)
        right = self._said(
            msg("{right} of {answered}", right=player.right, answered=player.answered)
        )
        return [f"{tied}{player.rank}", escape_gfm(player.name), points, right]

    def _mistakes(self) -> Iterator[str]:
        made: Counter[str] = Counter()
        words: dict[str, Localized] = {}
        for each in self._report.rounds:
            for mistake in each.mistakes:
                made[mistake.mistake] += len(mistake.players)
                words.setdefault(mistake.mistake, mistake.diagnosis)
        if made:
            yield self._heading(msg("Mistakes we made"))
            yield "\n".join(
                f"- {count}× {self._inline(words[mistake])}"
                for mistake, count in made.most_common()
            )

    def _review(self) -> Iterator[str]:
        weak = [
            each for each in self._report.rounds if each.share is not None and each.share < WEAK
        ]
        if not weak:
            return
        yield self._heading(msg("To review"))
        yield "\n".join(
            f"- [ ] {self._line(each.topic)}: {self._first_line(each.prompt)}"
            f" {self._command(each.question, each.seed)}"
            for each in sorted(weak, key=lambda each: each.share or 0.0)
        )

    def _command(self, question: str, seed: int) -> str:
        return f"`tutor study --card {question}@{seed}`"

    def _names(self, names: Sequence[str]) -> str:
        return ", ".join(map(escape_gfm, names))

    def _table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        lines = [head, ["---"] * len(head), *rows]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)

    def _heading(self, words: Message) -> str:
        return f"## {self._said(words)}"

    def _said(self, words: Message) -> str:
        return self._inline(words)

    def _block(self, words: Words) -> str:
        return to_gfm(parse(self._speaker.say(words)), level=2)

    def _inline(self, words: Words) -> str:
        return " ".join(to_gfm(parse(self._speaker.say(words))).replace("\\\n", " ").split())

    _line = _inline

    def _cell(self, words: Words) -> str:
        parts = []
        for block in parse(self._speaker.say(words)).blocks:
            match block:
                case Paragraph(spans) | Heading(spans=spans):
                    parts.append(cell_to_gfm(spans))
                case _:
                    parts.append(" ".join(to_gfm(parse(self._speaker.say(words))).split()))
        return " ".join(parts).replace("\n", " ")

    def _first_line(self, words: Words) -> str:
        for block in parse(self._speaker.say(words)).blocks:
            if isinstance(block, Paragraph):
                return cell_to_gfm(block.spans)
        return ""


def _lines(text: str) -> str:
    return escape_gfm(text.strip()).replace("\n", "\\\n")
