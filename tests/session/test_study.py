from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kinds import questions as make
from tutor.memory.card import CardMemory
from tutor.memory.rating import Rating
from tutor.memory.scheduler import Settings
from tutor.session.events import Event, Hint, Leave, Rate, Record, Rerate, Resize, Skip, Submit
from tutor.session.study import (
    Answered,
    Asking,
    Card,
    Finished,
    IllegalEvent,
    StudyState,
    begin,
    renew,
    step,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SETTINGS = Settings(fuzz=False)


def card(question: object) -> Card:
    return Card(question, "t", CardMemory.new(question.id))  # type: ignore[arg-type,attr-defined]  # any kind


def session(*questions: object) -> StudyState:
    return begin([card(question) for question in questions], 1, NOW, SETTINGS)


def right_text(state: StudyState) -> str:
    assert isinstance(state.phase, Asking)
    posed = state.phase.posed
    return str(posed.answer)  # type: ignore[union-attr]  # numeric questions only


def test_a_session_without_cards_is_finished() -> None:
    assert isinstance(session().phase, Finished)


def test_a_right_answer_is_recorded_at_once_and_preselects_good() -> None:
    state = session(make.numeric())
    state, effects = step(state, Submit(right_text(state), NOW + timedelta(seconds=30)))
    assert isinstance(state.phase, Answered)
    assert state.phase.verdict.rating is Rating.GOOD
    [record] = effects
    assert isinstance(record, Record)
    assert record.answer.score == 1
    assert record.answer.duration == timedelta(seconds=30)
    assert record.answer.seed == state.phase.posed.seed


def test_an_answer_that_cannot_be_read_is_asked_again_and_not_recorded() -> None:
    state, effects = step(session(make.numeric()), Submit("10,24", NOW))
    assert effects == ()
    assert isinstance(state.phase, Asking)
    assert "10,24" in str(state.phase.complaint)


def test_a_failed_card_comes_back_after_the_others() -> None:
    first, second = make.numeric(id="t.a"), make.numeric(id="t.b")
    state = session(first, second)
    state, _ = step(state, Submit("1", NOW))
    state, _ = step(state, Rate(None, NOW))
    assert isinstance(state.phase, Asking)
    assert state.phase.card.question.id == "t.b"
    seen_seed = state.phase.posed.seed
    state, _ = step(state, Submit(right_text(state), NOW))
    state, effects = step(state, Rate(Rating.EASY, NOW))
    assert [type(effect) for effect in effects] == [Rerate]
    assert isinstance(state.phase, Asking)
    assert state.phase.card.question.id == "t.a"
    assert state.phase.posed.seed != seen_seed
    assert state.settled == 1


def test_a_waiting_card_that_is_due_comes_before_new_ones() -> None:
    state = session(*(make.numeric(id=f"t.{name}") for name in "abc"))
    state, _ = step(state, Submit("1", NOW))
    state, _ = step(state, Rate(None, NOW))
    state, _ = step(state, Submit(right_text(state), NOW + timedelta(minutes=2)))
    state, _ = step(state, Rate(Rating.EASY, NOW + timedelta(minutes=2)))
    assert isinstance(state.phase, Asking)
    assert state.phase.card.question.id == "t.a"


def test_overriding_the_rating_changes_what_comes_next() -> None:
    state = session(make.numeric())
    state, _ = step(state, Submit("1", NOW))
    state, effects = step(state, Rate(Rating.EASY, NOW))
    [rerate] = effects
    assert isinstance(rerate, Rerate)
    assert (rerate.serial, rerate.rating) == (1, Rating.EASY)
    assert isinstance(state.phase, Finished)


def test_a_flashcard_is_recorded_when_it_is_rated() -> None:
    state = session(make.flashcard())
    state, effects = step(state, Submit("", NOW))
    assert effects == ()
    state, effects = step(state, Rate(Rating.AGAIN, NOW))
    [record] = effects
    assert isinstance(record, Record)
    assert (record.answer.score, record.answer.rating) == (None, Rating.AGAIN)
    assert isinstance(state.phase, Asking)  # it comes back


def test_a_part_of_the_score_is_recorded_and_is_not_right() -> None:
    state = session(make.order())
    assert isinstance(state.phase, Asking)
    mixed = state.phase.posed.mixed  # type: ignore[union-attr]  # an order
    half_right = " ".join(str(mixed.index(step) + 1) for step in (1, 0, 2, 3))
    state, [record] = step(state, Submit(half_right, NOW))
    assert isinstance(record, Record)
    assert record.answer.score == pytest.approx(2 / 3)
    assert record.answer.rating is Rating.AGAIN
    state, _ = step(state, Leave(NOW))
    assert isinstance(state.phase, Finished)
    assert (state.phase.summary.cards, state.phase.summary.right_first) == (1, 0)


def test_a_discussion_is_recorded_with_the_points_that_came_up() -> None:
    state, effects = step(session(make.discuss()), Submit("3 1", NOW))
    assert effects == ()
    state, [record] = step(state, Rate(None, NOW))
    assert isinstance(record, Record)
    assert (record.answer.score, record.answer.response) == (None, "3 1")
    assert record.answer.rating is Rating.HARD


def test_own_sizes_are_posed_and_recorded() -> None:
    state = session(make.numeric())
    state, _ = step(state, Resize({"d": 3, "h": 4}, NOW))
    assert right_text(state) == "144"
    state, [record] = step(state, Submit("144", NOW))
    assert isinstance(record, Record)
    assert record.answer.sizes == {"d": 3, "h": 4}


def hinted(question: object, hints: int) -> StudyState:
    state = session(question)
    for _ in range(hints):
        state, effects = step(state, Hint(NOW))
        assert effects == ()
    return state


@pytest.mark.parametrize(
    ("hints", "rating"), [(0, Rating.GOOD), (1, Rating.HARD), (2, Rating.AGAIN), (3, Rating.AGAIN)]
)
def test_each_hint_lowers_the_suggested_rating_and_not_the_score(
    hints: int, rating: Rating
) -> None:
    state = hinted(make.numeric(hints=["a", "b", "c"]), hints)
    assert isinstance(state.phase, Asking)
    assert [str(hint) for hint in state.phase.shown_hints] == ["a", "b", "c"][:hints]
    state, [record] = step(state, Submit(right_text(state), NOW))
    assert isinstance(record, Record)
    assert (record.answer.hints, record.answer.rating, record.answer.score) == (hints, rating, 1)
    assert isinstance(state.phase, Answered)
    assert (state.phase.hints, state.phase.verdict.rating) == (hints, rating)
    state, effects = step(state, Rate(None, NOW))
    assert effects == ()  # the lowered rating is the suggested one


def test_a_wrong_answer_with_hints_stays_again() -> None:
    state = hinted(make.numeric(hints=["a"]), 1)
    _, [record] = step(state, Submit("1", NOW))
    assert isinstance(record, Record)
    assert (record.answer.rating, record.answer.score) == (Rating.AGAIN, 0)


def test_hints_lower_what_is_suggested_where_the_learner_is_the_judge() -> None:
    state = hinted(make.flashcard(hints=["a"]), 1)
    state, _ = step(state, Submit("", NOW))
    _, [record] = step(state, Rate(None, NOW))
    assert isinstance(record, Record)
    assert (record.answer.rating, record.answer.score, record.answer.hints) == (
        Rating.HARD, None, 1,
    )  # fmt: skip


def test_there_are_no_more_hints_than_the_card_has() -> None:
    state = hinted(make.numeric(hints=["a"]), 1)
    with pytest.raises(IllegalEvent):
        step(state, Hint(NOW))
    with pytest.raises(IllegalEvent):
        step(session(make.numeric()), Hint(NOW))


def test_hints_are_of_the_new_sizes_and_stay_counted() -> None:
    state = hinted(make.numeric(hints=["Look at {h}.", "Look again."]), 1)
    state, _ = step(state, Submit("10,24", NOW))
    state, _ = step(state, Resize({"d": 3, "h": 4}, NOW))
    assert isinstance(state.phase, Asking)
    assert [str(hint) for hint in state.phase.shown_hints] == ["Look at 4."]
    _, [record] = step(state, Submit("144", NOW))
    assert isinstance(record, Record)
    assert (record.answer.hints, record.answer.rating) == (1, Rating.HARD)


def test_the_next_card_begins_without_hints() -> None:
    state = begin(
        [card(make.numeric(id=f"t.{name}", hints=["a"])) for name in "ab"], 1, NOW, SETTINGS
    )
    state, _ = step(state, Hint(NOW))
    state, _ = step(state, Skip(NOW))
    assert isinstance(state.phase, Asking)
    assert state.phase.hints == 0


def test_sizes_that_are_refused_leave_the_card_as_it_was() -> None:
    before = session(make.numeric())
    after, _ = step(before, Resize({"d": 0}, NOW))
    assert isinstance(before.phase, Asking)
    assert isinstance(after.phase, Asking)
    assert after.phase.posed == before.phase.posed
    assert after.phase.complaint is not None


def test_leaving_keeps_what_was_answered() -> None:
    state = session(make.numeric(id="t.a"), make.choice())
    state, _ = step(state, Submit("1", NOW))
    state, effects = step(state, Leave(NOW))
    assert effects == ()
    assert isinstance(state.phase, Finished)
    summary = state.phase.summary
    assert (summary.answers, summary.cards, summary.right_first) == (1, 1, 0)


def test_the_summary_counts_first_attempts_by_objective_and_mistakes() -> None:
    state = session(make.numeric(id="t.a", objective="o.one"), make.choice(id="t.c"))
    assert isinstance(state.phase, Asking)
    mistake = state.phase.posed.mistakes[0]  # type: ignore[union-attr]  # numeric
    state, _ = step(state, Submit(str(mistake.value), NOW))
    state, _ = step(state, Rate(None, NOW))
    state, _ = step(state, Submit(_right_option(state), NOW))
    state, _ = step(state, Rate(Rating.EASY, NOW))
    state, _ = step(state, Submit(right_text(state), NOW))
    state, _ = step(state, Rate(Rating.EASY, NOW))
    assert isinstance(state.phase, Finished)
    summary = state.phase.summary
    assert [(o.objective, o.right, o.total) for o in summary.objectives] == [
        ("o.one", 0, 1),
        ("t", 1, 1),
    ]
    assert [(diagnosis.mistake, n) for diagnosis, n in summary.mistakes] == [("three-blocks", 1)]
    assert summary.answers == 3


def _right_option(state: StudyState) -> str:
    assert isinstance(state.phase, Asking)
    options = state.phase.posed.options  # type: ignore[union-attr]  # a choice
    return str([option.right for option in options].index(True) + 1)


def test_a_question_that_cannot_be_posed_is_passed_over_and_reported() -> None:
    broken = make.numeric(id="t.broken", answer="d/0")
    state = session(broken, make.choice())
    assert isinstance(state.phase, Asking)
    assert state.phase.card.question.kind == "choice"
    state, _ = step(state, Skip(NOW))
    assert isinstance(state.phase, Finished)
    assert [name for name, _ in state.phase.summary.unposed] == ["t.broken"]
    assert state.phase.summary.skipped == 1


@pytest.mark.parametrize("event", [Rate(None, NOW), Rate(Rating.GOOD, NOW)])
def test_an_illegal_event_raises_and_changes_nothing(event: Event) -> None:
    state = session(make.numeric())
    before = state
    with pytest.raises(IllegalEvent):
        step(state, event)
    assert state == before


EVENTS = st.one_of(
    st.builds(Submit, st.sampled_from(["1", "", "10,24", "3", "f;c"]), st.just(NOW)),
    st.builds(Rate, st.sampled_from([None, *Rating]), st.just(NOW)),
    st.builds(Skip, st.just(NOW)),
    st.builds(Hint, st.just(NOW)),
    st.builds(Resize, st.sampled_from([None, {"d": 3}, {"d": -1}, {"zz": 1}]), st.just(NOW)),
)


@given(st.lists(EVENTS, max_size=40))
def test_no_order_of_events_loses_an_answer(events: list[Event]) -> None:
    hints = ["a", "b"]
    state = session(
        make.numeric(hints=hints), make.choice(), make.flashcard(hints=hints), make.cloze()
    )
    recorded = 0
    for event in events:
        try:
            state, effects = step(state, event)
        except IllegalEvent:
            continue
        recorded += sum(isinstance(effect, Record) for effect in effects)
        assert recorded == len(state.attempts)
        assert 0 <= state.settled <= state.planned
    state, _ = step(state, Leave(NOW)) if not isinstance(state.phase, Finished) else (state, ())
    assert isinstance(state.phase, Finished)
    assert state.phase.summary.answers == recorded


def numbered(name: str, prompt: str = "?") -> object:
    fields = {"draw": {}, "mistakes": [], "explain": "!"}
    return make.numeric(id=name, prompt=prompt, answer="1", **fields)


def prompts(state: StudyState) -> list[str]:
    """What is asked from here on."""
    asked = []
    while isinstance(state.phase, Asking):
        asked.append(state.phase.posed.prompt.en)
        state, _ = step(state, Skip(NOW))
    return asked


def test_cards_to_come_are_asked_as_they_are_written_now() -> None:
    state = session(numbered("a"), numbered("b"), numbered("c"), numbered("old"))
    today = {
        "a": numbered("a", "a anew"),
        "b": numbered("b", "b anew"),
        "old": numbered("new", "new anew"),
        "more": numbered("more"),
    }
    renewed = renew(state, today)  # type: ignore[arg-type]  # questions
    assert isinstance(state.phase, Asking)
    assert isinstance(renewed.phase, Asking)
    assert renewed.phase.posed is state.phase.posed
    assert (renewed.planned, renewed.number, renewed.settled) == (3, 1, 0)
    assert [card.memory.card for card in renewed.queue] == ["b", "new"]
    assert prompts(renewed) == ["?", "b anew", "new anew"]
    redrawn, _ = step(renewed, Resize(None, NOW))
    assert isinstance(redrawn.phase, Asking)
    assert redrawn.phase.posed.prompt.en == "a anew"


def test_a_card_that_waits_is_renewed_and_one_that_is_shown_is_never_lost() -> None:
    state = session(numbered("a"), numbered("b"))
    state, _ = step(state, Submit("2", NOW))
    state, _ = step(state, Rate(Rating.AGAIN, NOW))
    assert [card.question.id for card in state.waiting] == ["a"]
    again = renew(state, {"a": numbered("a", "a anew")})  # type: ignore[dict-item]  # a question
    assert prompts(again) == ["?", "a anew"]
    gone = renew(state, {})
    assert (gone.planned, gone.settled, gone.waiting) == (2, 1, ())
    assert prompts(gone) == ["?"]


def test_a_verdict_and_a_finished_session_stay_as_they_are() -> None:
    state, _ = step(session(numbered("a")), Submit("1", NOW))
    renewed = renew(state, {})
    assert renewed == state
    finished, _ = step(renewed, Leave(NOW))
    assert renew(finished, {}) == finished
