// Shows one notice, and leads from field to field.
import { fill, make } from "./cards.js";
import { begin } from "./saving.js";
import { desk, withQuery } from "./state.js";

const LARGE = { tall: 170, margin: [0.025, 0.008] };
// A choice is read off the words around it: which of them are underlined, circled or struck.
const CHOICE = { tall: 170, margin: [0.16, 0.03] };
const SMALL = { tall: 34, margin: [0.008, 0.003] };
let before = null; // the field that was the current one

export function show(next) {
  desk.work = next;
  next.wasShown = true;
  before = null;
  const { id, notice } = next;
  desk.root.classList.remove("over");
  document.getElementById("what").textContent =
    `№ ${id} · ${notice.office} · ${notice.source} · ${notice.received}`;
  const notes = [...notice.messages, ...notice.reasons];
  document.getElementById("notes").replaceChildren(
    ...notes.map((text) => make("p", { textContent: text })),
  );
  desk.cards.load(next);
  desk.scan.load(next);
  progress();
  drawCrops();
  begin();
  goOn(null);
  history.replaceState(null, "", withQuery(`${desk.base}/${id}`));
  performance.mark("notice-shown");
}

export function progress() {
  const asked = desk.work.asked();
  const left = desk.work.open().length;
  const bar = document.getElementById("done");
  bar.max = Math.max(asked.length, 1);
  bar.value = asked.length ? asked.length - left : 1;
  document.querySelector("#actions .main").classList.toggle("early", left > 0);
  document.getElementById("progress").textContent = fill(desk.words.progress, {
    done: asked.length - left,
    all: asked.length,
  });
}

// To the next field that wants a look after this one; to the decision where none is left.
export function goOn(name) {
  const open = desk.work.open();
  const names = desk.work.fields.map((field) => field.name);
  const next = open.find((one) => names.indexOf(one) > names.indexOf(name)) ?? open[0];
  if (next) {
    desk.cards.focus(next);
    return;
  }
  if (name === null && wasOpenedAgain()) {
    desk.cards.focus(desk.work.fields.find(({ corrected }) => corrected)?.name ?? names[0]);
    return;
  }
  desk.cards.open(desk.cards.current ?? names[0]);
  document.querySelector("#actions .main").focus();
}

// Somebody wants something of this notice though nothing is flagged: no key approves it at once.
function wasOpenedAgain() {
  const { work } = desk;
  return work.notice.messages.length > 0 && !work.asked().length && !work.isTouched;
}

export function focused(name) {
  desk.scan.focus(desk.work.byName[name]);
  for (const one of new Set([before, name])) if (one) drawCrop(one);
  before = name;
}

// Every field shows its place on the scan: the current one large, the others at a glance.
export function drawCrops() {
  for (const { name } of desk.work?.fields ?? []) drawCrop(name);
}

function drawCrop(name) {
  const field = desk.work.byName[name];
  const canvas = desk.cards.canvas(name);
  const isCurrent = name === desk.cards.current;
  // Where a place is only guessed, a glance shows nothing.
  const large = field.kind === "choice" ? CHOICE : LARGE;
  if (isCurrent || field.box) desk.scan.crop(field, canvas, isCurrent ? large : SMALL);
  else canvas.hidden = true;
}
