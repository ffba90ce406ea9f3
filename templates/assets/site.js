"use strict";
// What the pages can do beyond being read. Without this script every text stands there just the same.
// Its words are the data attributes of its element, from the catalogues; what stands in braces is filled in here.

const words = document.currentScript.dataset;
const language = document.documentElement.lang;
const main = document.querySelector("main");

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

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

/** What an element says to a reader: texts side by side stay apart, marks inside a sentence do not part it. */
function textOf(element) {
  return written(element).replace(/\s+/g, " ").trim().normalize("NFC");
}

function written(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches("svg, button, summary, select, [role=status]")) return "";
  const inside = Array.from(node.childNodes, written).join("");
  return node.matches("a, b, code, em, strong") ? inside : ` ${inside} `;
}

/** Accents and capitals do not count; every letter keeps its place. */
function fold(text) {
  return text.replace(/[^]/gu, (letter) => {
    const plain = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return plain.length === letter.length ? plain : letter;
  });
}

function termsOf(query) {
  return fold(query.normalize("NFC")).split(/\s+/).filter(Boolean);
}

function holds(folded, terms) {
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
const decimalMark = new Intl.NumberFormat(language).formatToParts(0.5).find((part) => part.type === "decimal").value;

function setUpRegisters() {
  for (const table of main.querySelectorAll("table.reg")) {
    const rows = Array.from(table.tBodies, (body) => ({ body, home: table }));
    const before = registers.at(-1);
    if (before && isRest(table, before)) {
      before.rest = table.closest("details");
      before.rows.push(...rows);
    } else {
      registers.push({ table, box: table.closest(".wide") ?? table, rows, rest: null, column: -1, direction: 1, terms: [] });
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

function isRest(table, register) {
  const follows = register.box.nextElementSibling?.contains(table);
  return follows && register.table.caption.textContent === table.caption.textContent;
}

function filterBar(register, headings) {
  const label = fill(words.filter, { n: register.rows.length });
  register.input = make("input", { type: "search", "aria-label": label, placeholder: label });
  register.count = make("span", { role: "status" });
  register.input.addEventListener("input", () => filterBy(register, register.input.value));
  return make("div", { class: "bar" }, register.input, sortList(register, headings), register.count);
}

/** On a phone the headings are out of sight, and a list stands for them. */
function sortList(register, headings) {
  const list = make("select", { "aria-label": words.sort }, make("option", { value: "-1 1" }, words.original));
  for (const { cellIndex, textContent } of headings) {
    list.append(make("option", { value: `${cellIndex} 1` }, `${textContent} ↑`));
    list.append(make("option", { value: `${cellIndex} -1` }, `${textContent} ↓`));
  }
  list.addEventListener("change", () => sortBy(register, ...list.value.split(" ").map(Number)));
  register.list = list;
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

function arrange(register) {
  const { table, rows, rest, count, column, terms } = register;
  const whole = column >= 0 || terms.length > 0 || chosen !== null;
  let shown = 0;
  for (const { body, home } of column < 0 ? rows : sorted(register)) {
    body.hidden = !isChosen(body) || !(terms.length === 0 || holds(fold(textOf(body)), terms));
    shown += !body.hidden;
    (whole ? table : home).append(body);
  }
  table.classList.toggle("sorted", column >= 0);
  if (rest) rest.hidden = whole;
  if (count) count.textContent = whole ? fill(words.shown, { shown, total: rows.length }) : "";
}

function sorted({ rows, column, direction }) {
  const keyed = rows.map((row) => [sortKey(row.body.rows[0].cells[column]), row]);
  const full = keyed.filter(([key]) => key !== "");
  full.sort(([a], [b]) => direction * (typeof a === "number" && typeof b === "number" ? a - b : collator.compare(a, b)));
  return [...full, ...keyed.filter(([key]) => key === "")].map(([, row]) => row);
}

/** A date has its key written beside it; a number is read as the language writes it, a health by how grave it is. */
function sortKey(cell) {
  if (cell.dataset.sort) return cell.dataset.sort;
  const health = HEALTHS.findIndex((name) => cell.querySelector(`.health.h-${name}`));
  if (health >= 0) return health;
  const text = textOf(cell);
  return cell.matches(".k-number") ? readNumber(text) : text;
}

function readNumber(text) {
  const found = text.match(/([-−]?)[^\d-−]*(\d[\d.,’\u00a0\u202f]*)/);
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
  const label = together ? words.searchProjects : words.searchPage;
  const input = make("input", { type: "search", "aria-label": label, placeholder: label });
  const status = make("p", { role: "status" });
  const list = make("div", { class: "found" });
  const box = make("div", { class: "search", role: "search" }, input, status, list);
  const search = async () => {
    if (!index) status.textContent = words.reading;
    const read = await (index ??= readPages());
    showFound(termsOf(input.value), read, status, list);
  };
  input.addEventListener("focus", search);
  input.addEventListener("input", search);
  box.addEventListener("keydown", (event) => moveInSearch(event, input, list));
  list.addEventListener("click", ({ target }) => target.closest("a") && list.replaceChildren());
  for (const left of ["click", "focusin"]) {
    document.addEventListener(left, ({ target }) => box.contains(target) || list.replaceChildren());
  }
  document.addEventListener("keydown", (event) => focusOnSlash(event, input));
  return box;
}

function moveInSearch(event, input, list) {
  const links = Array.from(list.querySelectorAll("a"));
  const place = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown") (links[place + 1] ?? document.activeElement).focus();
  else if (event.key === "ArrowUp") (links[place - 1] ?? input).focus();
  else if (event.key === "Enter" && place < 0) links[0]?.click();
  else if (event.key === "Escape") input.value = "";
  else return;
  event.preventDefault();
  if (event.key === "Escape") input.dispatchEvent(new Event("input")), input.focus();
}

function focusOnSlash(event, input) {
  const typing = event.target.closest("input, select, textarea");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) return;
  event.preventDefault();
  input.focus();
}

/** Read this page, and those of the client's other projects where a server gives them. */
async function readPages() {
  const here = pageOf(document, "");
  if (!together || location.protocol === "file:") return { pages: [here], whole: !together };
  try {
    const base = new URL(words.home ?? "", location.href);
    const home = words.home ? await fetchDocument(base) : document;
    const addresses = Array.from(home.querySelectorAll("a[data-page]"), (link) => new URL(link.getAttribute("href"), base));
    const others = addresses.filter((address) => folder(address) !== folder(location));
    const pages = await Promise.all(others.map(async (address) => pageOf(await fetchDocument(address), address.pathname)));
    return { pages: words.home ? [here, ...pages] : pages, whole: true };
  } catch {
    return { pages: [here], whole: false };
  }
}

function folder({ pathname }) {
  return pathname.replace(/index\.html$/, "");
}

async function fetchDocument(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.statusText);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

function pageOf(page, address) {
  const elements = Array.from(page.querySelector("main").querySelectorAll(PASSAGES));
  const whole = elements.filter((element) => !element.parentElement.closest(PASSAGES) && !element.closest("nav"));
  return { title: textOf(page.querySelector("h1")), passages: whole.map((element) => passageOf(element, address)) };
}

function passageOf(element, address) {
  const section = element.closest("section")?.querySelector("h2");
  const name = element.matches("h2, h3, h4") ? element : element.querySelector("th, b");
  const text = textOf(element);
  return {
    text,
    folded: fold(text),
    name: name ? fold(textOf(name)) : "",
    section: section ? textOf(section) : "",
    address: `${address}#${anchorOf(element)}`,
  };
}

/** The nearest id: its own, that of its row, of the heading before it, of what it stands in. */
function anchorOf(element) {
  const own = element.id || element.querySelector("tr[id]")?.id;
  if (own) return own;
  for (let before = element; before; before = before.previousElementSibling) if (before.id) return before.id;
  return anchorOf(element.parentElement);
}

/** Show what was found by project and section; what bears the words in its name comes first. */
function showFound(terms, { pages, whole }, status, list) {
  const found = terms.length ? pages.map(({ title, passages }) => [title, hitsIn(passages, terms)]) : [];
  const hits = found.filter(([, passages]) => passages.length > 0);
  const total = hits.reduce((sum, [, passages]) => sum + passages.length, 0);
  const most = Math.ceil(MOST_FOUND / hits.length);
  list.replaceChildren(...hits.flatMap(([title, passages]) => groupsOf(title, passages.slice(0, most), terms)));
  const shown = list.querySelectorAll("a").length;
  const count = fill(shown < total ? words.foundFirst : words.found, { n: total, shown, total });
  status.textContent = terms.length ? `${count} ${whole ? "" : words.pageOnly}` : "";
}

function hitsIn(passages, terms) {
  const hits = passages.filter(({ folded }) => holds(folded, terms));
  return [...hits.filter(({ name }) => holds(name, terms)), ...hits.filter(({ name }) => !holds(name, terms))];
}

function groupsOf(title, passages, terms) {
  const sections = new Map();
  for (const passage of passages) {
    const link = make("a", { href: passage.address }, ...excerpt(passage, terms));
    sections.set(passage.section, [...(sections.get(passage.section) ?? []), make("li", {}, link)]);
  }
  return Array.from(sections, ([section, items]) => {
    const heading = make("p", {}, make("b", {}, title), section && ` · ${section}`);
    return make("div", {}, heading, make("ul", {}, ...items));
  });
}

/** Cut out what is around the first hit, and mark all hits in it. */
function excerpt({ text, folded }, terms) {
  const start = Math.max(0, Math.min(...terms.map((term) => folded.indexOf(term))) - 40);
  const end = start + 160;
  const pattern = new RegExp(terms.map((term) => term.replace(/[^\p{L}\p{N}]/gu, "\\$&")).join("|"), "g");
  const parts = [start > 0 ? "…" : ""];
  let place = start;
  for (const hit of folded.slice(0, end).matchAll(pattern)) {
    if (hit.index < place) continue;
    const after = hit.index + hit[0].length;
    parts.push(text.slice(place, hit.index), make("mark", {}, text.slice(hit.index, after)));
    place = after;
  }
  return [...parts, text.slice(place, end), end < text.length ? "…" : ""];
}

// Links to a section or a record

function setUpLinks() {
  for (const heading of main.querySelectorAll("section > h2, .sec-head > h2, h3[id]")) {
    const anchor = heading.closest("h3, section[id]")?.id || heading.id;
    const label = fill(words.copy, { title: textOf(heading) });
    const button = makeButton({ class: "copy", "aria-label": label, title: label }, () => copyLink(anchor));
    // What names its section must not be named after the button.
    if (heading.matches("h2")) heading.after(button);
    else heading.append(button);
  }
  window.addEventListener("hashchange", reveal);
  window.addEventListener("load", reveal);
  document.addEventListener("click", ({ target }) => target.closest(`a[href="${CSS.escape(location.hash)}"]`) && reveal());
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
  const body = target.closest("tbody[hidden]");
  const register = body && registers.find(({ rows }) => rows.some((row) => row.body === body));
  if (register) filterBy(register, (register.input.value = ""));
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
  target.scrollIntoView();
}

/** Mark the section that is being read in the navigation, which a phone scrolls along. */
function followSections() {
  const list = document.querySelector(".nav ul");
  if (!list) return;
  const observer = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const link = list.querySelector(`a[href="#${CSS.escape(target.id)}"]`);
      if (!isIntersecting) link?.removeAttribute("aria-current");
      else if (link) {
        link.setAttribute("aria-current", "true");
        list.scrollTo({ left: link.offsetLeft - (list.clientWidth - link.offsetWidth) / 2 });
      }
    }
  }, { rootMargin: "-25% 0px -75% 0px" });
  for (const section of main.querySelectorAll("section[id]")) observer.observe(section);
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
  return makeButton({ class: "print" }, () => window.print(), words.print);
}

// The portfolio, by manager, client and health. What belongs to a project says so in `data-about`, as does a client's.

let chosen = null;

function isChosen({ dataset }) {
  return chosen === null || !dataset.about || chosen.has(dataset.about);
}

function setUpChoice() {
  const box = document.querySelector(".choice");
  if (!box) return;
  const selects = Array.from(box.querySelectorAll("select"));
  const asked = new URLSearchParams(location.search);
  for (const select of selects) {
    const known = Array.from(select.options).some(({ value }) => value === asked.get(select.name));
    select.value = known ? asked.get(select.name) : "";
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
  showChosen();
  const text = found.length ? box.dataset.shown : box.dataset.none;
  box.querySelector("p").textContent = chosen ? fill(text, { shown: found.length, total: projects.length }) : "";
  box.querySelector("button").hidden = !chosen;
  const asked = new URLSearchParams(wanted.map(({ name, value }) => [name, value]));
  history.replaceState(null, "", `${location.pathname}${chosen ? `?${asked}` : ""}${location.hash}`);
}

function showChosen() {
  for (const part of main.querySelectorAll("[data-about]")) part.hidden = !isChosen(part);
  registers.forEach(arrange);
  for (const section of main.querySelectorAll("section:has([data-about])")) {
    section.hidden = !section.querySelector("[data-about]:not([hidden])");
  }
}

// Begin

setUpRegisters();
setUpLinks();
setUpChoice();
followSections();
document.body.append(live);
document.querySelector(".mast, .pf-head, .ch-head")?.append(make("div", { class: "tools" }, setUpSearch(), setUpPrint()));
