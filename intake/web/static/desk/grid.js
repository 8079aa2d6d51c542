// One field of many notices in a column: look down the crops, correct the odd one, save all.
import { Offline, post } from "./calls.js";
import { fill, make, marked } from "./cards.js";
import { commandOf, digitOf } from "./keys.js";
import { letterKey } from "./letters.js";
import { drawPlace, picture } from "./scan.js";

const STATES = new Set(["blank", "missing", "unreadable"]);
const MOST_OFFERED = 3; // a column is looked down, not read
const root = document.getElementById("grid");
const list = document.getElementById("cells");
const words = JSON.parse(document.getElementById("words").textContent);
const cells = JSON.parse(document.getElementById("column").textContent).map(build);

function build(field) {
  const item = make("li", { className: "cell" });
  const canvas = make("canvas", { ariaHidden: "true", hidden: true });
  const place = make("div");
  place.append(canvas);
  const name = `${root.querySelector("h1").textContent}, № ${field.record}`;
  const input = field.options.length ? choice(field) : area(field);
  input.setAttribute("aria-label", name);
  input.autocomplete = "off";
  input.spellcheck = false;
  const said = make("div", { className: "said" });
  const link = make("a", {
    href: `${root.dataset.desk}/${field.record}`, textContent: `№ ${field.record}`, tabIndex: -1,
  });
  const middle = make("div");
  const offers = offered(field, (text) => take(cell, text));
  middle.append(input, ...offers, said);
  item.append(place, middle, link);
  list.append(item);
  // What was on the screen of what the rules say: the server asks about the rest before it saves.
  const cell = { field, item, canvas, input, said, answer: null, seen: field.reasons };
  said.textContent = why(field);
  input.addEventListener("input", () => {
    cell.seen = field.reasons;
    mark(cell, null);
  });
  if (field.box) crop(cell);
  return cell;
}

// Other readings, each to take with Alt and its digit; what differs from the value is marked.
function offered(field, act) {
  if (!field.suggestions.length) return [];
  const list = make("ol", { className: "offers" });
  field.suggestions.slice(0, MOST_OFFERED).forEach(({ shown }, place) => {
    const item = make("li");
    const button = make("button", { type: "button", tabIndex: -1 });
    button.append(make("kbd", { textContent: place + 1 }), " ", marked(shown, field.shown));
    button.addEventListener("click", () => act(shown));
    item.append(button);
    list.append(item);
  });
  return [list];
}

function take(cell, text) {
  cell.input.value = text;
  cell.input.dispatchEvent(new Event("input"));
  down(cell);
}

// What there is to say of a field before anything is answered.
function why({ value, state, reasons, box }) {
  const parts = [value === null ? words[state] : "", ...reasons, box ? "" : words.noPlace];
  return parts.filter(Boolean).join(" ");
}

function area(field) {
  const typed = make("textarea", { value: field.shown, rows: 1 });
  const fit = () => {
    if (CSS.supports("field-sizing", "content")) return;
    typed.style.height = "auto";
    typed.style.height = `${typed.scrollHeight + 2}px`;
  };
  typed.addEventListener("input", fit);
  requestAnimationFrame(fit);
  return typed;
}

function choice(field) {
  const select = make("select");
  select.append(make("option", { value: "", textContent: "—" }));
  for (const { value, label } of field.options) {
    select.append(make("option", { value, textContent: label }));
  }
  select.value = field.value ?? "";
  return select;
}

async function crop({ field, canvas }) {
  const { image, ready } = picture(`${root.dataset.records}/${field.record}/pages/${field.page}.jpg`);
  try {
    await ready;
  } catch {
    return;
  }
  canvas.hidden = false;
  drawPlace(canvas, image, { box: field.box, turn: 0, tall: 110, margin: [0.02, 0.006] });
}

function mark(cell, answer, text = "") {
  cell.answer = answer;
  cell.item.classList.toggle("marked", Boolean(answer));
  cell.item.classList.remove("wrong");
  cell.said.textContent = answer?.value === null ? words[answer.state] : text || why(cell.field);
  const done = cells.filter((one) => one.answer).length;
  tell(fill(words.progress, { done, all: cells.length }));
}

function wrong(cell, text) {
  cell.answer = null;
  cell.item.classList.remove("marked");
  cell.item.classList.add("wrong");
  cell.said.textContent = text;
}

function tell(text) {
  document.getElementById("told").textContent = text;
}

// What stands in the input, in its normal form by the server's rules; false where it may not.
async function accept(cell) {
  const { field, input } = cell;
  const typed = input.value.trim();
  if (!typed) {
    if (field.state !== "blank" && field.state !== "missing") {
      wrong(cell, words.sayWhat);
      return false;
    }
    mark(cell, { value: null, state: field.state });
    return true;
  }
  if (field.options.length) {
    mark(cell, { value: typed, state: "read" });
    return true;
  }
  if (typed === field.shown) {
    mark(cell, { value: field.value, state: "read" });
    return true;
  }
  try {
    const url = `${root.dataset.desk}/${field.record}/check`;
    const told = await post(url, { field: root.dataset.check, typed, values: {} });
    // Typed on meanwhile: what is on the screen was not asked about.
    if (input.value.trim() !== typed) return false;
    if (told.refusal || told.value === null) {
      wrong(cell, told.refusal);
      return false;
    }
    mark(cell, { value: told.value, state: "read" }, told.notes.join(" "));
    return true;
  } catch (error) {
    if (input.value.trim() !== typed) return false;
    wrong(cell, error instanceof Offline ? words.noConnection : error.message);
    return false;
  }
}

// Goes on at once; what the rules say of a typed value shows when they have answered.
function down(cell) {
  cell.pending = accept(cell);
  const next = cells.slice(cells.indexOf(cell) + 1).find((one) => !one.answer);
  (next?.input ?? document.getElementById("save"))?.focus();
}

// What is being saved is not typed into, and is not saved twice.
async function save() {
  if (list.inert) return;
  list.inert = true;
  try {
    await saveReady();
  } finally {
    list.inert = false;
  }
  if (cells.every((cell) => cell.saved)) location.reload();
  else cells.find((cell) => !cell.saved)?.input.focus();
}

async function saveReady() {
  await Promise.all(cells.map((cell) => cell.pending));
  const ready = cells.filter((cell) => cell.answer && !cell.saved);
  if (!ready.length) return;
  let told;
  try {
    told = await post(root.dataset.url, {
      cells: ready.map(({ field, answer, seen }) => ({
        record: field.record, version: field.version, seen, ...answer,
      })),
    });
  } catch (error) {
    tell(error instanceof Offline ? words.noConnection : error.message);
    return;
  }
  let count = 0, objected = 0;
  ready.forEach((cell, place) => {
    const one = told.cells[place];
    if (one.ok) {
      count += 1;
      cell.saved = true;
      cell.item.remove();
    } else if (one.objections) {
      objected += 1;
      cell.seen = [...cell.seen, ...one.objections];
      wrong(cell, one.detail);
    } else if (one.theirs === undefined) wrong(cell, fill(words.failed, { why: one.detail }));
    else {
      cell.field.version = one.version;
      // Somebody may only have the notice in hand: then nothing was changed.
      const isChanged = one.theirs !== cell.field.shown;
      const theirs = isChanged ? fill(words.conflict, { value: one.theirs || "—" }) : "";
      wrong(cell, [one.detail, theirs].filter(Boolean).join(" · "));
    }
  });
  tell([fill(words.saved, { count }), objected ? words.lookAgain : ""].filter(Boolean).join(". "));
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey) {
    event.preventDefault();
    save();
    return;
  }
  const cell = cells.find(({ input }) => input === event.target);
  if (!cell) return;
  if (event.key === "Enter") {
    event.preventDefault();
    if (!event.repeat) down(cell);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (cell.field.options.length) return;
    event.preventDefault();
    cells[cells.indexOf(cell) + (event.key === "ArrowDown" ? 1 : -1)]?.input.focus();
  } else if (event.altKey && digitOf(event)) {
    event.preventDefault();
    const one = cell.field.suggestions.slice(0, MOST_OFFERED)[digitOf(event) - 1];
    if (one && !event.repeat) take(cell, one.shown);
  } else if (event.altKey && STATES.has(commandOf(event))) {
    event.preventDefault();
    cell.input.value = "";
    mark(cell, { value: null, state: commandOf(event) });
    down(cell);
  } else if (event.key === "Escape") {
    cell.input.value = cell.field.options.length ? cell.field.value ?? "" : cell.field.shown;
    mark(cell, null);
  } else if (cell.input.tagName === "TEXTAREA" && letterKey(event, cell.input)) event.preventDefault();
});
document.getElementById("save")?.addEventListener("click", save);
document.getElementById("all")?.addEventListener("click", async () => {
  for (const cell of cells) if (!cell.answer && !cell.saved) await accept(cell);
  document.getElementById("save").focus();
});
cells[0]?.input.focus();
