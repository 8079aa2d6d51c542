// The review desk: one notice after the other, from the keyboard.
import {
  accept, acceptNoMore, decideEdit, isAccepting, say, take, takeDigit, undo,
} from "./answers.js";
import { isAsking } from "./asking.js";
import { Cards } from "./cards.js";
import {
  cameBack, decide, elsewhere, handedIn, preload, present, skip, takeBack,
} from "./decisions.js";
import { commandOf, digitOf } from "./keys.js";
import { letterKey } from "./letters.js";
import { drawCrops, focused } from "./notice.js";
import { Outbox } from "./outbox.js";
import { objections, recheck, typed } from "./rules.js";
import { keepSaving, offline, online } from "./saving.js";
import { Scan } from "./scan.js";
import { desk, pageUrl } from "./state.js";
import { listen } from "./windows.js";
import { Work } from "./work.js";

const STATES = new Set(["blank", "missing", "unreadable", "illegible"]);
// A field that is on the screen for less was seen by nobody: a key that bounces, a double press.
const SEEN_AFTER = 150; // milliseconds
const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta", "AltGraph"]);

const acts = {
  approve: (button) => decide("approve", button),
  reject: (button) => decide("reject", button),
  "send-back": (button) => decide("send-back", button),
  "hand-over": (button) => decide("hand-over", button),
  skip,
  undo: () => (desk.work && undo()) || takeBack(),
  rotate: () => desk.scan.rotate(),
  fit: () => desk.scan.fit(),
  page: () => desk.scan.nextPage(),
  "zoom-in": () => desk.scan.zoomIn(),
  "zoom-out": () => desk.scan.zoomOut(),
  help: () => document.getElementById("help").showModal(),
  edit: () => desk.cards.current && beginEdit(desk.cards.current),
};

function beginEdit(name) {
  desk.cards.focus(name);
  desk.cards.edit(name, { atDoubt: true });
}

function act(command) {
  const button = desk.root.querySelector(`[data-do="${command}"]`);
  acts[command]?.(button);
}

function onKey(event) {
  if (MODIFIERS.has(event.key)) return;
  if (!desk.work) {
    afterLast(event);
    return;
  }
  desk.work.keystrokes += 1;
  if (isAsking()) return;
  if (isAccepting()) {
    event.preventDefault();
    if (event.key === "Escape") acceptNoMore();
    return;
  }
  const name = desk.cards.current;
  const area = event.target.closest?.("#fields textarea, #fields input");
  if (area && name && desk.cards.isEditing(name)) {
    editingKey(event, name, area);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const command = commandOf(event);
  if (!command) return;
  if (isAnswer(command) && area && isTooSoon(event)) event.preventDefault();
  else if (command === "accept") acceptKey(event, area, name);
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

function isAnswer(command) {
  return command === "accept" || command.startsWith("take-") || STATES.has(command);
}

function isTooSoon(event) {
  return event.timeStamp - desk.cards.openedAt < SEEN_AFTER;
}

// Where no further notice waits, the last decision can still be taken back.
function afterLast(event) {
  const isOver = desk.root.classList.contains("over") && !isAsking() && !event.ctrlKey;
  if (isOver && !event.repeat && commandOf(event) === "undo") acts.undo();
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
    desk.cards.edit(name);
    area.setSelectionRange(0, 0);
  } else desk.cards.edit(name);
}

function editingKey(event, name, area) {
  if (event.key === "Enter") {
    event.preventDefault();
    if (!event.repeat) accept(name);
  } else if (event.key === "Escape") {
    event.preventDefault();
    desk.cards.leave(name);
    objections({ findings: {}, notes: [] }, name);
    desk.checked = recheck();
  } else if (event.altKey && digitOf(event)) {
    event.preventDefault();
    takeDigit(digitOf(event));
  } else if (letterKey(event, area)) event.preventDefault();
}

document.addEventListener("keydown", onKey);
desk.root.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  if (button && desk.work) acts[button.dataset.do](button);
});
desk.root.addEventListener("change", (event) => {
  // A click on an option is an answer; the arrow keys only move among them.
  const isClicked = event.target.type === "radio" && !event.target.matches(":focus-visible");
  if (isClicked) accept(event.target.name.slice(2));
});

desk.scan = new Scan(desk.root, desk.words, {
  pick: (name) => desk.cards.focus(name),
  urlOf: pageUrl,
  turned: drawCrops,
});
desk.cards = new Cards(document.getElementById("fields"), desk.words, {
  focused, typed, take, say, decideEdit, edit: beginEdit,
  accept: (name) => isAccepting() || accept(name),
});
desk.outbox = new Outbox({ done: handedIn, back: cameBack, offline, online });
history.scrollRestoration = "manual"; // the field that is asked about is scrolled to
keepSaving();
listen(elsewhere);
present(new Work(desk.first));
preload();
