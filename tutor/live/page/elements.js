// Elements of the page. Texts become text nodes, never markup.

export const $ = (id) => document.getElementById(id);

// A new element. Attributes that are null or false are left out; children are nodes or text.
export function el(tag, attributes, ...children) {
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

export function put(node, ...children) {
  while (node.firstChild) node.firstChild.remove();
  add(node, children);
}

export const stranger = (text) => el("bdi", null, text);
export const note = (text) => el("p", { class: "note" }, text);
export const title = (text) => el("h1", { id: "title", tabindex: -1 }, text);
export const section = (heading, ...children) =>
  el("section", null, el("h2", null, heading), ...children);

export function names(list) {
  return list.map((name, index) => [index ? ", " : "", stranger(name)]);
}

// Say something to those who listen to the page, once.
export function speak(text) {
  put($("spoken"), el("span", null, text));
}

// A line under the scene.
export function tell(text) {
  if ($("notice").textContent !== text) $("notice").textContent = text;
}
