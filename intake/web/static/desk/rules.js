// The server's rules, asked while somebody types and after a value was taken.
import { post } from "./calls.js";
import { progress } from "./notice.js";
import { desk, urlOf } from "./state.js";

const CHECK_AFTER = 150;
let checking = {};
let typing = 0;
let asked = 0; // an answer that comes late must not stand for a later one

// What is still to be asked about a text that was accepted or left need not be asked any more.
export function typedNoMore() {
  clearTimeout(typing);
}

export function typed(name, text) {
  const { work } = desk;
  clearTimeout(typing);
  typing = setTimeout(() => {
    if (work !== desk.work || !desk.cards.isEditing(name)) return;
    check(name, text.trim()).then(
      (told) => {
        const { cards } = desk;
        if (work !== desk.work || !cards.isEditing(name) || cards.input(name).value.trim() !== text.trim()) return;
        cards.offer(name, told.others);
        objections(told, name);
      },
      () => {}, // asked again when the value is accepted
    );
  }, CHECK_AFTER);
}

// Asks once for a text, however often it is wanted.
export function check(name, text) {
  const { work } = desk;
  if (checking.work === work && checking.name === name && checking.text === text) {
    return checking.answer;
  }
  const values = work.values();
  asked += 1;
  const answer = post(urlOf(work.id, "check"), { field: name, typed: text, values });
  checking = { work, name, text, answer };
  answer.catch(() => {
    checking = {};
  });
  return answer;
}

// Whether nothing was asked since this text was.
export function isNewest(name, text) {
  return checking.work === desk.work && checking.name === name && checking.text === text;
}

// After a value was taken rather than typed: what do the rules say of all values together?
// True where they answered.
export async function recheck() {
  const from = desk.work;
  const mine = (asked += 1);
  checking = {}; // what was said of a text goes with the other values as they were
  try {
    const told = await post(urlOf(from.id, "check"), { field: "", values: from.values() });
    if (from !== desk.work) return true;
    if (mine === asked) {
      from.unchecked = false;
      objections(told, null);
    }
    return true;
  } catch {
    return false; // the rules are asked again with the next value, or when the notice is handed in
  }
}

// Shows what the rules said; ``typedInto`` names the field that their notes are about.
export function objections({ findings, notes }, typedInto) {
  const { work } = desk;
  const before = Object.keys(work.objections);
  work.objections = findings;
  if (typedInto) work.notes[typedInto] = notes;
  for (const name of new Set([...before, ...Object.keys(findings), ...(typedInto ? [typedInto] : [])])) {
    if (work.byName[name]) desk.cards.refresh(name);
  }
  progress();
}
