// The page's words, English and Korean, and the language that is spoken.

import { recall, remember } from "./memory.js";

// Strict JSON, which a test reads. `a|b` is one and many.
export const WORDS = {
  "language": ["한국어", "English"],
  "language.lang": ["ko", "en"],
  "link.connecting": ["Connecting", "연결하고 있습니다"],
  "link.lost": ["The connection is lost. Trying again.", "연결이 끊겼습니다. 다시 연결하고 있습니다."],
  "link.kept": [
    "The connection is lost. Your answer is kept and sent as soon as it is back.",
    "연결이 끊겼습니다. 답은 보관해 두었다가 다시 연결되는 대로 보냅니다."
  ],
  "leave": ["Leave the room", "방 나가기"],

  "door.title": ["Join a room", "방에 들어가기"],
  "door.code": ["Room code", "방 코드"],
  "door.code.help": ["Eight letters and digits, on the host’s screen", "진행자 화면에 나오는 여덟 글자"],
  "door.name": ["Your name", "이름"],
  "door.name.help": ["As the others will see it", "다른 참가자에게 이 이름으로 보입니다"],
  "door.enter": ["Join", "들어가기"],
  "door.bad-code": [
    "A room code has eight letters and digits, such as KQ7M-2XPD.",
    "방 코드는 KQ7M-2XPD처럼 영문자와 숫자 여덟 자입니다."
  ],
  "door.no-name": ["Type a name.", "이름을 입력하세요."],
  "wait.title": ["Entering the room", "방에 들어가는 중입니다"],

  "lobby.title": ["You are in", "방에 들어왔습니다"],
  "lobby.wait": ["The host starts the first question.", "진행자가 첫 문제를 시작합니다."],
  "lobby.you": ["You are here as", "내 이름"],
  "lobby.team": ["Team {letter}", "{letter}팀"],
  "lobby.count": ["{n} player is here|{n} players are here", "참가자 {n}명이 들어와 있습니다"],
  "lobby.more": ["and {n} more", "그 밖에 {n}명"],
  "lobby.of": ["{n} question|{n} questions", "문제 {n}개"],
  "lobby.shut": ["The lobby is closed: nobody new comes in.", "이제 새 참가자를 받지 않습니다."],

  "asked.title": ["Question {round} of {of}", "문제 {round}/{of}"],
  "asked.again": ["Question {round} of {of}, second vote", "문제 {round}/{of}, 두 번째 응답"],
  "asked.first": ["Your first answer", "첫 응답"],
  "asked.first.stays": [
    "If you do not answer again, your first answer counts.",
    "다시 답하지 않으면 첫 응답으로 채점합니다."
  ],
  "asked.send": ["Send", "보내기"],
  "asked.sending": ["Sending", "보내는 중입니다"],
  "asked.sent": ["Your answer", "내 답"],
  "asked.sent.help": ["It can be changed until the vote closes.", "마감 전까지 바꿀 수 있습니다."],
  "asked.edit": ["Answer again", "답 바꾸기"],
  "asked.keep": ["Keep the answer as it is", "그대로 두기"],
  "asked.sure": ["How sure are you?", "얼마나 확신합니까?"],
  "asked.reason": ["Why, in a line", "이유 한 줄"],
  "asked.reason.help": [
    "May be left empty. The others may see it.",
    "비워 두어도 됩니다. 다른 참가자에게 보일 수 있습니다."
  ],
  "sure.1": ["A guess", "추측"],
  "sure.2": ["Fairly sure", "꽤 확신"],
  "sure.3": ["Certain", "확신"],
  "sure.1.stakes": ["right +1, wrong 0", "맞으면 +1, 틀리면 0"],
  "sure.2.stakes": ["right +2, wrong −2", "맞으면 +2, 틀리면 −2"],
  "sure.3.stakes": ["right +3, wrong −6", "맞으면 +3, 틀리면 −6"],

  "open.title": ["Question {round} of {of}: talk about it", "문제 {round}/{of}: 함께 토론하기"],
  "open.help": [
    "There is nothing to type. Talk it over with your team.",
    "입력할 것은 없습니다. 팀과 함께 이야기해 보세요."
  ],
  "open.points": [
    "{n} point should come up; you will see which.|{n} points should come up; you will see which.",
    "요점 {n}개가 나와야 합니다. 무엇인지는 나중에 보여 줍니다."
  ],

  "choice.legend": ["Pick one", "하나를 고르세요"],
  "choice.missing": ["Pick one of the options.", "선택지 가운데 하나를 고르세요."],
  "multi.legend": ["Pick all that are right", "맞는 것을 모두 고르세요"],
  "multi.missing": ["Pick at least one option.", "선택지를 하나 이상 고르세요."],
  "truefalse.legend": ["True or false", "참 또는 거짓"],
  "truefalse.true": ["True", "참"],
  "truefalse.false": ["False", "거짓"],
  "truefalse.why": ["Why?", "왜 그렇습니까?"],
  "truefalse.missing": ["Pick true or false.", "참인지 거짓인지 고르세요."],
  "truefalse.missing.reason": ["The reason is still missing.", "이유가 아직 비어 있습니다."],
  "numeric.label": ["Your number", "숫자"],
  "typed.label": ["Your answer", "답"],
  "typed.missing": ["Type an answer.", "답을 입력하세요."],
  "cloze.label": ["What belongs in the gap", "빈칸에 들어갈 말"],
  "cloze.gap": ["gap", "빈칸"],
  "formula.label": ["Your formula", "식"],
  "formula.names": ["It may hold", "쓸 수 있는 이름"],
  "formula.symbols": ["Symbols to insert", "기호 넣기"],
  "order.legend": ["Bring the steps into their order", "단계를 순서대로 놓으세요"],
  "order.up": ["Move up: {step}", "위로 옮기기: {step}"],
  "order.down": ["Move down: {step}", "아래로 옮기기: {step}"],
  "order.moved": ["Now at place {n} of {of}", "{of}개 중 {n}번째"],
  "match.legend": ["Find the letter that belongs to each", "각각에 맞는 글자를 고르세요"],
  "match.none": ["not yet chosen", "아직 고르지 않음"],
  "match.missing": ["Choose a letter for each.", "각각 글자를 하나씩 고르세요."],
  "match.taken": ["{n} is open again: its letter was given to another.", "{n}번은 다시 비었습니다. 글자를 다른 곳에 썼습니다."],
  "trace.legend": ["Fill in the table", "표를 채우세요"],
  "trace.missing": ["Fill in every cell.", "모든 칸을 채우세요."],
  "unknown.help": [
    "This page does not know this kind of question. Reload it, or join from a terminal.",
    "이 페이지에서는 이 유형의 문제를 풀 수 없습니다. 페이지를 새로 고치거나 터미널에서 들어오세요."
  ],

  "locked.title": ["The vote is closed", "응답을 마감했습니다"],
  "locked.wait": ["The host goes on.", "진행자가 이어서 진행합니다."],
  "locked.none": ["You did not answer.", "응답하지 않았습니다."],
  "locked.late": [
    "Your last answer did not arrive before the vote closed.",
    "마지막 답이 마감 전에 도착하지 못했습니다."
  ],

  "talking.title": ["Talk it over", "함께 토론하기"],
  "talking.partners": ["Talk to", "이야기할 사람"],
  "talking.anybody": ["Talk to somebody who answered otherwise.", "다르게 답한 사람과 이야기하세요."],
  "talking.opposing": ["Somebody answered", "다른 사람의 답"],
  "talking.not-judged": ["This may be right or wrong.", "맞을 수도 틀릴 수도 있습니다."],
  "talking.reason": ["because", "이유"],
  "talking.after": ["Then you answer once more.", "토론이 끝나면 다시 답합니다."],
  "talking.explain.title": ["Listen once more", "다시 한번 듣기"],
  "talking.explain": ["The host explains it once more.", "진행자가 한 번 더 설명합니다."],

  "revealed.title": ["Question {round} of {of}: the answer", "문제 {round}/{of}: 정답"],
  "revealed.open": ["Question {round} of {of}: what came up", "문제 {round}/{of}: 나온 요점"],
  "revealed.question": ["The question", "문제"],
  "revealed.right": ["✓ Right.", "✓ 맞았습니다."],
  "revealed.partly": ["~ Partly right.", "~ 일부만 맞았습니다."],
  "revealed.wrong": ["✗ Not yet.", "✗ 아직 아닙니다."],
  "revealed.none": ["– No answer.", "– 응답하지 않았습니다."],
  "revealed.earned": ["{points} for this question, {total} in all", "이번 문제 {points}점, 합계 {total}점"],
  "revealed.understood": ["understood as", "이렇게 읽음:"],
  "revealed.answer": ["Answer", "정답"],
  "revealed.own": ["With your numbers", "내 숫자로 계산한 정답"],
  "revealed.explain": ["Why", "풀이"],
  "revealed.groups": ["What was answered", "응답 모아 보기"],
  "revealed.answered": ["{n} answer|{n} answers", "응답 {n}개"],
  "revealed.nobody": ["Nobody answered.", "아무도 응답하지 않았습니다."],
  "revealed.count": ["{n} player|{n} players", "{n}명"],
  "revealed.closest": ["Closest", "가장 가까운 사람"],
  "revealed.gain": ["Right before the discussion: {before}%, after it: {after}%.", "정답률: 토론 전 {before}%, 토론 후 {after}%."],
  "revealed.gain.up": ["Up by {n} points.", "{n}%p 올랐습니다."],
  "revealed.gain.down": ["Down by {n} points.", "{n}%p 내렸습니다."],
  "revealed.gain.same": ["As many as before.", "전과 같습니다."],
  "revealed.reasons": ["Reasons", "이유"],
  "revealed.points": ["Points", "요점"],
  "revealed.point.on": ["✓ came up", "✓ 나옴"],
  "revealed.point.off": ["– did not come up", "– 나오지 않음"],
  "revealed.conclusion": ["Our conclusion", "우리 팀의 결론"],
  "sign.right": ["✓ right", "✓ 정답"],
  "sign.partly": ["~ partly", "~ 일부만 정답"],
  "sign.wrong": ["✗ not right", "✗ 오답"],

  "board.title": ["Board after question {round} of {of}", "순위판: 문제 {round}/{of}까지"],
  "board.last": ["Final board", "최종 순위판"],
  "board.own": ["Rank {rank} of {players}", "{players}명 중 {rank}위"],
  "board.own.tied": ["Rank {rank} of {players}, shared", "{players}명 중 공동 {rank}위"],
  "board.points": ["{n} point|{n} points", "{n}점"],
  "board.right": ["{right} of {answered} right", "{answered}개 중 {right}개 정답"],
  "board.rank": ["Rank", "순위"],
  "board.tied": ["{n} (shared)", "공동 {n}"],
  "board.name": ["Name", "이름"],
  "board.score": ["Points", "점수"],
  "board.rights": ["Right", "정답"],
  "board.you": ["you", "나"],
  "board.of-all": ["The first {n} of {of}", "{of}명 중 상위 {n}명"],
  "board.teams": ["Teams", "팀"],
  "board.team.mean": ["By the mean of their players", "팀원 평균 점수"],
  "board.players": ["Players", "참가자"],
  "board.disputes": ["Where you disagreed", "답이 갈린 문제"],
  "board.dispute": ["Question {n}", "문제 {n}"],
  "ended.title": ["The session is over", "팀 퀴즈가 끝났습니다"],
  "ended.misses": ["To study again", "다시 공부할 문제"],
  "ended.misses.help": [
    "On a computer with the program, each of these shows its question again, with the same numbers:",
    "프로그램이 있는 컴퓨터에서 아래 명령을 실행하면 같은 숫자로 그 문제가 다시 나옵니다."
  ],
  "ended.none": ["No question was missed.", "틀린 문제가 없습니다."],

  "time.left": ["{n} second left|{n} seconds left", "{n}초 남았습니다"],
  "time.label": ["Time left", "남은 시간"],
  "time.paused": ["paused", "일시 정지"],
  "time.paused.said": ["Paused by the host", "진행자가 일시 정지했습니다"],
  "time.resumed": ["Going on", "다시 진행합니다"],

  "over.title": ["You are out of the room", "방에서 나왔습니다"],
  "over.again": ["Try again", "다시 시도"],
  "over.back": ["Go on here", "여기서 계속하기"],
  "why.malformed": ["The server did not understand this page. Reload it.", "서버가 이 페이지의 요청을 이해하지 못했습니다. 페이지를 새로 고치세요."],
  "why.version": ["This page and the server are of different versions. Reload it.", "페이지와 서버의 버전이 다릅니다. 페이지를 새로 고치세요."],
  "why.too-large": ["That was too long for the server.", "서버가 받기에는 너무 깁니다."],
  "why.too-fast": ["That was too much in a short time. Wait a moment.", "짧은 시간에 요청이 너무 많습니다. 잠시 기다리세요."],
  "why.no-room": ["There is no room with this code.", "이 코드의 방이 없습니다."],
  "why.wrong-token": ["Your seat was not recognised. Join by name.", "방에서 이 자리를 찾을 수 없습니다. 이름을 넣고 들어오세요."],
  "why.wrong-key": ["The server asks for another key.", "서버 키가 맞지 않습니다."],
  "why.full": ["The room is full.", "방이 가득 찼습니다."],
  "why.shut": ["The room takes nobody new.", "이 방은 새 참가자를 받지 않습니다."],
  "why.name": ["This name cannot be used here.", "이 이름은 쓸 수 없습니다."],
  "why.not-host": ["Only the host can do that.", "진행자만 할 수 있습니다."],
  "why.not-now": ["That cannot be done now.", "지금은 할 수 없습니다."],
  "why.closed": ["The vote is closed.", "응답을 마감했습니다."],
  "why.stale": ["The room has moved on.", "그사이 방이 다음으로 넘어갔습니다."],
  "why.plan": ["The room cannot be opened.", "방을 열 수 없습니다."],
  "why.kicked": ["The host has sent you out of this room.", "진행자가 이 방에서 내보냈습니다."],
  "why.elsewhere": ["You are in this room in another window.", "다른 창에서 이 방에 들어가 있습니다."],
  "why.gone": ["The room was closed.", "방이 닫혔습니다."]
};

export let lang = recall("language");
if (lang !== "en" && lang !== "ko") {
  lang = (navigator.languages || [navigator.language]).some((l) => /^ko/i.test(l)) ? "ko" : "en";
}

export function say(key, values = {}) {
  const [one, many] = WORDS[key][lang === "ko" ? 1 : 0].split("|");
  const text = many !== undefined && values.n !== 1 ? many : one;
  return text.replace(/\{([a-z]+)\}/g, (_, name) =>
    typeof values[name] === "number" ? number(values[name]) : String(values[name]));
}

export function number(value, signed = false) {
  const text = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(value);
  return (signed && value > 0 ? "+" : "") + text.replace("-", "−");
}

export function teamName(team) {
  return say("lobby.team", { letter: String.fromCharCode(65 + team) });  // as terminals call it
}

export function percent(share) {
  return Math.round(share * 100);
}

export function speakIn(language) {
  lang = language;
  remember("language", lang);
}
