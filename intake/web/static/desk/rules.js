// The server's rules, asked while somebody types and after a value was taken.
import { post } from "./calls.js";
import { progress } from "./notice.js";
import { desk, urlOf } from "./state.js";

const CHECK_AFTER = 150;
let checking = {};
let typing = 0;

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
        const mine = [...told.notes, ...(told.findings[name] ?? [])];
        objections({ ...told.findings, [name]: mine }, null);
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
  const asked = { field: name, typed: text, values: work.values() };
  const answer = post(urlOf(work.id, "check"), asked);
  checking = { work, name, text, answer };
  answer.catch(() => {
    checking = {};
  });
  return answer;
}

// After a value was taken rather than typed: what do the rules say of all values together?
export async function recheck() {
  const from = desk.work;
  try {
    const asked = { field: desk.cards.current, values: from.values() };
    const told = await post(urlOf(from.id, "check"), asked);
    if (from === desk.work) objections(told.findings, null);
  } catch {
    // The rules are asked again with the next value.
  }
}

export function objections(findings, settled) {
  const before = desk.work.objections;
  desk.work.objections = findings;
  for (const name of new Set([...Object.keys(before), ...Object.keys(findings)])) {
    if (desk.work.byName[name] && name !== settled) desk.cards.refresh(name);
  }
  progress();
}
