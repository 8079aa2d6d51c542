// What a person says of a field: accepts, types, takes a suggestion, says why there is nothing.
import { fill } from "./cards.js";
import { goOn, progress } from "./notice.js";
import { check, isNewest, objections, recheck, typedNoMore } from "./rules.js";
import { failed, saveSoon } from "./saving.js";
import { desk } from "./state.js";
import { speak, tell, tellSlow } from "./telling.js";

let accepting = null; // the typed text that the server is asked about

// Whether keys must wait: what is pressed meanwhile would be meant for another field.
export function isAccepting() {
  return accepting !== null && accepting.work === desk.work;
}

export function acceptNoMore() {
  accepting = null;
}

function settle(name, answer, { stay = false, heard } = {}) {
  typedNoMore();
  desk.work.answer(name, answer, heard);
  desk.cards.leave(name);
  desk.cards.refresh(name);
  progress();
  desk.scan.drawMarks();
  saveSoon();
  tell("");
  const field = desk.work.byName[name];
  const value = desk.cards.shown(field, answer) || desk.words[answer.state];
  speak(fill(desk.words.accepted, { field: field.label, value }));
  if (!stay) goOn(name);
}

// What is taken rather than typed has no notes; what it does to the other values is asked.
function takeOver(name, answer, { stay = false } = {}) {
  delete desk.work.notes[name];
  settle(name, answer, { stay });
  if (desk.work.unchecked) desk.checked = recheck();
}

export async function accept(name) {
  const field = desk.work.byName[name];
  const held = desk.work.held(name);
  if (field.options.length) {
    const chosen = document.querySelector(`input[name="f-${name}"]:checked`)?.value ?? null;
    if (chosen === held.value) confirm(name, held);
    else takeOver(name, { value: chosen, state: "read" });
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

function typedText(name) {
  return desk.cards.input(name).value.trim();
}

// True where the typed value stands. What cannot stand stays as it was typed, and is lost nowhere.
export async function acceptTyped(name, { stay = false } = {}) {
  const text = typedText(name);
  const heard = desk.work.said(name); // what stood there as the key was pressed
  const held = desk.work.held(name);
  if (text === desk.cards.shown(desk.work.byName[name], held).trim()) {
    desk.cards.leave(name);
    if (!stay) confirm(name, held);
    return true;
  }
  if (!text) {
    takeOver(name, { value: null, state: "blank" }, { stay });
    return true;
  }
  const told = await answered(name, text);
  if (!told) return false;
  if (told.refusal || told.value === null) {
    desk.cards.refuse(name);
    tell(told.refusal || desk.words.sayWhat);
    return false;
  }
  stands(name, told, { stay, heard });
  return true;
}

function stands(name, told, { stay, heard }) {
  const { work } = desk;
  const isHere = desk.cards.current === name && !stay;
  const isWhole = isNewest(name, typedText(name));
  const answer = { value: told.value, state: "read", shown: told.shown };
  settle(name, answer, { stay: true, heard });
  work.unchecked = !isWhole;
  objections(isWhole ? told : { ...told, findings: work.objections }, name);
  if (!isWhole) desk.checked = recheck();
  if (!isHere) return;
  // What the rules object to must be seen: the same key again accepts it all the same.
  if (work.isOpen(name)) {
    tell(desk.words.lookAgain);
    desk.cards.openedAt = performance.now();
  } else goOn(name);
}

// What the rules say of a typed text; nothing where nobody waits for that any more.
async function answered(name, text) {
  const mine = { work: desk.work };
  accepting = mine;
  const done = tellSlow(desk.words.checking);
  let told;
  try {
    told = await check(name, text);
  } catch (error) {
    if (accepting === mine) failed(error);
  }
  done();
  if (accepting !== mine) return null;
  accepting = null;
  const isSame = mine.work === desk.work && desk.cards.isEditing(name) && typedText(name) === text;
  return isSame ? told : null;
}

// A field that is left while it is typed into keeps what was typed, if it may.
export function decideEdit(name) {
  const { cards, work } = desk;
  if (!work || !cards.isEditing(name) || isAccepting()) return;
  const text = typedText(name);
  if (!text || text === cards.shown(work.byName[name], work.held(name)).trim()) cards.leave(name);
  else desk.pending = acceptTyped(name, { stay: true });
}

export function take(name, one) {
  const state = one.value === null ? (one.state ?? "blank") : "read";
  takeOver(name, { value: one.value, state, shown: one.shown });
}

export function say(name, state) {
  takeOver(name, { value: null, state });
}

function choose(name, place) {
  const option = desk.work.byName[name].options[place];
  if (option) takeOver(name, { value: option.value, state: "read" });
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

// Takes back the last answer; true where there was one.
export function undo() {
  const name = desk.work.undo();
  if (!name) return false;
  desk.cards.refresh(name);
  progress();
  desk.scan.drawMarks();
  desk.cards.focus(name);
  speak(fill(desk.words.undone, { field: desk.work.byName[name].label }));
  saveSoon();
  desk.checked = recheck();
  return true;
}

// Whether all that was typed stands and the rules have spoken of all values; says what does not.
export async function isSettled() {
  const { work } = desk;
  await desk.pending;
  for (const name of desk.cards.editing()) {
    if (work !== desk.work) return false;
    if (!(await acceptTyped(name, { stay: true }))) {
      if (work === desk.work) desk.cards.focus(name);
      return false;
    }
  }
  if (work === desk.work && work.unchecked) {
    const done = tellSlow(desk.words.checking);
    await desk.checked;
    if (work === desk.work && work.unchecked) await recheck();
    done();
  }
  return work === desk.work;
}
