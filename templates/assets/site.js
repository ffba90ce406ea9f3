"use strict";
// What the pages can do beyond being read. Without this script every text stands there just the same.
// Its words are the data attributes of its element, from the catalogues; what stands in braces is filled in here.

const words = document.currentScript.dataset;
const language = document.documentElement.lang;
const main = document.querySelector("main");
const NO_TEXT = "svg, summary, select, .copy, .csv, [role=status]";

// Small things that all parts use

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function makeButton(attributes, act, ...children) {
  const made = make("button", { type: "button", ...attributes }, ...children);
  made.addEventListener("click", act);
  return made;
}

function makeField(label) {
  return make("input", { type: "search", "aria-label": label, placeholder: label });
}

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** What an element says to a reader: texts side by side stay apart, marks inside a sentence do not part it. */
function textOf(element, leaving = NO_TEXT) {
  return written(element, leaving).replace(/\s+/g, " ").trim().normalize("NFC");
}

function written(node, leaving) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches(leaving)) return "";
  const inside = Array.from(node.childNodes, (child) => written(child, leaving)).join("");
  return node.matches("a, b, bdi, code, em, strong, .long") ? inside : ` ${inside} `;
}

/** Accents and capitals do not count; every letter keeps its place. */
function fold(text) {
  return text.replace(/[\u00c0-\u1fff]/g, withoutAccent).toLowerCase();
}

function withoutAccent(letter) {
  const plain = letter.normalize("NFD").replace(/\p{M}/gu, "");
  return plain.length === letter.length ? plain : letter;
}

function termsOf(query) {
  return fold(query.normalize("NFC")).split(/\s+/).filter(Boolean);
}

function holds(text, terms) {
  const folded = fold(text);
  return terms.every((term) => folded.includes(term));
}

const live = make("p", { class: "live", role: "status" });
let fading = 0;

function announce(text) {
  live.textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => live.replaceChildren(), 3000);
}

// Registers. The rows that stand open and those behind "show all" are one: who sorts or filters, sees it whole.

const FEW_ROWS = 8;
const HEALTHS = ["red", "stale", "amber", "unknown", "green"];
const registers = [];
const collator = new Intl.Collator(language, { numeric: true });
const decimalMark = new Intl.NumberFormat(language).formatToParts(0.5).find(({ type }) => type === "decimal").value;

function setUpRegisters() {
  for (const table of main.querySelectorAll("table.reg")) {
    const rows = Array.from(table.tBodies, (body) => ({ body, home: table }));
    const before = registers.at(-1);
    const rest = table.closest("details.all");
    if (rest && before?.table.caption.textContent === table.caption.textContent) {
      before.rest = rest;
      before.rows.push(...rows);
    } else {
      registers.push({ table, rows, box: table.closest(".wide") ?? table, column: -1, direction: 1, terms: [] });
    }
  }
  for (const register of registers) {
    const headings = register.table.tHead.querySelectorAll("th:not(.k-chart)");
    for (const heading of headings) {
      heading.append(makeButton({}, () => turn(register, heading.cellIndex), ...heading.childNodes));
    }
    if (register.rows.length > FEW_ROWS) register.box.before(filterBar(register, headings));
  }
}

function filterBar(register, headings) {
  register.input = makeField(fill(words.filter, { n: register.rows.length }));
  register.input.addEventListener("input", () => filterBy(register, register.input.value));
  register.list = sortList(register, headings);
  register.count = make("span", { role: "status" });
  return make("div", { class: "bar" }, register.input, register.list, register.count);
}

/** On a phone the headings are out of sight, and a list stands for them. */
function sortList(register, headings) {
  const list = make("select", { "aria-label": words.sort }, make("option", { value: "-1 1" }, words.original));
  for (const { cellIndex, textContent } of headings) {
    list.append(make("option", { value: `${cellIndex} 1` }, `${textContent} ↑`));
    list.append(make("option", { value: `${cellIndex} -1` }, `${textContent} ↓`));
  }
  list.addEventListener("change", () => sortBy(register, ...list.value.split(" ").map(Number)));
  return list;
}

function turn(register, column) {
  if (register.column !== column) sortBy(register, column, 1);
  else if (register.direction === 1) sortBy(register, column, -1);
  else sortBy(register, -1, 1);
}

function sortBy(register, column, direction) {
  Object.assign(register, { column, direction });
  for (const heading of register.table.tHead.rows[0].cells) {
    if (heading.cellIndex === column) heading.setAttribute("aria-sort", direction === 1 ? "ascending" : "descending");
    else heading.removeAttribute("aria-sort");
  }
  if (register.list) register.list.value = `${column} ${direction}`;
  arrange(register);
}

function filterBy(register, query) {
  register.terms = termsOf(query);
  arrange(register);
}

/** Filter by what stands on the page: a row with its details where they are open. A number is no part of a longer one. */
function shows(body, terms) {
  const text = fold(textOf(body, `${NO_TEXT}, .unseen, details:not([open])`));
  return terms.every((term) => (/^\d+$/.test(term) ? RegExp(`(?<!\\d)${term}(?!\\d)`).test(text) : text.includes(term)));
}

function arrange(register) {
  const { table, rows, rest, count, column, terms } = register;
  const filtered = terms.length > 0 || chosen !== null;
  let shown = 0;
  for (const { body, home } of column < 0 ? rows : sorted(register)) {
    body.hidden = !isChosen(body) || (terms.length > 0 && !shows(body, terms));
    shown += !body.hidden;
    (filtered || column >= 0 ? table : home).append(body);
  }
  table.classList.toggle("sorted", column >= 0);
  if (rest) rest.hidden = filtered || column >= 0;
  if (count) count.textContent = filtered ? fill(words.shown, { shown, total: rows.length }) : "";
}

/** Rows by their keys; those that say nothing in the column stay last. */
function sorted({ rows, column, direction }) {
  const keyed = rows.map((row) => [sortKey(row.body.rows[0].cells[column]), row]);
  keyed.sort(([a], [b]) => {
    if (a === "" || b === "") return (a === "") - (b === "");
    return direction * (typeof a === typeof b && typeof a === "number" ? a - b : collator.compare(a, b));
  });
  return keyed.map(([, row]) => row);
}

/** A date has its key written beside it; a number is read as the language writes it, a health by how grave it is. */
function sortKey(cell) {
  if (cell.dataset.sort) return cell.dataset.sort;
  const health = HEALTHS.findIndex((name) => cell.querySelector(`.health.h-${name}`));
  if (health >= 0) return health;
  return cell.matches(".k-number") ? readNumber(textOf(cell)) : textOf(cell);
}

function readNumber(text) {
  const found = text.match(/([-−]?)[^\d−-]*(\d[\d.,’\u00a0\u202f]*)/);
  if (!found) return text;
  const digits = Array.from(found[2], (sign) => (sign === decimalMark ? "." : sign.replace(/\D/, ""))).join("");
  return (found[1] ? -1 : 1) * parseFloat(digits);
}

// Search. The pages themselves are the index: they are read when somebody first wants to search.

const MOST_FOUND = 20;
const PASSAGES = "h2, h3, h4, p, li, pre, figcaption, .pairs > div, .reg > tbody, table:not(.reg) > tbody > tr";
const together = words.home || document.querySelector("a[data-page]");
let index = null;

function setUpSearch() {
  const input = makeField(together ? words.searchProjects : words.searchPage);
  const status = make("p", { role: "status" });
  const list = make("div", { class: "found" });
  const box = make("div", { class: "search", role: "search" }, input, status, list);
  const search = async () => {
    if (!index) status.textContent = words.reading;
    const read = await (index ??= readPages());
    status.textContent = showFound(termsOf(input.value), read, list);
  };
  input.addEventListener("focus", search);
  input.addEventListener("input", search);
  box.addEventListener("keydown", (event) => moveInSearch(event, input, list));
  list.addEventListener("click", ({ target }) => target.closest("a") && list.replaceChildren());
  for (const left of ["click", "focusin"]) {
    document.addEventListener(left, ({ target }) => box.contains(target) || list.replaceChildren());
  }
  document.addEventListener("keydown", (event) => focusByKey(event, input));
  return box;
}

function focusByKey(event, input) {
  if (event.key !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
  event.preventDefault();
  input.focus();
}

function moveInSearch(event, input, list) {
  const links = Array.from(list.querySelectorAll("a"));
  const place = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown") links[place + 1]?.focus();
  else if (event.key === "ArrowUp") (links[place - 1] ?? input).focus();
  else if (event.key === "Enter" && place < 0) links[0]?.click();
  else if (event.key === "Escape") {
    input.value = "";
    input.focus();
    input.dispatchEvent(new Event("input"));
  } else return;
  event.preventDefault();
}

/** Read this page, and those of the client's other projects where a server gives them: lists of passages. */
async function readPages() {
  const here = passagesOf(document, "");
  if (!together || location.protocol === "file:") return { pages: [here], whole: !together };
  try {
    const base = new URL(words.home ?? "", location.href);
    const home = words.home ? await fetchPage(base) : document;
    const links = Array.from(home.querySelectorAll("a[data-page]"), (link) => new URL(link.getAttribute("href"), base));
    const others = links.filter((link) => folder(link) !== folder(location));
    const read = await Promise.all(others.map(async (link) => passagesOf(await fetchPage(link), link.pathname)));
    return { pages: words.home ? [here, ...read] : read, whole: true };
  } catch {
    return { pages: [here], whole: false };
  }
}

function folder({ pathname }) {
  return pathname.replace(/(index)?(\.html)?$/, "");
}

async function fetchPage(address) {
  // On a site that a passphrase protects, unlock.js says how a page is read.
  const response = await (globalThis.fetchSealed ?? fetch)(address);
  if (!response.ok) throw new Error(response.statusText);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function passagesOf(page, address) {
  const title = textOf(page.querySelector("h1"));
  return Array.from(page.querySelector("main").querySelectorAll(PASSAGES))
    .filter((element) => !element.parentElement.closest(`nav, ${PASSAGES}`))
    .map((element) => passageOf(element, title, address));
}

function passageOf(element, title, address) {
  const heading = element.closest("section")?.querySelector("h2");
  const bearer = element.matches("h2, h3, h4") ? element : element.querySelector("th, b");
  const name = bearer ? textOf(bearer) : "";
  const place = heading ? `${title} · ${textOf(heading)}` : title;
  return { place, name, text: textOf(element), address: `${address}#${anchorOf(element)}` };
}

/** The nearest id: its own, that of its row, of what stands before it, of what it stands in. */
function anchorOf(element) {
  const own = element.id || element.querySelector("tr[id]")?.id;
  if (own) return own;
  for (let before = element; before; before = before.previousElementSibling) if (before.id) return before.id;
  return anchorOf(element.parentElement);
}

/** List what was found by project and section, as much of each project; returns how much that is. */
function showFound(terms, { pages, whole }, list) {
  const found = terms.length ? pages.map((passages) => hitsIn(passages, terms)).filter(({ length }) => length) : [];
  const most = Math.ceil(MOST_FOUND / found.length);
  const shown = found.flatMap((hits) => hits.slice(0, most));
  const places = new Map();
  for (const passage of shown) {
    if (!places.has(passage.place)) places.set(passage.place, make("ul"));
    places.get(passage.place).append(make("li", {}, linkTo(passage, terms)));
  }
  list.replaceChildren(...Array.from(places, ([place, items]) => [make("p", {}, place), items]).flat());
  if (!terms.length) return "";
  const values = { shown: shown.length, total: found.flat().length };
  const count = fill(values.shown < values.total ? words.foundFirst : words.found, values);
  return whole ? count : `${count} · ${words.pageOnly}`;
}

/** Find the passages that hold all words; those that hold them in their name come first. */
function hitsIn(passages, terms) {
  const hits = passages.filter(({ text }) => holds(text, terms));
  return [...hits.filter(({ name }) => holds(name, terms)), ...hits.filter(({ name }) => !holds(name, terms))];
}

function linkTo({ name, text, address }, terms) {
  const rest = text.startsWith(name) ? text.slice(name.length) : text;
  const folded = fold(rest);
  const first = Math.min(...terms.map((term) => folded.indexOf(term)).filter((place) => place >= 0), rest.length);
  const start = first < 60 || first === rest.length ? 0 : first - 40;
  const excerpt = (start ? "…" : "") + rest.slice(start, start + 120) + (start + 120 < rest.length ? "…" : "");
  return make("a", { href: address }, make("b", {}, ...marked(name, terms)), ...marked(excerpt, terms));
}

function marked(text, terms) {
  const pattern = new RegExp(terms.map((term) => term.replace(/[^\p{L}\p{N}]/gu, "\\$&")).join("|"), "g");
  const parts = [];
  let place = 0;
  for (const { index, 0: hit } of fold(text).matchAll(pattern)) {
    parts.push(text.slice(place, index), make("mark", {}, text.slice(index, index + hit.length)));
    place = index + hit.length;
  }
  return [...parts, text.slice(place)];
}

// Links to a section or a record

function setUpLinks() {
  for (const heading of main.querySelectorAll("section > h2, .sec-head > h2, h3[id]")) {
    const anchor = heading.closest("h3, section[id]")?.id || heading.id;
    const label = fill(words.copy, { title: textOf(heading) });
    const button = makeButton({ class: "copy", "aria-label": label, title: label }, () => copyLink(anchor));
    // A section has the name of its h2, which must not be that of the button as well.
    if (heading.matches("h2")) heading.after(button);
    else heading.append(button);
  }
  // Where somebody comes back to, the browser knows better.
  const [{ type }] = performance.getEntriesByType("navigation");
  if (type === "navigate") window.addEventListener("load", reveal);
  window.addEventListener("hashchange", reveal);
  document.addEventListener("click", ({ target }) => target.closest('a[href^="#"]') && setTimeout(reveal));
}

async function copyLink(anchor) {
  try {
    await navigator.clipboard.writeText(`${location.href.split("#")[0]}#${anchor}`);
    announce(words.copied);
  } catch {
    location.hash = anchor;
    announce(words.inAddress);
  }
}

/** Bring what the address points to into sight, whatever hides it. */
function reveal() {
  const target = document.querySelector(":target");
  if (!target) return;
  const hiding = registers.find(({ rows }) => rows.some(({ body }) => body.hidden && body.contains(target)));
  if (hiding?.input) filterBy(hiding, (hiding.input.value = ""));
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  target.scrollIntoView({ block: target.matches("tr, h3") ? "center" : "start" });
}

/** Mark the section that is being read in the navigation, which a phone scrolls along. */
function followSections() {
  const list = document.querySelector(".nav ul");
  const follow = ({ target, isIntersecting }) => {
    const link = list.querySelector(`a[href="#${CSS.escape(target.id)}"]`);
    link?.toggleAttribute("aria-current", isIntersecting);
    if (!link || !isIntersecting) return;
    link.setAttribute("aria-current", "true");
    list.scrollTo({ left: link.offsetLeft - (list.clientWidth - link.offsetWidth) / 2 });
  };
  // A line a quarter down the window: one section at most stands on it.
  const observer = new IntersectionObserver((entries) => entries.forEach(follow), { rootMargin: "-25% 0px -75% 0px" });
  if (list) main.querySelectorAll("section[id]").forEach((section) => observer.observe(section));
}

// Paper has all rows

function setUpPrint() {
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = Array.from(main.querySelectorAll("details.all:not([open])"));
    for (const details of opened) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });
  return makeButton({}, () => window.print(), words.print);
}

// The portfolio by manager, client and health. What belongs to a project or a client names it in `data-about`.

let chosen = null;

function isChosen({ dataset: { about } }) {
  return !chosen || !about || chosen.has(about);
}

function setUpChoice() {
  const box = document.querySelector(".choice");
  if (!box) return;
  const selects = Array.from(box.querySelectorAll("select"));
  const asked = new URLSearchParams(location.search);
  for (const select of selects) {
    select.value = asked.get(select.name) ?? "";
    if (select.selectedIndex < 0) select.value = "";
    select.addEventListener("change", () => choose(box, selects));
  }
  box.querySelector("button").addEventListener("click", () => {
    for (const select of selects) select.value = "";
    choose(box, selects);
    selects[0].focus();
  });
  box.hidden = false;
  choose(box, selects);
}

function choose(box, selects) {
  const projects = Array.from(box.querySelectorAll("li"), ({ dataset }) => dataset);
  const wanted = selects.filter(({ value }) => value);
  const fits = (project) => wanted.every(({ name, value }) => project[name].split("|").includes(value));
  const found = projects.filter(fits);
  chosen = wanted.length ? new Set(found.flatMap(({ about, client }) => [about, client])) : null;
  const text = found.length ? box.dataset.shown : box.dataset.none;
  box.querySelector("p").textContent = chosen ? fill(text, { shown: found.length, total: projects.length }) : "";
  box.querySelector("button").hidden = !chosen;
  const asked = new URLSearchParams(wanted.map(({ name, value }) => [name, value]));
  history.replaceState(null, "", `${location.pathname}${chosen ? `?${asked}` : ""}${location.hash}`);
  showChosen();
}

function showChosen() {
  for (const part of main.querySelectorAll("[data-about]")) part.hidden = !isChosen(part);
  registers.forEach(arrange);
  for (const section of main.querySelectorAll("section:has([data-about])")) {
    section.hidden = !section.querySelector("[data-about]:not([hidden])");
    const link = document.querySelector(`.nav a[href="#${CSS.escape(section.id)}"]`);
    if (link) link.parentElement.hidden = section.hidden;
  }
}

// Begin

setUpRegisters();
setUpLinks();
setUpChoice();
followSections();
document.body.append(live);
const tools = make("div", { class: "tools" }, setUpSearch(), setUpPrint());
document.querySelector(".mast, .pf-head, .ch-head")?.append(tools);
