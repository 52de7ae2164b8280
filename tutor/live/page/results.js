// What came of a question, and how everybody stands.

import { prose, words } from "./documents.js";
import { el, names, note, section, stranger } from "./elements.js";
import { number, percent, say, teamName } from "./words.js";

export function verdict(result, yours) {
  const { score } = result;
  const kind = score === null ? "none" : score >= 1 ? "right" : score > 0 ? "partly" : "wrong";
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

export function groupList(groups) {
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

export function answers(frame) {
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

export function reasonsGiven(frame) {
  const reasons = frame.reasons || [];
  if (!reasons.length) return null;
  return section(say("revealed.reasons"), el("ul", { class: "reasons" }, reasons.map((one) =>
    el("li", null, el("p", { class: "reason" }, stranger(one.reason)),
      el("p", { class: "note" }, one.name ? [stranger(one.name), " · "] : null,
        words(one.words), " · ", sign(one))))));
}

export function points(frame) {
  const all = frame.points || [];
  if (!all.length) return null;
  return section(say("revealed.points"), el("ul", { class: "points" }, all.map((point, index) => {
    const on = (frame.ticks || []).includes(index);
    return el("li", null, words(point), " ",
      el("span", { class: on ? "sign right" : "sign" }, say("revealed.point." + (on ? "on" : "off"))));
  })));
}

export function ownLine(row, board) {
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

export function boardTable(frame, standing) {
  const { rows } = frame;
  return el("section", null,
    (frame.teams || []).length ? el("h2", null, say("board.players")) : null,
    rows.length < frame.players ? note(say("board.of-all", { n: rows.length, of: frame.players })) : null,
    standings(headed("board.rank", "board.name", "board.score", "board.rights"),
      el("tbody", null, rows.map((row) => {
        const own = Boolean(standing) && row.name === standing.name;
        return el("tr", { class: own ? "own" : null }, el("td", null, ranked(row, rows)),
          el("th", { scope: "row" }, stranger(row.name), own ? ` (${say("board.you")})` : null,
            row.team === null ? null : el("span", { class: "note" }, " " + teamName(row.team))),
          el("td", null, number(row.points)), el("td", null, `${number(row.right)}/${number(row.answered)}`));
      }))));
}

export function teamTable(teams) {
  if (!teams.length) return null;
  return section(say("board.teams"), note(say("board.team.mean")),
    standings(headed("board.rank", "board.teams", "board.score"),
      el("tbody", null, teams.map((row) => el("tr", null, el("td", null, ranked(row, teams)),
        el("th", { scope: "row" }, teamName(row.team)),
        el("td", null, number(row.points)))))));
}

export function disputes(all) {
  if (!all.length) return null;
  return section(say("board.disputes"), all.map((one) => el("article", null,
    el("h3", null, say("board.dispute", { n: one.round })), prose(one.prompt), groupList(one.groups))));
}
