// Answers: a widget for each kind of face.
//
// Each gives `{node, text, fill, missing}`: what it looks like; the answer as it would be typed
// into the program; how to take such a text up again; the key of the words for what is left out.

import { plain, words } from "./documents.js";
import { $, el, note, put, speak } from "./elements.js";
import { say } from "./words.js";

const LETTERS = "abcdefghijklmnop";
export const RAW = { autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false" };

function changed(node) {
  node.dispatchEvent(new Event("input", { bubbles: true }));
}

function option(type, name, index, content) {
  const input = el("input", { type, name, value: index + 1, id: `${name}-${index + 1}` });
  return { input, node: el("label", { class: "option" }, input, content) };
}

export function options(type, name, legend, contents) {
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

export function field(label, attributes, help = null) {
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

export const FACES = {
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
