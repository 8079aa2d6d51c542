// Decides the notice in hand, and goes on to the next one, which is there already.
import { isSettled } from "./answers.js";
import { ask, askNoMore } from "./asking.js";
import { Offline, get, post } from "./calls.js";
import { fill } from "./cards.js";
import { keys } from "./keys.js";
import { goOn, show } from "./notice.js";
import { recheck } from "./rules.js";
import { failed, measure, save, stop } from "./saving.js";
import { picture } from "./scan.js";
import { desk, pageUrl, urlOf, withQuery } from "./state.js";
import { tell, tellSlow } from "./telling.js";
import { announce } from "./windows.js";
import { Work } from "./work.js";

const AGAIN = 2000;
let upcoming = null; // a promise of the next notice, or of null
let ahead = null; // its number
let last = null; // the number of the notice that was shown last
let isFetching = false;
let returned = []; // work that could not be handed in
let decided = null; // the number of the notice that was handed in last

export async function decide(decision, button) {
  const { work } = desk;
  performance.mark("notice-decided");
  if (!(await isSettled())) return;
  const open = work.open();
  if (decision === "approve") {
    if (open.length) {
      const field = work.byName[open[0]].label;
      tell(fill(desk.words.left, { count: open.length, field }));
      desk.cards.focus(open[0]);
      return;
    }
    if (work.hasIllegible()) {
      tell(desk.words.handOver);
      return;
    }
    handIn(decision, "");
    return;
  }
  const reason = await ask(decision, button.textContent.trim().replace(/^\S+\s/, ""));
  if (work !== desk.work) return; // the notice that was asked about is gone
  performance.mark("notice-decided");
  if (reason) handIn(decision, reason);
  else goOn(null);
}

function handIn(decision, reason) {
  const work = leave();
  desk.outbox.put({ work, url: urlOf(work.id, "finish"), decision, reason });
  nextNotice();
}

export async function skip() {
  performance.mark("notice-decided");
  const work = leave();
  const release = () => post(urlOf(work.id, "release"), {});
  save({ work }).then(release).catch(() => {});
  await nextNotice();
}

// Puts the notice out of hand: until another one is there, no key and no click decides anything.
function leave() {
  measure();
  stop();
  const { work } = desk;
  askNoMore();
  desk.work = null;
  desk.pending = null;
  for (const part of ["scan", "work"]) document.getElementById(part).inert = true;
  return work;
}

export function handedIn(from, told) {
  const lines = [`№ ${from.id}: ${desk.words[told.outcome] ?? told.outcome}`];
  for (const one of told.feedback) {
    lines.push(fill(one.caught ? desk.words.caught : desk.words.missed, one));
  }
  const calm = told.feedback.every((one) => one.caught);
  const stays = told.feedback.length > 0;
  decided = from.id;
  tell(lines.join(". "), { calm, stays, act: takeBack, name: desk.words.takeBack, key: keys.undo });
}

// Brings back the notice that was handed in last; the one in hand comes after it.
export async function takeBack() {
  if (!decided || !desk.outbox.isEmpty) {
    tell(desk.words.nothingToUndo);
    return;
  }
  const id = decided;
  if (desk.work && !(await isSettled())) return;
  decided = null;
  try {
    const { notice } = await post(urlOf(id, "take-back"), {});
    if (desk.work) returned.unshift(leave());
    present(new Work(notice));
    tell(fill(desk.words.takenBack, { id }), { calm: true });
  } catch (error) {
    if (error instanceof Offline) decided = id;
    failed(error);
  }
}

export async function cameBack(from, error) {
  const told = error.told ?? {};
  try {
    const { notice } = await post(urlOf(from.id, "opened"), {});
    from.clash(notice, told.clashes ?? []);
    from.objections = told.objections ?? {};
  } catch (again) {
    tell(fill(desk.words.back, { id: from.id, why: again.message }));
    return;
  }
  returned.push(from);
  const why = told.clashes ? desk.words.clash : error.message;
  tell(fill(desk.words.back, { id: from.id, why }), { stays: true, act: () => showAgain(from) });
  if (!desk.work && !isFetching) nextNotice();
}

async function showAgain(from) {
  if (desk.work === from) goOn(null); // it came by itself, as nothing else waited
  if (!returned.includes(from) || (desk.work && !(await isSettled()))) return;
  returned = returned.filter((one) => one !== from);
  if (desk.work) returned.unshift(leave());
  present(from);
  preload();
}

// Another window of this person has the notice now: here it is out of hand, and not saved again.
export function elsewhere() {
  leave();
  ahead = null; // the other window may be at it by now
  tell("");
  desk.root.classList.add("elsewhere");
  document.querySelector("#elsewhere a").focus();
}

// Shows a notice; what was answered before is held against the rules again.
export function present(work) {
  last = work.id;
  for (const part of ["scan", "work"]) document.getElementById(part).inert = false;
  show(work);
  announce(work.id);
  if (work.unchecked) desk.checked = recheck();
}

export function preload() {
  const address = withQuery(`${desk.root.dataset.next}?after=${last}`, "&");
  const asked = get(address).then(({ notice }) => {
    if (upcoming === asked) ahead = notice?.id ?? null;
    for (const page of notice?.pages ?? []) picture(pageUrl(notice.id, page));
    return notice;
  });
  upcoming = asked;
  upcoming.catch(() => {});
}

// Whoever goes away keeps no notice that was not even looked at.
window.addEventListener("pagehide", () => {
  if (ahead) post(urlOf(ahead, "release"), {}, { keepalive: true }).catch(() => {});
});
// What a browser kept of a page that was left is no longer true.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});

async function nextNotice() {
  if (isFetching) return;
  isFetching = true;
  const done = tellSlow(desk.words.fetching);
  tell("");
  const next = returned.shift() ?? (await fetched());
  done();
  isFetching = false;
  if (desk.work) return; // somebody chose one meanwhile
  if (!next) {
    atEnd();
    return;
  }
  const isNew = !next.wasShown;
  if (isNew) ahead = null;
  present(next);
  desk.cards.openedAt = performance.now();
  performance.measure("next-notice", "notice-decided", "notice-shown");
  preload();
  if (isNew) opened(next);
}

// The notice that was asked for ahead, however long that takes; null where none waits.
async function fetched() {
  while (!desk.work) {
    try {
      const notice = await upcoming;
      return notice ? new Work(notice) : (returned.shift() ?? null);
    } catch (error) {
      failed(error);
      await new Promise((resolve) => setTimeout(resolve, AGAIN));
      preload();
    }
  }
  return null;
}

// Tells that a preloaded notice is looked at; shows it anew where it changed meanwhile.
async function opened(next) {
  try {
    const { notice } = await post(urlOf(next.id, "opened"), {});
    // Answers are kept: where they were given for what changed, handing in says so.
    const isMine = desk.work === next && !next.isTouched && !desk.cards.editing().length;
    if (isMine && notice.version !== next.version) present(new Work(notice));
  } catch (error) {
    if (error instanceof Offline || error.isSignedOut || desk.work !== next) return;
    leave();
    await nextNotice();
    tell(error.message);
  }
}

// Nothing waits: the way back to the queue has the focus.
function atEnd() {
  desk.root.classList.add("over");
  const link = document.getElementById("queue");
  link.href = withQuery(desk.root.dataset.queue);
  link.focus();
}
