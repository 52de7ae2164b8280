// Documents: what the server makes of texts for a page, as elements.

import { el } from "./elements.js";
import { lang, say } from "./words.js";

const TAGS = { strong: "strong", em: "em", code: "code" };

// Refusals may come before the server knows that this is a page: as text, which is shown as it is.
function blocksOf(said) {
  const blocks = said && said[lang];
  if (typeof blocks === "string") return [{ b: "p", s: [{ x: blocks }] }];
  return Array.isArray(blocks) ? blocks : [];
}

// A text as blocks; `gap` is the sign that stands for the gap of a cloze.
export function prose(said, gap = null) {
  return el("div", { class: "prose" }, blocksOf(said).map((block) => drawBlock(block, gap)));
}

// A text inside a line, where it is a single paragraph; else as blocks.
export function words(said) {
  const blocks = blocksOf(said);
  if (blocks.length === 1 && blocks[0].b === "p") {
    return el("span", { class: "words" }, drawSpans(blocks[0].s, null));
  }
  return prose(said);
}

// A text without its form, for names of controls.
export function plain(said) {
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
