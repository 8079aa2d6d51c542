// What a person says of a field: accepts, types, takes a suggestion, says why there is nothing.
import { fill } from "./cards.js";
import { goOn, progress } from "./notice.js";
import { check, objections, recheck, typedNoMore } from "./rules.js";
import { failed, saveSoon } from "./saving.js";
import { desk } from "./state.js";
import { speak, tell } from "./telling.js";

function settle(name, answer, { stay = false } = {}) {
  typedNoMore();
  desk.work.answer(name, answer);
  desk.cards.leave(name);
  desk.cards.refresh(name);
  progress();
  desk.scan.drawMarks();
  saveSoon();
  tell("");
  const shown = answer.shown ?? answer.value ?? desk.words[answer.state];
  speak(fill(desk.words.accepted, { field: desk.work.byName[name].label, value: shown }));
  if (!stay) goOn(name);
}

export async function accept(name) {
  const field = desk.work.byName[name];
  const held = desk.work.held(name);
  if (field.options.length) {
    const chosen = document.querySelector(`input[name="f-${name}"]:checked`)?.value ?? null;
    if (chosen === held.value) confirm(name, held);
    else settle(name, { value: chosen, state: "read" });
    return;
  }
  if (desk.cards.isEditing(name)) await acceptTyped(name);
  else confirm(name, held);
}

function confirm(name, held) {
  if (!desk.work.isOpen(name)) {
    goOn(name);
  } else if (held.value !== null) {
    settle(name, { value: held.value, state: "read", shown: held.shown });
  } else if (held.state === "blank" || held.state === "missing") {
    settle(name, { value: null, state: held.state });
  } else {
    tell(desk.words.sayWhat);
  }
}

// True where the typed value stands.
async function acceptTyped(name, { stay = false } = {}) {
  const text = desk.cards.input(name).value.trim();
  const held = desk.work.held(name);
  if (text === desk.cards.shown(desk.work.byName[name], held).trim()) {
    desk.cards.leave(name);
    if (!stay) confirm(name, held);
    return true;
  }
  if (!text) {
    settle(name, { value: null, state: "blank" }, { stay });
    return true;
  }
  const from = desk.work;
  let told;
  try {
    told = await check(name, text);
  } catch (error) {
    failed(error);
    return false;
  }
  if (from !== desk.work) return false;
  if (told.refusal || told.value === null) {
    desk.cards.refuse(name);
    tell(told.refusal || desk.words.sayWhat);
    return false;
  }
  // What the rules object to elsewhere must be known before one is led on.
  objections(told.findings, name);
  settle(name, { value: told.value, state: "read", shown: told.shown }, { stay });
  return true;
}

// A field that is left while it is typed into keeps what was typed, if it may.
export async function decideEdit(name) {
  const { cards, work } = desk;
  if (!work || !cards.isEditing(name)) return;
  const text = cards.input(name).value.trim();
  if (!text || text === cards.shown(work.byName[name], work.held(name)).trim()) cards.leave(name);
  else {
    desk.pending = acceptTyped(name, { stay: true });
    if (!(await desk.pending)) cards.leave(name);
  }
}

export function take(name, one) {
  const state = one.value === null ? (one.state ?? "blank") : "read";
  settle(name, { value: one.value, state, shown: one.shown });
  recheck();
}

export function say(name, state) {
  settle(name, { value: null, state });
  recheck();
}

function choose(name, place) {
  const option = desk.work.byName[name].options[place];
  if (option) {
    settle(name, { value: option.value, state: "read" });
    recheck();
  }
}

export function takeDigit(digit) {
  const name = desk.cards.current;
  if (!name) return;
  if (desk.work.byName[name].options.length && !desk.work.clashes[name]) choose(name, digit - 1);
  else {
    const one = desk.cards.suggestions(name)[digit - 1];
    if (one) take(name, one);
  }
}

export function undo() {
  const name = desk.work.undo();
  if (!name) {
    tell(desk.words.nothingToUndo);
    return;
  }
  desk.cards.refresh(name);
  progress();
  desk.scan.drawMarks();
  desk.cards.focus(name);
  speak(fill(desk.words.undone, { field: desk.work.byName[name].label }));
  saveSoon();
}
