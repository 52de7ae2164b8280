// A seat in a room, in a browser: what the server's frames say is shown, and what is picked or
// typed is sent as the program's own players send it. The server alone parses, judges and times.
// Nothing that comes from the server becomes an address.

import { FACES, RAW, field, options } from "./answers.js";
import { plain, prose, words } from "./documents.js";
import { $, el, names, note, put, section, stranger, tell, title } from "./elements.js";
import { recall, remember, rememberRoom, roomOf } from "./memory.js";
import {
  answers, boardTable, disputes, ownLine, points, reasonsGiven, teamTable, verdict,
} from "./results.js";
import { setTime, stopTime, tick, time } from "./time.js";
import { WORDS, lang, say, speakIn, teamName } from "./words.js";

const VERSION = 1;
const CODE = /^[0-9A-HJKMNP-TV-Z]{8}$/;
const CARD = /^[A-Za-z0-9._#-]{1,300}$/; // an id that a shell takes literally
const FIRST_RETRY = 500, LAST_RETRY = 10000, PATIENCE = 10000, ASLEEP = 15000; // milliseconds
const SPECIFIC = ["name", "plan", "version", "malformed"]; // refusals whose own words say more

// The seat ---------------------------------------------------------------------------------------

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

// The connection ---------------------------------------------------------------------------------

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

// Scenes -----------------------------------------------------------------------------------------

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
        welcome.team === null ? "" : " · " + teamName(welcome.team)),
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
      result && !open ? verdict(result, seat.yours || seat.first) : null,
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

function misses() {
  const all = (roomOf(code).misses || []).filter((one) => CARD.test(one.card));
  if (!all.length) return seat.ended ? note(say("ended.none")) : null;
  return section(say("ended.misses"), note(say("ended.misses.help")), el("ul", { class: "misses" },
    all.map((one) => el("li", null, one.prompt ? el("p", null, plain(one.prompt)) : null,
      el("code", null, `tutor study --card ${one.card}@${Number(one.seed)}`)))));
}

// Showing ----------------------------------------------------------------------------------------

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

// Coming and going -------------------------------------------------------------------------------

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
  speakIn(lang === "ko" ? "en" : "ko");
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
