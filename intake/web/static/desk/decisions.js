// Decides the notice in hand, and goes on to the next one, which is there already.
import { ask } from "./asking.js";
import { Offline, get, post } from "./calls.js";
import { fill } from "./cards.js";
import { goOn, show } from "./notice.js";
import { failed, measure, save, stop } from "./saving.js";
import { picture } from "./scan.js";
import { desk, pageUrl, urlOf, withQuery } from "./state.js";
import { tell } from "./telling.js";
import { Work } from "./work.js";

let upcoming = null; // a promise of the next notice, or of null
let ahead = null; // its number
let returned = []; // work that could not be handed in

export async function decide(decision, button) {
  // What was being typed when the button was clicked belongs to the decision, or stops it.
  if (desk.pending && !(await desk.pending)) {
    desk.pending = null;
    return;
  }
  desk.pending = null;
  const open = desk.work.open();
  if (decision === "approve") {
    if (open.length) {
      const fields = open.map((name) => desk.work.byName[name].label).join(", ");
      tell(fill(desk.words.left, { fields }));
      desk.cards.focus(open[0]);
      return;
    }
    if (desk.work.hasIllegible()) {
      tell(desk.words.handOver);
      return;
    }
    handIn(decision, "");
    return;
  }
  const reason = await ask(decision, button.textContent.trim().replace(/^\S+\s/, ""));
  if (reason) handIn(decision, reason);
  else goOn(null);
}

function handIn(decision, reason) {
  measure();
  stop();
  performance.mark("notice-decided");
  const { work } = desk;
  desk.outbox.put({ work, url: urlOf(work.id, "finish"), decision, reason });
  nextNotice();
}

export async function skip() {
  measure();
  stop();
  performance.mark("notice-decided");
  const { id } = desk.work;
  save().then(() => post(urlOf(id, "release"), {})).catch(() => {});
  await nextNotice();
}

export function handedIn(from, told) {
  const lines = [`№ ${from.id}: ${desk.words[told.outcome] ?? told.outcome}`];
  for (const one of told.feedback) {
    lines.push(fill(one.caught ? desk.words.caught : desk.words.missed, one));
  }
  const calm = told.feedback.every((one) => one.caught);
  tell(lines.join(" "), { calm, stays: told.feedback.length > 0 });
}

export async function cameBack(from, error) {
  const why = error.message;
  if (error.status === 401) {
    tell(why);
    return;
  }
  try {
    const { notice } = await post(urlOf(from.id, "opened"), {});
    from.clash(notice, error.told?.clashes ?? []);
  } catch (again) {
    tell(fill(desk.words.back, { id: from.id, why: again.message }));
    return;
  }
  returned.push(from);
  tell(fill(desk.words.back, { id: from.id, why: error.told?.clashes ? desk.words.clash : why }), {
    stays: true,
    act: () => {
      returned = returned.filter((one) => one !== from);
      if (desk.work && desk.work !== from) returned.unshift(desk.work);
      show(from);
      preload();
    },
  });
  if (!desk.work) nextNotice();
}

export function preload() {
  const address = withQuery(`${desk.root.dataset.next}?after=${desk.work.id}`, "&");
  upcoming = get(address).then(
    ({ notice }) => {
      ahead = notice?.id ?? null;
      if (!notice) return null;
      for (const page of notice.pages) picture(pageUrl(notice.id, page));
      return notice;
    },
  );
  upcoming.catch(() => {});
}

// Whoever goes away keeps no notice that was not even looked at.
window.addEventListener("pagehide", () => {
  if (ahead) post(urlOf(ahead, "release"), {}, { keepalive: true }).catch(() => {});
});

async function nextNotice() {
  tell("");
  const back = returned.shift();
  if (back) {
    show(back);
    preload();
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
    atEnd();
    return;
  }
  const next = new Work(notice);
  ahead = null;
  show(next);
  performance.measure("next-notice", "notice-decided", "notice-shown");
  preload();
  opened(next);
}

// Tells that a preloaded notice is looked at; shows it anew where it changed meanwhile.
async function opened(next) {
  try {
    const { notice } = await post(urlOf(next.id, "opened"), {});
    if (desk.work === next && notice.version !== next.version) show(new Work(notice));
  } catch (error) {
    if (error instanceof Offline) return;
    if (desk.work === next) {
      await nextNotice();
      tell(error.message);
    }
  }
}

// Nothing waits: the way back to the queue has the focus.
function atEnd() {
  desk.work = null;
  desk.root.classList.add("over");
  const link = document.getElementById("queue");
  link.href = withQuery(desk.root.dataset.queue);
  link.focus();
}
