"""The question file to begin with: a card of each of the commonest kinds, every field explained."""

from __future__ import annotations

import re
import unicodedata

from tutor.bank.problems import plain_words
from tutor.bank.topic import SLUG
from tutor.text.message import Message, msg
from tutor.text.speaker import Speaker
from tutor.text.width import wrap_text

SCHEMA_FILE = ".tutor-schema.json"  # beside the question files; a leading dot is passed over
_WIDTH = 92  # cells of a comment
_COMMENT = re.compile(r"^(?P<indent> *)#\((?P<name>[a-z-]+)\)$", re.MULTILINE)

_TEXT = r"""# yaml-language-server: $schema=./SCHEMA
#(file)

#(format)
format: 1
#(topic)
topic: TOPIC
#(title)
title: {en: "TITLE", ko: "TITLE 문제집"}

questions:

#(flashcard)
#(id)
- id: TOPIC.hadamard
  kind: flashcard
  #(prompt)
  prompt:
    en: "What does $\\odot$ stand for in $c_t = f_t \\odot c_{t-1} + i_t \\odot g_t$?"
    ko: "$c_t = f_t \\odot c_{t-1} + i_t \\odot g_t$에서 $\\odot$은 무엇을 뜻합니까?"
  #(back)
  back: {en: "The product entry by entry.", ko: "성분별 곱입니다."}
  #(explain)
  explain: {en: "It is also called the **Hadamard product**.", ko: "**아다마르 곱**이라고도 합니다."}

#(choice)
- id: TOPIC.gate-range
  kind: choice
  prompt: {en: "Which values can a sigmoid gate take?", ko: "시그모이드 게이트가 가질 수 있는 값은 무엇입니까?"}
  #(options)
  options:
  - text: {en: "between 0 and 1", ko: "0과 1 사이"}
    right: true
  - text: {en: "between −1 and 1", ko: "−1과 1 사이"}
    #(feedback)
    feedback: {en: "That is the range of tanh.", ko: "그것은 tanh의 범위입니다."}
    #(mistake-id)
    mistake: tanh-range
  - text: {en: "any real number", ko: "모든 실수"}
    feedback: {en: "A gate scales; the sigmoid keeps it below 1.", ko: "게이트는 비율입니다. 시그모이드가 1보다 작게 만듭니다."}
  explain: {en: "$\\sigma(x)$ lies between 0 and 1.", ko: "$\\sigma(x)$는 0과 1 사이입니다."}

#(numeric)
- id: TOPIC.score-count
  kind: numeric
  #(draw)
  draw:
    n: {from: 4, to: 32, step: 4, name: {en: tokens, ko: 토큰 수}}
  #(values)
  prompt: {en: "Self-attention over {n} tokens: how many scores?", ko: "토큰 {n}개의 셀프 어텐션에서 점수는 몇 개입니까?"}
  #(answer)
  answer: n^2
  #(mistakes)
  mistakes:
  - id: causal-only
    value: n*(n+1)/2
    say: {en: "{n*(n+1)/2:,} is what a causal mask leaves.", ko: "{n*(n+1)/2:,}개는 인과 마스크가 남기는 수입니다."}
  #(hints)
  hints:
  - {en: "One row of scores for every query.", ko: "쿼리마다 점수가 한 행씩 있습니다."}
  - {en: "{n} rows of {n} scores.", ko: "점수 {n}개짜리 행이 {n}개입니다."}
  explain: {en: "Every token looks at every token: {n} · {n} = {n^2:,}.", ko: "모든 토큰이 모든 토큰을 봅니다. {n} · {n} = {n^2:,}개입니다."}

#(computed)
- id: TOPIC.lstm-params
  kind: numeric
  draw:
    d: {choose: [8, 10, 16, 32], name: {en: input size, ko: 입력 크기}}
    h: {from: 8, to: 64, step: 8, name: {en: hidden size, ko: 은닉 크기}}
  #(compute)
  compute:
    lstm: {engine: lstm_params, args: {input_size: d, hidden_size: h, convention: pytorch}}
  prompt:
    en: "An LSTM layer reads vectors of size {d} and has hidden size {h}. How many parameters does PyTorch count?"
    ko: "LSTM 층이 크기 {d}인 벡터를 읽고, 은닉 크기는 {h}입니다. PyTorch가 세는 파라미터는 몇 개입니까?"
  #(total)
  answer: lstm.total
  #(unit)
  unit: {en: parameters, ko: 개}
  #(lab)
  lab: {name: parameters, controls: {layer: lstm, input_size: d, hidden_size: h, convention: pytorch}}
  explain:
    en: "Four blocks of {h} · ({d} + {h} + 2): {lstm.total:,} parameters."
    ko: "{h} · ({d} + {h} + 2)개짜리 블록이 네 개이므로 모두 {lstm.total:,}개입니다."

#(cloze)
- id: TOPIC.forget-gate
  kind: cloze
  #(gaps)
  prompt:
    en: "The [[forget gate|f]] scales the old cell state."
    ko: "이전 셀 상태의 크기를 조절하는 것은 [[망각 게이트|삭제 게이트|f]]입니다."
  explain: {en: "It multiplies $c_{t-1}$ entry by entry.", ko: "$c_{t-1}$에 성분별로 곱해집니다."}
"""  # noqa: E501 - a file as people write it


def slug_of(text: str) -> str:
    """Return the nearest topic name to a text; nothing if no Latin letter or digit is in it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")


def is_topic(text: str) -> bool:
    """Return whether a text may be the name of a topic."""
    return re.fullmatch(SLUG, text, re.ASCII) is not None


def skeleton(topic: str, speaker: Speaker) -> str:
    """Return a question file on a topic, with comments in a language.

    Args:
        topic: its slug.
        speaker: says the comments.
    """
    comments = _comments(topic)

    def commented(match: re.Match[str]) -> str:
        said = plain_words(comments[match["name"]], speaker)
        margin = f"{match['indent']}# "
        return "\n".join(f"{margin}{line}" for line in wrap_text(said, _WIDTH - len(margin)))

    title = topic.replace("-", " ").capitalize()
    text = _TEXT.replace("SCHEMA", SCHEMA_FILE)
    return _COMMENT.sub(commented, text.replace("TOPIC", topic).replace("TITLE", title))


def _comments(topic: str) -> dict[str, Message]:
    return {
        "file": msg(
            "Each question here can be changed or deleted. `tutor watch` checks this file whenever "
            "it is saved and shows its cards; `docs/authoring.md` explains everything."
        ),
        "format": msg("The version of the file format."),
        "topic": msg("The topic; every id below begins with it. The file may have any name."),
        "title": msg(
            "Words are `{{en: …, ko: …}}`, or one text for both languages. Put a text with a "
            "colon, a `#` or a backslash between double quotes, and double each backslash there."
        ),
        "flashcard": msg("A flashcard is turned over; learners rate how well they knew it."),
        "id": msg(
            "The id is permanent: progress is kept under it. To rename it, list the old one under "
            "`aliases`, as in `[{topic}.old-name]`.",
            topic=topic,
        ),
        "prompt": msg(
            "What is asked: a small Markdown, with TeX between dollar signs. TeX that cannot be "
            "drawn is reported with its column."
        ),
        "back": msg("The back of the card."),
        "explain": msg(
            "Why the answer is right; shown after every answer, to any kind of question."
        ),
        "choice": msg("A choice has 2 to 9 options and exactly one right one; they are shuffled."),
        "options": msg("The options; `shuffle: false` on the question would keep this order."),
        "feedback": msg(
            "Why this option is tempting, and why it is wrong; every wrong one needs it."
        ),
        "mistake-id": msg(
            "An id for the misconception, by which it is counted over weeks; it may be left out."
        ),
        "numeric": msg(
            "A number. Learners may type 1,024, 2^10 or 4*24*(10+24+2); what cannot be read is "
            "asked again, never marked wrong."
        ),
        "draw": msg(
            "Numbers drawn anew at every review, from a range or a list (`choose: [8, 16]`); F4 "
            "lets the learner choose their own. `name` is what they are called there."
        ),
        "values": msg(
            "Drawn and computed values are written in braces, with thousands grouped by `:,`; "
            "inside maths it is `\\val{{n}}`. Arithmetic with them works there too."
        ),
        "answer": msg("A number, or a formula over the names drawn; nothing is typed by hand."),
        "mistakes": msg(
            "Wrong values that a known misconception leads to, each with what to say about it."
        ),
        "hints": msg(
            "Hints in steps, opened one by one with F3; each lowers the suggested rating."
        ),
        "computed": msg(
            "The same, computed by the engine: it brings the answer, its named mistakes and the "
            "solution line by line."
        ),
        "compute": msg(
            "A function of the engine with its arguments; `tutor compute` lists them all."
        ),
        "total": msg(
            "The engine's answer. Its parts have names too, such as `lstm.W_ih`; an inexact answer "
            "needs `tolerance: {{rel: 0.01}}`."
        ),
        "unit": msg("The unit, shown after the number; learners may type it or leave it out."),
        "lab": msg("A lab that opens after the answer with these numbers; `tutor lab` lists them."),
        "cloze": msg("A cloze has gaps to fill in, the same ones in both languages."),
        "gaps": msg(
            "A gap is `[[answer|another form]]`; the answers of both languages are accepted."
        ),
    }
