// A seat in a room, in a browser: what the server's frames say is shown, and what is picked or
// typed is sent as the program's own players send it. The server alone parses, judges and times.
//
// Texts become text nodes, never markup; nothing that comes from the server becomes an address.
// One file, since the server answers one request per connection.

// The page's words, English and Korean. Strict JSON, which a test reads. `a|b` is one and many.
const WORDS = {
  "language": ["한국어", "English"],
  "language.lang": ["ko", "en"],
  "link.connecting": ["Connecting", "연결하고 있습니다"],
  "link.lost": ["The connection is lost. Trying again.", "연결이 끊겼습니다. 다시 연결하고 있습니다."],
  "link.kept": [
    "The connection is lost. Your answer is kept and sent as soon as it is back.",
    "연결이 끊겼습니다. 답은 보관해 두었다가 다시 연결되는 대로 보냅니다."
  ],
  "leave": ["Leave the room", "방 나가기"],

  "door.title": ["Join a room", "방에 참가하기"],
  "door.code": ["Room code", "방 코드"],
  "door.code.help": ["Eight letters and digits, on the host’s screen", "진행자 화면에 나오는 여덟 글자"],
  "door.name": ["Your name", "이름"],
  "door.name.help": ["As the others will see it", "다른 참가자에게 이 이름으로 보입니다"],
  "door.enter": ["Join", "참가하기"],
  "door.bad-code": [
    "A room code has eight letters and digits, such as KQ7M-2XPD.",
    "방 코드는 KQ7M-2XPD처럼 글자와 숫자 여덟 자입니다."
  ],
  "door.no-name": ["Type a name.", "이름을 입력하십시오."],
  "wait.title": ["Entering the room", "방에 들어가는 중입니다"],

  "lobby.title": ["You are in", "방에 들어왔습니다"],
  "lobby.wait": ["The host starts the first question.", "진행자가 첫 문제를 시작합니다."],
  "lobby.you": ["You are here as", "내 이름"],
  "lobby.team": ["Team {n}", "{n}팀"],
  "lobby.count": ["{n} player is here|{n} players are here", "참가자 {n}명"],
  "lobby.more": ["and {n} more", "그 밖에 {n}명"],
  "lobby.of": ["{n} question|{n} questions", "문제 {n}개"],
  "lobby.shut": ["The lobby is closed: nobody new comes in.", "이제 새 참가자를 받지 않습니다."],

  "asked.title": ["Question {round} of {of}", "문제 {round}/{of}"],
  "asked.again": ["Question {round} of {of}, second vote", "문제 {round}/{of}, 다시 응답"],
  "asked.first": ["Your first answer", "처음 응답"],
  "asked.first.stays": [
    "If you do not answer again, your first answer counts.",
    "다시 응답하지 않으면 처음 응답으로 채점합니다."
  ],
  "asked.send": ["Send", "보내기"],
  "asked.sending": ["Sending", "보내는 중입니다"],
  "asked.sent": ["Your answer", "내 응답"],
  "asked.sent.help": ["It can be changed until the vote closes.", "마감 전까지 바꿀 수 있습니다."],
  "asked.edit": ["Answer again", "응답 바꾸기"],
  "asked.keep": ["Keep the answer as it is", "그대로 두기"],
  "asked.sure": ["How sure are you?", "얼마나 확신합니까?"],
  "asked.reason": ["Why, in a line", "이유 한 줄"],
  "asked.reason.help": [
    "May be left empty. The others may see it.",
    "비워 두어도 됩니다. 다른 참가자에게 보일 수 있습니다."
  ],
  "sure.1": ["A guess", "추측"],
  "sure.2": ["Fairly sure", "꽤 확신"],
  "sure.3": ["Certain", "확실"],
  "sure.1.stakes": ["right +1, wrong 0", "맞으면 +1, 틀리면 0"],
  "sure.2.stakes": ["right +2, wrong −2", "맞으면 +2, 틀리면 −2"],
  "sure.3.stakes": ["right +3, wrong −6", "맞으면 +3, 틀리면 −6"],

  "open.title": ["Question {round} of {of}: talk about it", "문제 {round}/{of}: 함께 토론하기"],
  "open.help": [
    "There is nothing to type. Talk it over with your team.",
    "입력할 것은 없습니다. 팀에서 함께 이야기합니다."
  ],
  "open.points": [
    "{n} point should come up; you will see which.|{n} points should come up; you will see which.",
    "나와야 할 논점은 {n}개입니다. 무엇인지는 나중에 보여 줍니다."
  ],

  "choice.legend": ["Pick one", "하나를 고르십시오"],
  "choice.missing": ["Pick one of the options.", "보기 가운데 하나를 고르십시오."],
  "multi.legend": ["Pick all that are right", "맞는 것을 모두 고르십시오"],
  "multi.missing": ["Pick at least one option.", "보기를 하나 이상 고르십시오."],
  "truefalse.legend": ["True or false", "참 또는 거짓"],
  "truefalse.true": ["True", "참"],
  "truefalse.false": ["False", "거짓"],
  "truefalse.why": ["Why?", "그 이유는?"],
  "truefalse.missing": ["Pick true or false.", "참인지 거짓인지 고르십시오."],
  "truefalse.missing.reason": ["The reason is still missing.", "이유가 아직 빠져 있습니다."],
  "numeric.label": ["Your number", "숫자"],
  "typed.label": ["Your answer", "답"],
  "typed.missing": ["Type an answer.", "답을 입력하십시오."],
  "cloze.label": ["What belongs into the gap", "빈칸에 들어갈 말"],
  "cloze.gap": ["gap", "빈칸"],
  "formula.label": ["Your formula", "식"],
  "formula.names": ["It may hold", "쓸 수 있는 이름"],
  "formula.symbols": ["Symbols to insert", "기호 넣기"],
  "order.legend": ["Bring the steps into their order", "단계를 순서대로 놓으십시오"],
  "order.up": ["Move up: {step}", "위로 옮기기: {step}"],
  "order.down": ["Move down: {step}", "아래로 옮기기: {step}"],
  "order.moved": ["Now at place {n} of {of}", "{of}개 가운데 {n}번째"],
  "match.legend": ["Find the letter that belongs to each", "각각에 맞는 글자를 고르십시오"],
  "match.none": ["not yet chosen", "아직 고르지 않음"],
  "match.missing": ["Choose a letter for each.", "모두 글자를 고르십시오."],
  "match.taken": ["{n} is open again: its letter was given to another.", "{n}번은 다시 비었습니다. 글자를 다른 곳에 썼습니다."],
  "trace.legend": ["Fill in the table", "표를 채우십시오"],
  "trace.missing": ["Fill in every cell.", "모든 칸을 채우십시오."],
  "unknown.help": [
    "This page does not know this kind of question. Reload it, or join from a terminal.",
    "이 페이지에서는 이 유형의 문제를 풀 수 없습니다. 새로 고치거나 터미널에서 참가하십시오."
  ],

  "locked.title": ["The vote is closed", "응답을 마감했습니다"],
  "locked.wait": ["The host goes on.", "진행자가 이어서 진행합니다."],
  "locked.none": ["You did not answer.", "응답하지 않았습니다."],
  "locked.late": [
    "Your last answer did not arrive before the vote closed.",
    "마지막 답이 마감 전에 도착하지 못했습니다."
  ],

  "talking.title": ["Talk it over", "토론하기"],
  "talking.partners": ["Talk to", "이야기할 사람"],
  "talking.anybody": ["Talk to somebody who answered otherwise.", "다르게 응답한 사람과 이야기하십시오."],
  "talking.opposing": ["Somebody answered", "이렇게 답한 사람이 있습니다"],
  "talking.not-judged": ["This may be right or wrong.", "맞을 수도 틀릴 수도 있습니다."],
  "talking.reason": ["because", "이유"],
  "talking.after": ["Then you answer once more.", "토론이 끝나면 다시 응답합니다."],
  "talking.explain.title": ["Listen once more", "다시 한번 듣기"],
  "talking.explain": ["The host explains it once more.", "진행자가 한 번 더 설명합니다."],

  "revealed.title": ["Question {round} of {of}: the answer", "문제 {round}/{of}: 정답"],
  "revealed.open": ["Question {round} of {of}: what came up", "문제 {round}/{of}: 나온 논점"],
  "revealed.question": ["The question", "문제"],
  "revealed.right": ["✓ Right.", "✓ 맞았습니다."],
  "revealed.partly": ["~ Partly right.", "~ 일부 맞았습니다."],
  "revealed.wrong": ["✗ Not yet.", "✗ 아직 아닙니다."],
  "revealed.none": ["– No answer.", "– 응답하지 않았습니다."],
  "revealed.earned": ["{points} for this question, {total} in all", "이 문제 {points}점, 합계 {total}점"],
  "revealed.understood": ["understood as", "이렇게 읽음:"],
  "revealed.answer": ["Answer", "정답"],
  "revealed.own": ["With your numbers", "내 숫자로 계산한 정답"],
  "revealed.explain": ["Why", "풀이"],
  "revealed.groups": ["What was answered", "응답 모아 보기"],
  "revealed.answered": ["{n} answer|{n} answers", "응답 {n}개"],
  "revealed.nobody": ["Nobody answered.", "아무도 응답하지 않았습니다."],
  "revealed.count": ["{n} player|{n} players", "{n}명"],
  "revealed.closest": ["Closest", "가장 가까운 사람"],
  "revealed.gain": ["Right before the discussion: {before}%, after it: {after}%.", "정답률은 토론 전 {before}%, 토론 후 {after}%입니다."],
  "revealed.gain.up": ["Up by {n} points.", "{n}%p 올랐습니다."],
  "revealed.gain.down": ["Down by {n} points.", "{n}%p 내렸습니다."],
  "revealed.gain.same": ["As many as before.", "전과 같습니다."],
  "revealed.reasons": ["Reasons", "이유"],
  "revealed.points": ["Points", "논점"],
  "revealed.point.on": ["✓ came up", "✓ 나왔음"],
  "revealed.point.off": ["– did not come up", "– 나오지 않음"],
  "revealed.conclusion": ["Our conclusion", "우리의 결론"],
  "sign.right": ["✓ right", "✓ 정답"],
  "sign.partly": ["~ partly", "~ 일부 정답"],
  "sign.wrong": ["✗ not right", "✗ 오답"],

  "board.title": ["Board after question {round} of {of}", "순위판: 문제 {round}/{of}까지"],
  "board.last": ["Final board", "최종 순위판"],
  "board.own": ["Rank {rank} of {players}", "{players}명 가운데 {rank}위"],
  "board.own.tied": ["Rank {rank} of {players}, shared", "{players}명 가운데 공동 {rank}위"],
  "board.points": ["{n} point|{n} points", "{n}점"],
  "board.right": ["{right} of {answered} right", "{answered}개 중 {right}개 정답"],
  "board.rank": ["Rank", "순위"],
  "board.tied": ["{n} (shared)", "공동 {n}"],
  "board.name": ["Name", "이름"],
  "board.score": ["Points", "점수"],
  "board.rights": ["Right", "정답"],
  "board.you": ["you", "나"],
  "board.of-all": ["The first {n} of {of}", "{of}명 가운데 {n}명"],
  "board.teams": ["Teams", "팀"],
  "board.team.mean": ["By the mean of their players", "팀원 평균 점수"],
  "board.players": ["Players", "참가자"],
  "board.disputes": ["Where you disagreed", "의견이 갈린 문제"],
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
  "time.paused.said": ["Paused by the host", "진행자가 잠시 멈췄습니다"],
  "time.resumed": ["Going on", "다시 진행합니다"],

  "over.title": ["You are out of the room", "방에서 나왔습니다"],
  "over.again": ["Try again", "다시 시도"],
  "over.back": ["Go on here", "여기서 계속하기"],
  "why.malformed": ["The server did not understand this page. Reload it.", "서버가 이 페이지의 요청을 이해하지 못했습니다. 새로 고치십시오."],
  "why.version": ["This page and the server are of different versions. Reload it.", "페이지와 서버의 버전이 다릅니다. 새로 고치십시오."],
  "why.too-large": ["That was too long for the server.", "서버가 받기에는 너무 깁니다."],
  "why.too-fast": ["That was too much in a short time. Wait a moment.", "짧은 시간에 요청이 너무 많습니다. 잠시 기다리십시오."],
  "why.no-room": ["There is no room with this code.", "이 코드를 쓰는 방이 없습니다."],
  "why.wrong-token": ["Your seat was not recognised. Join by name.", "자리를 확인하지 못했습니다. 이름으로 참가하십시오."],
  "why.wrong-key": ["The server asks for another key.", "서버 키가 맞지 않습니다."],
  "why.full": ["The room is full.", "방이 가득 찼습니다."],
  "why.shut": ["The room takes nobody new.", "이 방은 새 참가자를 받지 않습니다."],
  "why.name": ["This name cannot be used here.", "이 이름은 쓸 수 없습니다."],
  "why.not-host": ["Only the host can do that.", "진행자만 할 수 있습니다."],
  "why.not-now": ["That does not fit what is on now.", "지금은 할 수 없습니다."],
  "why.closed": ["The vote is closed.", "응답을 마감했습니다."],
  "why.stale": ["The room has moved on.", "방이 이미 다음으로 넘어갔습니다."],
  "why.plan": ["The room cannot be opened.", "방을 열 수 없습니다."],
  "why.kicked": ["The host has sent you away.", "진행자가 내보냈습니다."],
  "why.elsewhere": ["You are in this room in another window.", "다른 창에서 이 방에 들어가 있습니다."],
  "why.gone": ["The room was closed.", "방이 닫혔습니다."]
};

const VERSION = 1;
const CODE = /^[0-9A-HJKMNP-TV-Z]{8}$/;
const CARD = /^[A-Za-z0-9._#-]{1,300}$/; // an id that a shell takes literally
const LETTERS = "abcdefghijklmnop";
const ANNOUNCED = [30, 10, 5]; // seconds left
const FIRST_RETRY = 500, LAST_RETRY = 10000, PATIENCE = 10000, ASLEEP = 15000; // milliseconds
const MOST_ROOMS = 8; // remembered
const SPECIFIC = ["name", "plan", "version", "malformed"]; // refusals whose own words say more

const $ = (id) => document.getElementById(id);

// What is remembered ----------------------------------------------------------------------------

const memory = {};

function recall(key) {
  try {
    const text = localStorage.getItem("tutor." + key);
    return text === null ? memory[key] : JSON.parse(text);
  } catch (error) {
    return memory[key]; // storage is forbidden or was tampered with
  }
}

function remember(key, value) {
  memory[key] = value;
  try {
    localStorage.setItem("tutor." + key, JSON.stringify(value));
  } catch (error) {
    // a private window: this visit only
  }
}

function roomOf(code) {
  const rooms = recall("rooms") || {};
  return Object.prototype.hasOwnProperty.call(rooms, code) ? rooms[code] : {};
}

function rememberRoom(code, change) {
  const rooms = recall("rooms") || {};
  rooms[code] = Object.assign(roomOf(code), change, { at: Date.now() });
  const newest = Object.keys(rooms).sort((a, b) => rooms[b].at - rooms[a].at).slice(0, MOST_ROOMS);
  remember("rooms", Object.fromEntries(newest.map((kept) => [kept, rooms[kept]])));
}

// Words -----------------------------------------------------------------------------------------

let lang = recall("language");
if (lang !== "en" && lang !== "ko") {
  lang = (navigator.languages || [navigator.language]).some((l) => /^ko/i.test(l)) ? "ko" : "en";
}

function say(key, values = {}) {
  const [one, many] = WORDS[key][lang === "ko" ? 1 : 0].split("|");
  const text = many !== undefined && values.n !== 1 ? many : one;
  return text.replace(/\{([a-z]+)\}/g, (_, name) =>
    typeof values[name] === "number" ? number(values[name]) : String(values[name]));
}

function number(value, signed = false) {
  const text = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 }).format(value);
  return (signed && value > 0 ? "+" : "") + text.replace("-", "−");
}

function percent(share) {
  return Math.round(share * 100);
}

// Elements --------------------------------------------------------------------------------------

// A new element. Attributes that are null or false are left out; children are nodes or text.
function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "onclick") node.addEventListener("click", value);
    else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  add(node, children);
  return node;
}

function add(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== "") node.append(child);
  }
}

function put(node, ...children) {
  while (node.firstChild) node.firstChild.remove();
  add(node, children);
}

const stranger = (text) => el("bdi", null, text);
const note = (text) => el("p", { class: "note" }, text);
const title = (text) => el("h1", { id: "title", tabindex: -1 }, text);
const section = (heading, ...children) =>
  el("section", null, el("h2", null, heading), ...children);

function names(list) {
  return list.map((name, index) => [index ? ", " : "", stranger(name)]);
}

// Documents: what the server makes of texts for a page ------------------------------------------

const TAGS = { strong: "strong", em: "em", code: "code" };

// Refusals may come before the server knows that this is a page: as text, which is shown as it is.
function blocksOf(said) {
  const blocks = said && said[lang];
  if (typeof blocks === "string") return [{ b: "p", s: [{ x: blocks }] }];
  return Array.isArray(blocks) ? blocks : [];
}

// A text as blocks; `gap` is the sign that stands for the gap of a cloze.
function prose(said, gap = null) {
  return el("div", { class: "prose" }, blocksOf(said).map((block) => drawBlock(block, gap)));
}

// A text inside a line, where it is a single paragraph; else as blocks.
function words(said) {
  const blocks = blocksOf(said);
  if (blocks.length === 1 && blocks[0].b === "p") {
    return el("span", { class: "words" }, drawSpans(blocks[0].s, null));
  }
  return prose(said);
}

// A text without its form, for names of controls.
function plain(said) {
  const inner = (value) => {
    if (Array.isArray(value)) return value.map(inner).join("");
    if (value === null || typeof value !== "object") return "";
    if (value.b === "maths") return value.l + " ";
    if (typeof value.x === "string") return value.x;
    return inner([value.s, value.i, value.c, value.h, value.r].filter(Boolean)) + " ";
  };
  return inner(blocksOf(said)).replace(/\s+/g, " ").trim();
}

function drawBlock(block, gap) {
  const inside = (blocks) => blocks.map((inner) => drawBlock(inner, gap));
  switch (block.b) {
    case "p":
      return el("p", null, drawSpans(block.s, gap));
    case "h":
      return el("h" + Math.min(6, 2 + Number(block.n)), null, drawSpans(block.s, gap));
    case "ul":
    case "ol":
      return el(block.b, null, block.i.map((item) => el("li", null, inside(item))));
    case "code":
      return el("pre", { class: "code", tabindex: 0 }, el("code", null, withGap(block.x, gap)));
    case "maths":
      return maths(block, gap);
    case "quote":
      return el("blockquote", null, inside(block.c));
    case "table":
      return drawTable(block, gap);
    default:
      return null;
  }
}

function maths(block, gap) {
  const drawn = el("pre", { class: "maths", role: "img", "aria-label": block.l }, withGap(block.x, gap));
  const widths = block.x.split("\n").map((line) => line.replace(/[ᄀ-ᅟ⺀-꓏가-힣＀-｠]/g, "__").length);
  drawn.style.setProperty("--cells", Math.max(12, ...widths));
  return drawn;
}

function drawSpans(spans, gap) {
  return spans.map((span) => {
    let node = withGap(span.x, gap);
    for (const style of span.k || []) {
      node = style === "maths" ? el("span", { class: "maths" }, node)
        : TAGS[style] ? el(TAGS[style], null, node) : node;
    }
    return node;
  });
}

function withGap(text, gap) {
  if (!gap) return text;
  return text.split(gap).map((part, index) => [
    index ? el("span", { class: "gap", role: "img", "aria-label": say("cloze.gap") }, gap) : "",
    part,
  ]);
}

function drawTable(block, gap) {
  const cell = (tag, spans, index) =>
    el(tag, { class: "to-" + block.a[index], scope: tag === "th" ? "col" : null }, drawSpans(spans, gap));
  const row = (tag, cells) => el("tr", null, cells.map((spans, index) => cell(tag, spans, index)));
  return el("div", { class: "wide", tabindex: 0 },
    el("table", null,
      el("thead", null, row("th", block.h)),
      el("tbody", null, block.r.map((cells) => row("td", cells)))));
}

// Answers: a widget for each kind of face -------------------------------------------------------
//
// Each gives `{node, text, fill, missing}`: what it looks like; the answer as it would be typed
// into the program; how to take such a text up again; the key of the words for what is left out.

const RAW = { autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false" };

function changed(node) {
  node.dispatchEvent(new Event("input", { bubbles: true }));
}

function option(type, name, index, content) {
  const input = el("input", { type, name, value: index + 1, id: `${name}-${index + 1}` });
  return { input, node: el("label", { class: "option" }, input, content) };
}

function options(type, name, legend, contents) {
  const all = contents.map((content, index) => option(type, name, index, content));
  const inputs = all.map((one) => one.input);
  const node = el("fieldset", null, el("legend", null, legend), all.map((one) => one.node));
  const mark = () => all.forEach((one) => one.node.classList.toggle("chosen", one.input.checked));
  node.addEventListener("change", mark);
  return {
    node,
    text: () => inputs.filter((input) => input.checked).map((input) => input.value).join(" "),
    fill: (text) => {
      const picked = text.match(/[1-9]/g) || [];
      for (const input of inputs) input.checked = picked.includes(input.value);
      mark();
    },
  };
}

function field(label, attributes, help = null) {
  const described = help === null ? null : attributes.id + "-help";
  const input = el("input", Object.assign({ type: "text", "aria-describedby": described }, attributes));
  const node = el("div", { class: "field" },
    el("label", { for: attributes.id }, label), input,
    help === null ? null : el("p", { class: "note", id: described }, help));
  return { input, node };
}

function typed(label, attributes, after = null, signs = []) {
  const { input, node } = field(label, Object.assign({ id: "answer", maxlength: 300 }, RAW, attributes));
  if (after !== null) {
    const line = el("div", { class: "with-unit" });
    input.replaceWith(line);
    line.append(input, after);
  }
  if (signs.length) node.append(symbols(input, signs));
  return {
    node,
    input,
    text: () => input.value,
    fill: (text) => { input.value = text; },
    missing: () => (input.value.trim() ? null : "typed.missing"),
  };
}

const TYPED = { "−": "-", "×": "*" }; // by what is typed for a sign, where it is another

function symbols(input, signs) {
  const insert = (sign) => {
    const from = input.selectionStart === null ? input.value.length : input.selectionStart;
    input.setRangeText(sign, from, input.selectionEnd === null ? from : input.selectionEnd, "end");
    input.focus();
    changed(input);
  };
  return el("div", { class: "symbols", role: "group", "aria-label": say("formula.symbols") },
    signs.map((sign) => el("button",
      { type: "button", class: "quiet", onclick: () => insert(TYPED[sign] || sign) }, sign)));
}

const FACES = {
  choice(face) {
    const all = options("radio", "choice", say("choice.legend"), face.options.map(words));
    return Object.assign(all, { missing: () => (all.text() ? null : "choice.missing") });
  },

  multi(face) {
    const all = options("checkbox", "multi", say("multi.legend"), face.options.map(words));
    return Object.assign(all, { missing: () => (all.text() ? null : "multi.missing") });
  },

  // A reason would give the verdict away, so it is asked for when there is one.
  truefalse(face) {
    const truth = options("radio", "truth", say("truefalse.legend"),
      ["true", "false"].map((truth) => el("span", { class: "words" }, say("truefalse." + truth))));
    const why = face.reasons && face.reasons.length
      ? options("radio", "why", say("truefalse.why"), face.reasons.map(words))
      : face.types_reason ? typed(say("truefalse.why"), {}) : null;
    const node = el("div", null, truth.node, why && why.node);
    const open = () => { if (why) why.node.hidden = !truth.text(); };
    node.addEventListener("input", open);
    open();
    return {
      node,
      text: () => {
        const verdict = { 1: "t", 2: "f" }[truth.text()] || "";
        return why && why.text().trim() ? verdict + "\n" + why.text() : verdict;
      },
      fill: (text) => {
        const [verdict, ...reason] = text.split("\n");
        truth.fill({ t: "1", f: "2" }[verdict] || "");
        if (why) why.fill(reason.join(" "));
        open();
      },
      missing: () => (!truth.text() ? "truefalse.missing"
        : why && !why.text().trim() ? "truefalse.missing.reason" : null),
    };
  },

  numeric(face) {
    const unit = face.unit ? el("span", { id: "unit" }, words(face.unit)) : null;
    const described = face.unit ? "unit" : null;
    // a phone's pad of digits may have no minus
    return typed(say("numeric.label"),
      { inputmode: "decimal", maxlength: 100, "aria-describedby": described }, unit, ["−", "/", "^"]);
  },

  text() {
    return typed(say("typed.label"), {});
  },

  // What is typed shows in the sentence as well.
  cloze(face) {
    const answer = typed(say("cloze.label"), {});
    const mirror = () => {
      for (const gap of document.querySelectorAll("#prompt .gap")) {
        gap.textContent = answer.input.value.trim() || face.gap;
        gap.classList.toggle("filled", Boolean(answer.input.value.trim()));
      }
    };
    answer.input.addEventListener("input", mirror);
    const fill = answer.fill;
    return Object.assign(answer, { fill: (text) => { fill(text); mirror(); } });
  },

  formula(face) {
    const functions = face.functions || [];
    const signs = [...face.names.map((one) => one.name), "+", "−", "×", "/", "^", "(", ")",
      ...functions.map((name) => name + "(")];
    const answer = typed(say("formula.label"), { maxlength: 400 }, null, signs);
    answer.node.prepend(el("p", { class: "note" }, say("formula.names"), ": ",
      el("span", { class: "maths" }, [
        ...face.names.map((one) => `${one.name} = ${one.value}`), ...functions,
      ].join(", "))));
    return answer;
  },

  order(face) {
    const list = el("ol", { class: "order" });
    let order = face.steps.map((_, index) => index);
    const draw = () => put(list, order.map((step, place) => {
      const name = plain(face.steps[step]);
      const button = (way, sign, off) => el("button", {
        type: "button", class: "quiet", id: `${way}-${step}`, "aria-disabled": off ? "true" : null,
        "aria-label": say("order." + way, { step: name }),
        onclick: () => move(step, way === "up" ? -1 : 1, `${way}-${step}`),
      }, sign);
      return el("li", { "data-step": step }, words(face.steps[step]), el("span", { class: "moves" },
        button("up", "↑", place === 0), button("down", "↓", place === order.length - 1)));
    }));
    const move = (step, by, focus) => {
      const from = order.indexOf(step), to = from + by;
      if (to < 0 || to >= order.length) return;
      order.splice(from, 1);
      order.splice(to, 0, step);
      draw();
      $(focus).focus();
      speak(say("order.moved", { n: to + 1, of: order.length }));
      changed(list);
    };
    list.addEventListener("keydown", (event) => {
      const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      const item = event.target.closest("li");
      if (!by || !item) return;
      event.preventDefault();
      move(Number(item.dataset.step), by, event.target.id);
    });
    draw();
    return {
      node: el("fieldset", null, el("legend", null, say("order.legend")), list),
      text: () => order.map((step) => step + 1).join(" "),
      fill: (text) => {
        const steps = text.split(" ").map((digit) => Number(digit) - 1);
        const all = new Set(steps);
        if (all.size === order.length && order.every((step) => all.has(step))) order = steps;
        draw();
      },
      missing: () => null,
    };
  },

  // A right side goes with one left side: chosen for another, it is taken from the first.
  match(face) {
    const letters = [...LETTERS.slice(0, face.rights.length)];
    const selects = face.lefts.map((_, index) => el("select", { id: "left-" + (index + 1) },
      el("option", { value: "" }, "– " + say("match.none")),
      letters.map((letter, right) =>
        el("option", { value: letter }, `${letter}  ${plain(face.rights[right])}`))));
    const take = (event) => {
      selects.forEach((select, index) => {
        if (select === event.target || !select.value || select.value !== event.target.value) return;
        select.value = "";
        speak(say("match.taken", { n: index + 1 }));
      });
    };
    for (const select of selects) select.addEventListener("change", take);
    return {
      node: el("fieldset", null, el("legend", null, say("match.legend")),
        el("ol", { class: "rights" }, face.rights.map(words).map((side) => el("li", null, side))),
        el("ol", { class: "lefts" }, face.lefts.map((left, index) =>
          el("li", null, el("label", { for: "left-" + (index + 1) }, words(left)), selects[index])))),
      text: () => selects.map((select, index) => (select.value ? index + 1 + select.value : ""))
        .filter(Boolean).join(" "),
      fill: (text) => {
        for (const [, digit, letter] of text.matchAll(/([1-9])([a-p])/g)) {
          if (selects[digit - 1] && letters.includes(letter)) selects[digit - 1].value = letter;
        }
      },
      missing: () => (selects.every((select) => select.value) ? null : "match.missing"),
    };
  },

  trace(face) {
    const inputs = [];
    const heads = (face.columns || []).map(plain);
    const square = (row, cell, column) => {
      const head = heads[column] || "";
      if (cell.given !== null && cell.given !== undefined) {
        return el("td", { "data-head": head }, cell.given);
      }
      const label = [plain(row.label), head || cell.name].filter(Boolean).join(", ");
      const input = el("input", Object.assign({
        type: "text", id: "cell-" + (inputs.length + 1), inputmode: "decimal", maxlength: 100,
        placeholder: cell.name, "aria-label": label,
      }, RAW));
      inputs.push(input);
      return el("td", { "data-head": head }, input);
    };
    const body = face.rows.map((row) => el("tr", null,
      el("th", { scope: "row" }, words(row.label)),
      row.cells.map((cell, column) => square(row, cell, column))));
    const head = heads.length ? el("thead", null, el("tr", null, el("td"),
      face.columns.map((column) => el("th", { scope: "col" }, words(column))))) : null;
    return {
      node: el("fieldset", null, el("legend", null, say("trace.legend")),
        el("table", { class: "trace" }, head, el("tbody", null, body))),
      text: () => inputs.map((input) => input.value.replace(/[;\n]/g, " ")).join("\n"),
      fill: (text) => text.split("\n").forEach((value, index) => {
        if (inputs[index]) inputs[index].value = value;
      }),
      missing: () => (inputs.every((input) => input.value.trim()) ? null : "trace.missing"),
    };
  },

  discuss(face) {
    return {
      node: el("div", null, note(say("open.help")), note(say("open.points", { n: face.points }))),
      text: () => "", fill: () => {}, missing: () => null,
    };
  },
};

// Time ------------------------------------------------------------------------------------------

const time = { endsAt: null, left: null, paused: false, said: null, next: 0 };

function setTime(remaining, paused) {
  if (paused !== time.paused) speak(say(paused ? "time.paused.said" : "time.resumed"));
  Object.assign(time, { left: remaining, paused, said: null });
  time.endsAt = remaining === null || paused ? null : Date.now() + remaining;
  tick();
}

function stopTime() {
  Object.assign(time, { endsAt: null, left: null, paused: false, said: null });
  tick();
}

function tick() {
  clearTimeout(time.next);
  const left = time.endsAt === null ? time.left : Math.max(0, time.endsAt - Date.now());
  const seconds = left === null ? null : Math.ceil(left / 1000);
  const send = $("send");
  if (send) send.disabled = time.paused;
  $("time").hidden = seconds === null && !time.paused;
  const clock = seconds === null ? "" : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  const shown = time.paused ? [clock, say("time.paused")].filter(Boolean).join(" ") : clock;
  if ($("time").textContent !== shown) $("time").textContent = shown;
  $("time").setAttribute("aria-label", `${say("time.label")} ${shown}`);
  $("time").classList.toggle("paused", time.paused);
  $("time").classList.toggle("short", !time.paused && seconds !== null && seconds <= 10);
  if (time.endsAt === null) return;
  if (ANNOUNCED.includes(seconds) && time.said !== seconds) {
    time.said = seconds;
    speak(say("time.left", { n: seconds }));
  }
  if (left > 0) time.next = setTimeout(tick, left % 1000 || 1000);
}

// Say something to those who listen to the page, once.
function speak(text) {
  put($("spoken"), el("span", null, text));
}

// The seat --------------------------------------------------------------------------------------

const fresh = () => ({
  welcome: null, scene: null, asked: null, first: null, yours: null, complaint: null, result: null,
  standing: null, ended: false, refused: null, editing: false, draft: null, complaints: 0, titles: {},
});
let seat = fresh();
let code = "";
let unsent = null; // a vote that the server has not confirmed

const sameVote = (a, b) => Boolean(a && b && a.round === b.round && a.ballot === b.ballot);
const sameText = (a, b) => a.text.normalize().trim() === b.text.normalize().trim() && a.sure === b.sure;

function setUnsent(vote) {
  unsent = vote;
  rememberRoom(code, { unsent });
}

// What each frame changes. Those of the host alone (Panel, Report) never come to a page.
const FRAMES = {
  welcome(frame) {
    Object.assign(seat, { welcome: frame, returning: true, refused: null });
    link.state = "connected";
    link.tries = 0;
    remember("name", frame.name);
    rememberRoom(code, { token: frame.token });
    tell("");
  },
  lobby(frame) {
    seat.scene = frame;
    stopTime();
  },
  clock(frame) {
    setTime(frame.remaining_ms, frame.is_paused);
  },
  asked(frame) {
    const again = seat.returning && sameVote(seat.asked, frame)
      && JSON.stringify(seat.asked.face) === JSON.stringify(frame.face);
    if (!again) Object.assign(seat, { yours: null, first: null, editing: false, draft: null });
    Object.assign(seat, { scene: frame, asked: frame, complaint: null, result: null, returning: false });
    setTime(frame.remaining_ms, frame.is_paused);
    if (unsent && !sameVote(unsent, frame)) {
      setUnsent(null);
      tell(say("locked.late"));
    } else if (unsent) {
      if (!seat.draft) seat.draft = unsent;
      send(unsent);
    }
  },
  yours(frame) {
    if (sameVote(frame, seat.asked)) seat.yours = frame;
    else seat.first = frame;
    seat.complaint = null;
    if (sameVote(unsent, frame) && sameText(unsent, frame)) {
      setUnsent(null);
      Object.assign(seat, { editing: false, draft: null });
      tell("");
    }
  },
  locked(frame) {
    moved(frame);
    stopTime();
  },
  talking(frame) {
    moved(frame);
    setTime(frame.remaining_ms, frame.is_paused);
  },
  revealed(frame) {
    moved(frame);
    seat.titles[frame.round] = frame.prompt;
    stopTime();
  },
  result(frame) {
    seat.result = frame;
    const open = !seat.scene || seat.scene.answer === null;
    if (!open && (frame.first_score === null || frame.first_score < 1)) miss(frame);
  },
  board(frame) {
    moved(frame);
    stopTime();
  },
  standing(frame) {
    seat.standing = frame;
  },
  ended() {
    seat.ended = true;
    link.state = "over";
    stopTime();
  },
  notes(frame) {
    if (seat.scene && seat.scene.t === "revealed" && seat.scene.round === frame.round) {
      seat.scene = Object.assign({}, seat.scene, { ticks: frame.ticks, conclusion: frame.conclusion });
    }
  },
  complaint(frame) {
    if (!sameVote(frame, seat.asked)) return;
    complain(plain(frame.message));
    tell("");
    setUnsent(null);
    seat.editing = true;
  },
  refused(frame) {
    const detail = SPECIFIC.includes(frame.why) ? plain(frame.message) : "";
    const known = Object.prototype.hasOwnProperty.call(WORDS, "why." + frame.why);
    const said = detail || (known ? say("why." + frame.why) : plain(frame.message));
    if (link.state !== "connected" && frame.why === "too-fast") {
      tell(said); // the connection ends, and is tried again later
    } else if (frame.is_final || link.state !== "connected") {
      if (frame.why === "wrong-token") rememberRoom(code, { token: null });
      hangUp();
      if (!seat.ended) seat.refused = frame;
      setUnsent(null);
      stopTime();
    } else {
      if (unsent) setUnsent(null);
      tell(said);
    }
  },
};

// The vote is over: an answer that is not confirmed came too late.
function moved(frame) {
  Object.assign(seat, { scene: frame, complaint: null, editing: false, draft: null, returning: false });
  if (unsent) tell(say("locked.late"));
  else if (frame.t !== "locked") tell("");
  if (unsent) setUnsent(null);
}

function complain(text) {
  seat.complaint = text;
  seat.complaints += 1;
}

function miss(result) {
  const misses = (roomOf(code).misses || []).filter((other) => other.round !== result.round);
  const prompt = seat.titles[result.round] || null;
  misses.push({ round: result.round, card: result.question, seed: result.seed, prompt });
  rememberRoom(code, { misses });
}

function receive(frame) {
  if (!frame || !Object.prototype.hasOwnProperty.call(FRAMES, frame.t)) return;
  FRAMES[frame.t](frame);
  soon();
}

// The connection --------------------------------------------------------------------------------

const link = { socket: null, state: "idle", tries: 0, retry: 0, patience: 0, hiddenAt: 0 };

function address() {
  const url = new URL("live", location.href); // beside the page, so that a prefix of the path stays
  url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  url.search = url.hash = "";
  return url.href;
}

function connect() {
  hangUp();
  link.state = seat.welcome ? "lost" : "connecting";
  const socket = new WebSocket(address());
  link.socket = socket;
  link.patience = setTimeout(() => { if (link.socket === socket) lost(); }, PATIENCE);
  socket.onopen = () => {
    const enter = { t: "enter", v: VERSION, code, name: recall("name") || "", audience: "page" };
    const token = roomOf(code).token;
    if (token) enter.token = token;
    socket.send(JSON.stringify(enter));
  };
  socket.onmessage = (event) => {
    if (link.socket !== socket) return;
    clearTimeout(link.patience);
    let frame = null;
    try {
      frame = JSON.parse(event.data);
    } catch (error) {
      return;
    }
    receive(frame);
  };
  socket.onclose = () => { if (link.socket === socket) lost(); };
  soon();
}

// Close the connection without trying again.
function hangUp() {
  clearTimeout(link.retry);
  clearTimeout(link.patience);
  const socket = link.socket;
  link.socket = null;
  if (socket) {
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }
  if (link.state !== "over") link.state = "idle";
}

function lost() {
  const over = link.state === "over";
  hangUp();
  if (over) return;
  link.state = "lost";
  const wait = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** link.tries) * (0.75 + Math.random() / 2);
  link.tries += 1;
  link.retry = setTimeout(connect, wait);
  soon();
}

function send(frame) {
  if (link.state === "connected" && link.socket && link.socket.readyState === WebSocket.OPEN) {
    link.socket.send(JSON.stringify(frame));
  }
}

// A phone that slept may hold a connection that is dead without knowing.
function wake() {
  if (document.visibilityState === "hidden") {
    link.hiddenAt = Date.now();
    return;
  }
  const slept = link.hiddenAt && Date.now() - link.hiddenAt > ASLEEP;
  link.hiddenAt = 0;
  if (link.state === "lost" || (link.state === "connected" && slept)) {
    link.tries = 0;
    connect();
  }
  tick();
}

// Scenes ----------------------------------------------------------------------------------------

const titleOf = (key, frame) => title(say(key, { round: frame.round, of: frame.of }));

function door() {
  const refused = seat.refused;
  const missing = (key) => { tell(say(key)); return false; };
  const codeField = field(say("door.code"), Object.assign({}, RAW, {
    id: "code", maxlength: 20, autocapitalize: "characters", required: true, value: dashed(code),
  }), say("door.code.help"));
  const nameField = field(say("door.name"), {
    id: "name", maxlength: 80, autocomplete: "nickname", required: true, value: recall("name") || "",
  }, say("door.name.help"));
  const form = el("form", { novalidate: true }, codeField.node, nameField.node,
    el("button", { type: "submit" }, say("door.enter")));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typedCode = codeFrom(codeField.input.value);
    if (!typedCode) return missing("door.bad-code");
    if (!nameField.input.value.trim()) return missing("door.no-name");
    remember("name", nameField.input.value.trim());
    return enterRoom(typedCode);
  });
  return [title(say("door.title")), refused ? refusal(refused) : null, form];
}

function refusal(refused) {
  const known = Object.prototype.hasOwnProperty.call(WORDS, "why." + refused.why);
  return el("div", { class: "complaint", role: "status" },
    known ? el("p", null, say("why." + refused.why)) : null,
    !known || SPECIFIC.includes(refused.why) ? prose(refused.message) : null);
}

function over() {
  const { why } = seat.refused;
  const back = why === "elsewhere" ? "over.back" : why === "kicked" || why === "gone" ? null : "over.again";
  return [title(say("over.title")), refusal(seat.refused),
    back && el("button", { type: "button", onclick: () => { seat.refused = null; connect(); } }, say(back)),
    misses()];
}

function yourAnswer(yours, ...after) {
  return el("section", { class: "yours" }, el("h2", { id: "yours", tabindex: -1 }, say("asked.sent")),
    el("p", { class: "answer" }, words(yours.words)),
    yours.sure ? note(say("sure." + yours.sure)) : null,
    yours.reason ? el("p", { class: "reason" }, stranger(yours.reason)) : null,
    after);
}

function answerForm(asked) {
  const make = Object.prototype.hasOwnProperty.call(FACES, asked.face.kind) ? FACES[asked.face.kind] : null;
  if (!make) return note(say("unknown.help"));
  const { confidence, reasons } = seat.welcome;
  const widget = make(asked.face);
  const sure = options("radio", "sure", say("asked.sure"), [1, 2, 3].map((level) => el("span", { class: "words" },
    say("sure." + level), " ", el("span", { class: "note" }, say(`sure.${level}.stakes`)))));
  sure.node.className = "sure";
  const reason = field(say("asked.reason"), { id: "reason", maxlength: 400, autocomplete: "off" }, say("asked.reason.help"));
  const form = el("form", { id: "form", novalidate: true },
    el("div", { id: "widget", role: "group", "aria-labelledby": "title", "aria-describedby": "prompt" },
      widget.node),
    confidence ? sure.node : null, reasons ? reason.node : null,
    el("p", { id: "complaint", class: "complaint", role: "status", hidden: !seat.complaint }, seat.complaint),
    el("div", { class: "buttons" }, el("button", { type: "submit", id: "send" }, say("asked.send")),
      seat.yours ? el("button", { type: "button", class: "quiet", onclick: () => edit(false) }, say("asked.keep")) : null));
  const typedNow = () => ({
    text: widget.text(),
    sure: confidence && sure.text() ? Number(sure.text()) : null,
    reason: reasons ? reason.input.value.trim() : "",
  });
  const keep = () => { seat.draft = typedNow(); };
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (time.paused) return;
    keep();
    const missing = widget.missing();
    if (missing) {
      complain(say(missing));
      tell("");
      soon();
      return;
    }
    setUnsent(Object.assign({ t: "vote", round: asked.round, ballot: asked.ballot }, seat.draft));
    send(unsent);
    if (link.state === "connected") tell(say("asked.sending"));
    soon();
  });
  const filled = seat.draft || seat.yours;
  if (filled) {
    fillLater = () => widget.fill(filled.text);
    sure.fill(String(filled.sure || ""));
    reason.input.value = filled.reason;
  }
  if (seat.complaint) {
    const first = widget.node.querySelector("input, select, button");
    if (first) {
      first.setAttribute("aria-invalid", "true");
      first.setAttribute("aria-describedby", "complaint");
    }
  }
  return form;
}

let fillLater = null; // takes a draft up once the form is in the page

function edit(on) {
  seat.editing = on;
  seat.complaint = null;
  if (!on) seat.draft = null;
  soon();
}

function question(asked) {
  return [
    el("p", { class: "topic" }, words(asked.topic)),
    el("div", { id: "prompt" }, prose(asked.face.prompt, asked.face.gap || null)),
  ];
}

const SCENES = {
  lobby(frame) {
    const { welcome } = seat;
    const more = frame.count - frame.names.length;
    return [title(say("lobby.title")),
      el("p", { class: "topic" }, words(welcome.title)),
      el("p", null, say("lobby.you"), ": ", el("strong", null, stranger(welcome.name)),
        welcome.team === null ? "" : " · " + say("lobby.team", { n: welcome.team + 1 })),
      el("p", null, say("lobby.wait")),
      note(say("lobby.of", { n: frame.of })),
      section(say("lobby.count", { n: frame.count }),
        el("ul", { class: "people" }, frame.names.map((name) => el("li", null, stranger(name))),
          more > 0 ? el("li", null, say("lobby.more", { n: more })) : null)),
      frame.is_open ? null : note(say("lobby.shut"))];
  },

  asked(frame) {
    if (frame.is_open_question) {
      return [titleOf("open.title", frame), question(frame), FACES.discuss(frame.face).node];
    }
    const form = !seat.yours || seat.editing;
    return [titleOf(frame.ballot === 2 ? "asked.again" : "asked.title", frame), question(frame),
      frame.ballot === 2 && seat.first && !seat.yours
        ? el("p", { class: "first" }, say("asked.first"), ": ", words(seat.first.words), " ",
          el("span", { class: "note" }, say("asked.first.stays"))) : null,
      form ? answerForm(frame)
        : yourAnswer(seat.yours, note(say("asked.sent.help")),
          el("button", { type: "button", class: "quiet", onclick: () => edit(true) }, say("asked.edit")))];
  },

  locked() {
    const yours = seat.yours || seat.first;
    return [title(say("locked.title")), el("p", null, say("locked.wait")),
      seat.asked ? question(seat.asked) : null,
      yours ? yourAnswer(yours) : note(say("locked.none"))];
  },

  talking(frame) {
    const yours = seat.yours || seat.first;
    const pairs = frame.talk === "pairs";
    const partners = frame.partners || [];
    return [title(say(pairs ? "talking.title" : "talking.explain.title")),
      !pairs ? el("p", null, say("talking.explain"))
        : partners.length ? el("p", { class: "partners" }, say("talking.partners"), ": ", names(partners))
          : el("p", null, say("talking.anybody")),
      frame.opposing ? section(say("talking.opposing"),
        el("blockquote", null, words(frame.opposing),
          frame.reason ? el("p", { class: "reason" }, say("talking.reason"), ": ", stranger(frame.reason)) : null),
        note(say("talking.not-judged"))) : null,
      el("p", null, say("talking.after")),
      seat.asked ? question(seat.asked) : null,
      yours ? yourAnswer(yours) : null];
  },

  revealed(frame) {
    const { result } = seat;
    const open = frame.answer === null || frame.answer === undefined;
    const answer = (result && result.answer) || frame.answer;
    const explain = (result && result.explain) || frame.explain;
    return [titleOf(open ? "revealed.open" : "revealed.title", frame),
      result && !open ? verdict(result) : null,
      section(say("revealed.question"), prose(frame.prompt)),
      open ? null : section(say(result && result.answer ? "revealed.own" : "revealed.answer"),
        el("div", { class: "right" }, prose(answer))),
      points(frame),
      frame.conclusion ? section(say("revealed.conclusion"),
        el("p", { class: "conclusion", dir: "auto" }, frame.conclusion)) : null,
      section(say("revealed.explain"), prose(explain)),
      open ? null : answers(frame),
      reasonsGiven(frame)];
  },

  board(frame) {
    const standing = seat.standing && seat.standing.row;
    return [title(seat.ended ? say("ended.title") : frame.is_last ? say("board.last")
      : say("board.title", { round: frame.round, of: frame.of })),
      standing ? ownLine(standing, frame) : null,
      seat.ended ? misses() : null,
      teamTable(frame.teams || []),
      boardTable(frame, standing),
      disputes(frame.disputes || [])];
  },
};

function verdict(result) {
  const { score } = result;
  const kind = score === null ? "none" : score >= 1 ? "right" : score > 0 ? "partly" : "wrong";
  const yours = seat.yours || seat.first;
  return el("section", { class: "verdict " + kind },
    el("h2", null, say("revealed." + kind)),
    yours ? el("p", { class: "answer" }, words(yours.words),
      yours.sure ? el("span", { class: "note" }, " · " + say("sure." + yours.sure)) : null) : null,
    result.understood ? el("p", { class: "note" }, say("revealed.understood"), " ", words(result.understood)) : null,
    result.diagnosis ? prose(result.diagnosis) : null,
    note(say("revealed.earned", { points: number(result.points, true), total: result.total })));
}

function sign(group) {
  if (group.is_right === null || group.is_right === undefined) return null;
  const kind = group.is_right ? "right" : group.score > 0 ? "partly" : "wrong";
  return el("span", { class: "sign " + kind }, say("sign." + kind));
}

function groupList(groups) {
  const most = Math.max(1, ...groups.map((group) => group.count));
  return el("ul", { class: "groups" }, groups.map((group) => {
    const bar = el("div", { class: "bar" + (group.is_right ? " right" : ""), "aria-hidden": "true" });
    bar.style.width = (100 * group.count) / most + "%";
    const named = group.names || [];
    return el("li", null,
      el("div", { class: "group" }, words(group.words),
        el("span", { class: "count" }, say("revealed.count", { n: group.count }))),
      bar,
      el("p", { class: "note" }, sign(group), named.length ? [sign(group) ? " · " : "", names(named)] : null),
      group.mistake ? el("div", { class: "note" }, words(group.mistake)) : null);
  }));
}

function answers(frame) {
  const groups = frame.groups || [];
  const closest = frame.closest || [];
  const given = (share) => share !== null && share !== undefined;
  return section(say("revealed.groups"),
    frame.answered ? note(say("revealed.answered", { n: frame.answered })) : note(say("revealed.nobody")),
    given(frame.before) && given(frame.after) ? gain(percent(frame.before), percent(frame.after)) : null,
    groupList(groups),
    closest.length ? el("p", null, say("revealed.closest"), ": ", names(closest)) : null);
}

function gain(before, after) {
  const way = after > before ? "up" : after < before ? "down" : "same";
  return el("p", { class: "gain" }, say("revealed.gain", { before, after }), " ",
    say("revealed.gain." + way, { n: Math.abs(after - before) }));
}

function reasonsGiven(frame) {
  const reasons = frame.reasons || [];
  if (!reasons.length) return null;
  return section(say("revealed.reasons"), el("ul", { class: "reasons" }, reasons.map((one) =>
    el("li", null, el("p", { class: "reason" }, stranger(one.reason)),
      el("p", { class: "note" }, one.name ? [stranger(one.name), " · "] : null,
        words(one.words), " · ", sign(one))))));
}

function points(frame) {
  const all = frame.points || [];
  if (!all.length) return null;
  return section(say("revealed.points"), el("ul", { class: "points" }, all.map((point, index) => {
    const on = (frame.ticks || []).includes(index);
    return el("li", null, words(point), " ",
      el("span", { class: on ? "sign right" : "sign" }, say("revealed.point." + (on ? "on" : "off"))));
  })));
}

function ownLine(row, board) {
  const tied = board.rows.filter((other) => other.rank === row.rank).length > 1;
  return el("p", { class: "standing" },
    el("strong", null, say(tied ? "board.own.tied" : "board.own", { rank: row.rank, players: board.players })),
    " · ", say("board.points", { n: row.points }), " · ",
    say("board.right", { right: row.right, answered: row.answered }));
}

const ranked = (row, rows) =>
  (rows.filter((other) => other.rank === row.rank).length > 1 ? say("board.tied", { n: row.rank }) : number(row.rank));
const headed = (...keys) =>
  el("thead", null, el("tr", null, keys.map((key) => el("th", { scope: "col" }, say(key)))));

const standings = (...parts) => el("div", { class: "wide" }, el("table", { class: "board" }, ...parts));

function boardTable(frame, standing) {
  const { rows } = frame;
  return el("section", null,
    (frame.teams || []).length ? el("h2", null, say("board.players")) : null,
    rows.length < frame.players ? note(say("board.of-all", { n: rows.length, of: frame.players })) : null,
    standings(headed("board.rank", "board.name", "board.score", "board.rights"),
      el("tbody", null, rows.map((row) => {
        const own = Boolean(standing) && row.name === standing.name;
        return el("tr", { class: own ? "own" : null }, el("td", null, ranked(row, rows)),
          el("th", { scope: "row" }, stranger(row.name), own ? ` (${say("board.you")})` : null,
            row.team === null ? null : el("span", { class: "note" }, " " + say("lobby.team", { n: row.team + 1 }))),
          el("td", null, number(row.points)), el("td", null, `${number(row.right)}/${number(row.answered)}`));
      }))));
}

function teamTable(teams) {
  if (!teams.length) return null;
  return section(say("board.teams"), note(say("board.team.mean")),
    standings(headed("board.rank", "board.teams", "board.score"),
      el("tbody", null, teams.map((row) => el("tr", null, el("td", null, ranked(row, teams)),
        el("th", { scope: "row" }, say("lobby.team", { n: row.team + 1 })),
        el("td", null, number(row.points)))))));
}

function disputes(all) {
  if (!all.length) return null;
  return section(say("board.disputes"), all.map((one) => el("article", null,
    el("h3", null, say("board.dispute", { n: one.round })), prose(one.prompt), groupList(one.groups))));
}

function misses() {
  const all = (roomOf(code).misses || []).filter((one) => CARD.test(one.card));
  if (!all.length) return seat.ended ? note(say("ended.none")) : null;
  return section(say("ended.misses"), note(say("ended.misses.help")), el("ul", { class: "misses" },
    all.map((one) => el("li", null, one.prompt ? el("p", null, plain(one.prompt)) : null,
      el("code", null, `tutor study --card ${one.card}@${Number(one.seed)}`)))));
}

// Showing ---------------------------------------------------------------------------------------

const shown = { key: "", sign: "" };
let due = 0;

// Show what is now, once the frames that came together are in.
function soon() {
  if (!due) due = setTimeout(show, 0);
}

// The scene that fits: what it is called (focus moves when that changes), and how it is built.
function viewNow() {
  const { scene, refused } = seat;
  if (refused && seat.welcome && refused.why !== "wrong-token") return ["over:" + refused.why, over];
  if (!code || refused || link.state === "idle") return ["door:" + (refused ? refused.why : ""), door];
  if (!seat.welcome || !scene) return ["wait", () => [title(say("wait.title"))]];
  const form = scene.t === "asked" && (!seat.yours || seat.editing);
  const state = scene.t !== "asked" ? "" : form ? "form" + (seat.complaint ? seat.complaints : "") : "done";
  const key = [scene.t, scene.round, scene.ballot, seat.ended, state].join(":");
  return [key, () => SCENES[scene.t](scene)];
}

const unseen = (key, value) =>
  (["remaining_ms", "is_paused", "draft", "returning"].includes(key) ? undefined : value);

function show() {
  due = 0;
  const [key, build] = viewNow();
  showAround();
  const sign = JSON.stringify([lang, key, seat, link.state === "idle" && code], unseen);
  if (sign === shown.sign) return;
  const isNew = key !== shown.key, isFirst = !shown.key;
  const active = document.activeElement;
  const [id, from, to] = [active && active.id, active && active.selectionStart, active && active.selectionEnd];
  Object.assign(shown, { key, sign });
  fillLater = null;
  put($("scene"), build());
  if (fillLater) fillLater();
  tick();
  document.title = [$("title").textContent, "tutor"].join(" · ");
  if (isFirst) return;
  if (isNew) {
    const target = document.querySelector("#scene [aria-invalid]")
      || (key.endsWith(":done") && $("yours")) || $("title");
    if (target === $("title")) window.scrollTo(0, 0);
    target.focus();
  } else if (id && $(id) && $(id) !== document.activeElement) {
    $(id).focus();
    if (typeof from === "number") $(id).setSelectionRange(from, to);
  }
}

// What stands around the scene.
function showAround() {
  document.documentElement.lang = lang;
  const button = $("language");
  button.textContent = say("language");
  button.lang = say("language.lang");
  const name = seat.welcome ? [" · ", stranger(seat.welcome.name)] : [];
  const where = [code ? dashed(code) : "tutor", ...name];
  if ($("where").dataset.shown !== JSON.stringify([code, seat.welcome && seat.welcome.name])) {
    put($("where"), where);
    $("where").dataset.shown = JSON.stringify([code, seat.welcome && seat.welcome.name]);
  }
  const states = { connecting: say("link.connecting"), lost: say(unsent ? "link.kept" : "link.lost") };
  const state = states[link.state] || "";
  if ($("link").textContent !== state) $("link").textContent = state;
  $("leave").textContent = say("leave");
  $("leave").hidden = !seat.welcome || link.state === "idle";
}

// A line under the scene.
function tell(text) {
  if ($("notice").textContent !== text) $("notice").textContent = text;
}

// Coming and going ------------------------------------------------------------------------------

const dashed = (text) => (text.length === 8 ? text.slice(0, 4) + "-" + text.slice(4) : text);

// The code that somebody typed, or "": what looks alike is read alike.
function codeFrom(text) {
  const plainCode = text.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  return CODE.test(plainCode) ? plainCode : "";
}

function enterRoom(newCode) {
  if (newCode !== code) seat = fresh();
  code = newCode;
  seat.refused = null;
  const kept = roomOf(code);
  unsent = kept.token && kept.unsent ? kept.unsent : null;
  tell("");
  history.replaceState(null, "", new URL(dashed(code), location.href).pathname);
  link.state = "connecting";
  connect();
}

$("language").addEventListener("click", () => {
  lang = lang === "ko" ? "en" : "ko";
  remember("language", lang);
  seat.complaint = null;
  tell("");
  show();
  tick();
});
$("leave").addEventListener("click", () => {
  send({ t: "leave" });
  hangUp();
  link.state = "idle";
  seat = fresh();
  stopTime();
  tell("");
  soon();
});
document.addEventListener("visibilitychange", wake);
window.addEventListener("online", () => { if (link.state === "lost") wake(); });
window.addEventListener("pageshow", (event) => { if (event.persisted && link.state !== "idle") connect(); });

const inPath = codeFrom(location.pathname.split("/").pop() || "");
if (inPath && roomOf(inPath).token) {
  enterRoom(inPath);
} else {
  code = inPath;
}
show();
