// The review desk: one notice after the other, from the keyboard.
import { ask, isAsking } from "./asking.js";
import { Offline, get, post } from "./calls.js";
import { Cards, fill, make } from "./cards.js";
import { commandOf, digitOf } from "./keys.js";
import { letterKey } from "./letters.js";
import { Outbox } from "./outbox.js";
import { Scan, picture } from "./scan.js";
import { Work } from "./work.js";

const SAVE_AFTER = 700;
const RENEW_EVERY = 60_000;
const CHECK_AFTER = 150;
const IDLE = 60_000;

const root = document.getElementById("desk");
const words = read("words");
const { base, query, queue } = root.dataset;
const STATES = new Set(["blank", "missing", "unreadable", "illegible"]);

let work;
let upcoming = null; // a promise of the next notice, or of null
let returned = []; // work that could not be handed in
let lastMove = performance.now();
let saving = 0;
let checking = { name: "", text: "", answer: null };

const scan = new Scan(root, words, { pick, urlOf: pageUrl, ready: () => drawCrop() });
const cards = new Cards(document.getElementById("fields"), words, {
  focused,
  typed,
  take,
  say,
  decideEdit,
});
const outbox = new Outbox({ done: handedIn, back: cameBack, offline, online });

function read(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

function pageUrl(id, page) {
  return `${root.dataset.records}/${id}/pages/${page}.jpg`;
}

function url(id, call) {
  return `${base}/${id}/${call}`;
}

// One notice ---------------------------------------------------------------------------------

function show(next) {
  work = next;
  document.getElementById("what").textContent =
    `№ ${work.id} · ${work.notice.office} · ${work.notice.source} · ${work.notice.received}`;
  const notes = [...work.notice.messages, ...work.notice.reasons];
  document.getElementById("notes").replaceChildren(
    ...notes.map((text) => make("p", { textContent: text })),
  );
  cards.load(work);
  scan.load(work);
  progress();
  lastMove = performance.now();
  goOn(null);
  history.replaceState(null, "", `${base}/${work.id}${query ? `?${query}` : ""}`);
  performance.mark("notice-shown");
  preload();
}

function progress() {
  const asked = work.asked();
  const left = work.open().length;
  const bar = document.getElementById("done");
  bar.max = Math.max(asked.length, 1);
  bar.value = asked.length ? asked.length - left : 1;
  document.getElementById("progress").textContent = fill(words.progress, {
    done: asked.length - left,
    all: asked.length,
  });
}

// To the next field that wants a look after this one; to the decision where none is left.
function goOn(name) {
  const open = work.open();
  const names = work.fields.map((field) => field.name);
  const next = open.find((one) => names.indexOf(one) > names.indexOf(name)) ?? open[0];
  if (next) {
    cards.focus(next);
    return;
  }
  const first = cards.current ?? names[0];
  cards.open(first);
  document.querySelector("#actions .main").focus();
}

function focused(name) {
  scan.focus(work.byName[name]);
  drawCrop();
}

function drawCrop() {
  if (work && cards.current) scan.crop(work.byName[cards.current], cards.canvas(cards.current));
}

function pick(name) {
  cards.focus(name);
}

// Answers ------------------------------------------------------------------------------------

function settle(name, answer, { stay = false } = {}) {
  work.answer(name, answer);
  cards.leave(name);
  cards.refresh(name);
  progress();
  scan.drawMarks();
  saveSoon();
  const shown = answer.shown ?? answer.value ?? words[answer.state];
  speak(fill(words.accepted, { field: work.byName[name].label, value: shown }));
  if (!stay) goOn(name);
}

async function accept(name) {
  const field = work.byName[name];
  const held = work.held(name);
  if (field.options.length) {
    const chosen = document.querySelector(`input[name="f-${name}"]:checked`)?.value ?? null;
    if (chosen === held.value) confirm(name, held);
    else settle(name, { value: chosen, state: "read" });
    return;
  }
  if (cards.isEditing(name)) await acceptTyped(name);
  else confirm(name, held);
}

function confirm(name, held) {
  if (!work.isOpen(name)) {
    goOn(name);
  } else if (held.value !== null) {
    settle(name, { value: held.value, state: "read", shown: held.shown });
  } else if (held.state === "blank" || held.state === "missing") {
    settle(name, { value: null, state: held.state });
  } else {
    tell(words.sayWhat);
    cards.edit(name);
  }
}

// True where the typed value stands.
async function acceptTyped(name, { stay = false } = {}) {
  const text = cards.input(name).value.trim();
  const held = work.held(name);
  if (text === cards.shown(work.byName[name], held).trim()) {
    cards.leave(name);
    if (!stay) confirm(name, held);
    return true;
  }
  if (!text) {
    settle(name, { value: null, state: "blank" }, { stay });
    return true;
  }
  const from = work;
  let told;
  try {
    told = checking.name === name && checking.text === text && (await checking.answer);
    told ||= await check(name, text);
  } catch (error) {
    failed(error);
    return false;
  }
  if (from !== work) return false;
  if (told.refusal || told.value === null) {
    tell(told.refusal || words.sayWhat);
    return false;
  }
  settle(name, { value: told.value, state: "read", shown: told.shown }, { stay });
  objections(told.findings, name);
  return true;
}

// A field that is left while it is typed into keeps what was typed, if it may.
async function decideEdit(name) {
  if (!cards.isEditing(name) || isAsking()) return;
  const text = cards.input(name).value.trim();
  if (text === cards.shown(work.byName[name], work.held(name)).trim() || !text) cards.leave(name);
  else if (!(await acceptTyped(name, { stay: true }))) cards.leave(name);
}

function take(name, one) {
  settle(name, { value: one.value, state: one.value === null ? one.state ?? "blank" : "read", shown: one.shown });
  recheck();
}

function say(name, state) {
  settle(name, { value: null, state });
  recheck();
}

function choose(name, place) {
  const option = work.byName[name].options[place];
  if (option) {
    settle(name, { value: option.value, state: "read" });
    recheck();
  }
}

function takeDigit(digit) {
  const name = cards.current;
  if (!name) return;
  if (work.byName[name].options.length && !work.clashes[name]) choose(name, digit - 1);
  else {
    const one = cards.suggestions(name)[digit - 1];
    if (one) take(name, one);
  }
}

function undo() {
  const name = work.undo();
  if (!name) {
    tell(words.nothingToUndo);
    return;
  }
  cards.refresh(name);
  progress();
  scan.drawMarks();
  cards.focus(name);
  speak(fill(words.undone, { field: work.byName[name].label }));
  saveSoon();
}

// Rules: the server's, asked while typing ----------------------------------------------------

let typing = 0;

function typed(name, text) {
  clearTimeout(typing);
  typing = setTimeout(() => {
    check(name, text.trim()).then(
      (told) => {
        if (!cards.isEditing(name) || cards.input(name).value.trim() !== text.trim()) return;
        cards.offer(name, told.others);
        objections({ ...told.findings, [name]: [...told.notes, ...(told.findings[name] ?? [])] }, null);
      },
      () => {}, // asked again when the value is accepted
    );
  }, CHECK_AFTER);
}

function check(name, text) {
  const answer = post(url(work.id, "check"), { field: name, typed: text, values: work.values() });
  checking = { name, text, answer };
  return answer;
}

// After a value was taken rather than typed: what do the rules say of all values together?
async function recheck() {
  const from = work;
  try {
    const told = await post(url(work.id, "check"), {
      field: cards.current, values: work.values(),
    });
    if (from === work) objections(told.findings, null);
  } catch {
    // The rules are asked again with the next value.
  }
}

function objections(findings, settled) {
  const before = work.objections;
  work.objections = findings;
  for (const name of new Set([...Object.keys(before), ...Object.keys(findings)])) {
    if (work.byName[name] && name !== settled) cards.refresh(name);
  }
  progress();
}

// Decisions ----------------------------------------------------------------------------------

async function decide(decision, button) {
  const open = work.open();
  if (decision === "approve") {
    if (open.length) {
      const fields = open.map((name) => work.byName[name].label).join(", ");
      tell(fill(words.left, { fields }));
      cards.focus(open[0]);
      return;
    }
    if (work.hasIllegible()) {
      tell(words.handOver);
      return;
    }
    handIn(decision, "");
    return;
  }
  const reason = await ask(decision, button.textContent.trim().replace(/^\S\s/, ""));
  if (reason) handIn(decision, reason);
  else goOn(null);
}

function handIn(decision, reason) {
  measure();
  clearTimeout(saving);
  performance.mark("notice-decided");
  outbox.put({ work, url: url(work.id, "finish"), decision, reason });
  nextNotice();
}

async function skip() {
  measure();
  clearTimeout(saving);
  performance.mark("notice-decided");
  const { id } = work;
  save().then(() => post(url(id, "release"), {})).catch(() => {});
  await nextNotice();
}

function handedIn(from, told) {
  const lines = [`№ ${from.id}: ${words[told.outcome] ?? told.outcome}`];
  for (const one of told.feedback) {
    lines.push(fill(one.caught ? words.caught : words.missed, one));
  }
  tell(lines.join(" "), { calm: told.feedback.every((one) => one.caught) });
}

async function cameBack(from, error) {
  const why = error.message;
  if (error.status === 401) {
    tell(why);
    return;
  }
  try {
    const { notice } = await post(url(from.id, "opened"), {});
    from.clash(notice, error.told?.clashes ?? []);
  } catch (again) {
    tell(fill(words.back, { id: from.id, why: again.message }));
    return;
  }
  returned.push(from);
  tell(fill(words.back, { id: from.id, why: error.told?.clashes ? words.clash : why }), {
    act: () => {
      returned = returned.filter((one) => one !== from);
      if (work !== from) returned.unshift(work);
      show(from);
    },
  });
  if (!work) nextNotice();
}

// The next notice ----------------------------------------------------------------------------

function preload() {
  upcoming = get(`${root.dataset.next}?after=${work.id}${query ? `&${query}` : ""}`).then(
    ({ notice }) => {
      if (!notice) return null;
      for (const page of notice.pages) picture(pageUrl(notice.id, page));
      return notice;
    },
  );
  upcoming.catch(() => {});
}

async function nextNotice() {
  tell("");
  const back = returned.shift();
  if (back) {
    show(back);
    return;
  }
  let notice;
  try {
    notice = await upcoming;
  } catch (error) {
    failed(error);
    setTimeout(() => {
      preload();
      nextNotice();
    }, 2000);
    return;
  }
  if (!notice) {
    await atEnd();
    return;
  }
  const next = new Work(notice);
  show(next);
  performance.measure("next-notice", "notice-decided", "notice-shown");
  opened(next);
}

// Tells that a preloaded notice is looked at; shows it anew where it changed meanwhile.
async function opened(next) {
  try {
    const { notice } = await post(url(next.id, "opened"), {});
    if (work === next && notice.version !== next.version) show(new Work(notice));
  } catch (error) {
    if (error instanceof Offline) return;
    if (work === next) {
      await nextNotice();
      tell(error.message);
    }
  }
}

async function atEnd() {
  work = null;
  document.getElementById("work").inert = true;
  tell(words.noNext, { calm: true });
  const wait = setInterval(() => {
    if (!outbox.isEmpty || returned.length) return;
    clearInterval(wait);
    location.assign(`${queue}${query ? `?${query}` : ""}`);
  }, 300);
}

// Work in progress ---------------------------------------------------------------------------

function measure() {
  const now = performance.now();
  work.seconds += Math.min(now - lastMove, IDLE) / 1000;
  lastMove = now;
}

function saveSoon() {
  clearTimeout(saving);
  saving = setTimeout(() => save().catch(failed), SAVE_AFTER);
}

async function save(options) {
  if (!work) return;
  measure();
  await post(url(work.id, "draft"), work.handedIn(), options);
  online();
}

function failed(error) {
  if (error instanceof Offline) {
    offline();
    saving = setTimeout(() => save().catch(failed), 3000);
  } else tell(error.message);
}

let isOffline = false;

function offline() {
  isOffline = true;
  tell(words.noConnection);
}

function online() {
  if (!isOffline || !outbox.isEmpty) return;
  isOffline = false;
  tell(words.connected, { calm: true });
}

// What is said -------------------------------------------------------------------------------

function tell(text, { calm = false, act = null } = {}) {
  const told = document.getElementById("told");
  told.classList.toggle("calm", calm);
  told.replaceChildren(...(text ? [make("span", { textContent: text })] : []));
  if (act) {
    const button = make("button", { type: "button", textContent: words.show });
    button.addEventListener("click", act);
    told.append(button);
  }
}

function speak(text) {
  document.getElementById("said").textContent = text;
}

// Keys ---------------------------------------------------------------------------------------

const acts = {
  approve: (button) => decide("approve", button),
  reject: (button) => decide("reject", button),
  "send-back": (button) => decide("send-back", button),
  "hand-over": (button) => decide("hand-over", button),
  skip,
  undo,
  rotate: () => scan.rotate(),
  fit: () => scan.fit(),
  page: () => scan.nextPage(),
  "zoom-in": () => scan.zoomIn(),
  "zoom-out": () => scan.zoomOut(),
  help: () => document.getElementById("help").showModal(),
  edit: () => cards.current && beginEdit(cards.current),
};

function beginEdit(name) {
  cards.focus(name);
  cards.edit(name);
}

function act(command) {
  const button = root.querySelector(`[data-do="${command}"]`);
  acts[command]?.(button);
}

function onKey(event) {
  if (!work || ["Shift", "Control", "Alt", "Meta", "AltGraph"].includes(event.key)) return;
  work.keystrokes += 1;
  if (isAsking()) return;
  const name = cards.current;
  const area = event.target.closest?.("#fields textarea, #fields input");
  if (area && name && cards.isEditing(name)) {
    editingKey(event, name, area);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const command = commandOf(event);
  if (!command) return;
  if (command === "accept") acceptKey(event, area, name);
  else if (command === "edit-by-key") editByKey(event, area, name);
  else {
    event.preventDefault();
    if (event.repeat && !command.startsWith("zoom")) return;
    if (command.startsWith("take-")) takeDigit(Number(command.slice(5)));
    else if (STATES.has(command)) {
      if (name) say(name, command);
    } else act(command);
  }
}

// A key that is held down accepts nothing: every value is looked at once.
function acceptKey(event, area, name) {
  if (event.repeat) event.preventDefault();
  else if (area && name) {
    event.preventDefault();
    accept(name);
  }
}

function editByKey(event, area, name) {
  if (area?.tagName !== "TEXTAREA" || !name) return;
  if (event.key === "Home") {
    cards.edit(name);
    area.setSelectionRange(0, 0);
  } else cards.edit(name);
}

function editingKey(event, name, area) {
  if (event.key === "Enter") {
    event.preventDefault();
    if (!event.repeat) accept(name);
  } else if (event.key === "Escape") {
    event.preventDefault();
    cards.leave(name);
    objections({}, null);
    recheck();
  } else if (event.altKey && digitOf(event)) {
    event.preventDefault();
    takeDigit(digitOf(event));
  } else if (letterKey(event, area)) event.preventDefault();
}

document.addEventListener("keydown", onKey);
root.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button && work) acts[button.dataset.do](button);
});
root.addEventListener("change", (event) => {
  // A click on an option is an answer; the arrow keys only move among them.
  if (event.target.type === "radio" && !event.target.matches(":focus-visible")) accept(cards.current);
});
setInterval(() => {
  if (!document.hidden && work) save().catch(failed);
}, RENEW_EVERY);
document.addEventListener("visibilitychange", () => {
  if (document.hidden && work) save({ keepalive: true }).catch(() => {});
  else lastMove = performance.now();
});

show(new Work(read("notice")));
