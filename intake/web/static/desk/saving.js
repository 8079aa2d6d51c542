// Keeps the answers so far on the server, and the notice in this reviewer's hands.
import { Offline, post } from "./calls.js";
import { desk, urlOf } from "./state.js";
import { tell } from "./telling.js";

const SAVE_AFTER = 700;
const AGAIN = 3000;
const RENEW_EVERY = 60_000;
const IDLE = 60_000;
let timer = 0;
let saving = Promise.resolve();
let isOffline = false;
let lastMove = performance.now();

export function begin() {
  lastMove = performance.now();
}

// Seconds at work; a pause counts a minute at most.
export function measure() {
  const now = performance.now();
  desk.work.seconds += Math.min(now - lastMove, IDLE) / 1000;
  lastMove = now;
}

export function saveSoon(after = SAVE_AFTER) {
  const mine = desk.work;
  clearTimeout(timer);
  timer = setTimeout(() => save().catch((error) => mine === desk.work && failed(error)), after);
}

export function stop() {
  clearTimeout(timer);
}

// One after the other: an earlier save that is slow must not undo a later one.
export async function save({ work = desk.work, keepalive = false } = {}) {
  if (!work) return;
  if (work === desk.work) measure();
  const send = () => post(urlOf(work.id, "draft"), work.handedIn(), { keepalive });
  const mine = keepalive ? send() : saving.then(send);
  saving = mine.catch(() => {});
  await mine;
  online();
}

export function failed(error) {
  if (error instanceof Offline || error.isSignedOut) {
    offline(error);
    saveSoon(AGAIN);
  } else tell(error.message);
}

export function offline(error) {
  isOffline = true;
  if (!error?.isSignedOut) tell(desk.words.noConnection);
  else {
    const act = () => window.open(desk.root.dataset.login, "_blank");
    tell(desk.words.signedOut, { act, name: desk.words.signIn });
  }
}

export function online() {
  if (!isOffline || !desk.outbox.isEmpty) return;
  isOffline = false;
  tell(desk.words.connected, { calm: true });
}

export function keepSaving() {
  setInterval(() => {
    if (!document.hidden && desk.work) saveSoon(0);
  }, RENEW_EVERY);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) {
      begin();
      saveSoon(0); // whoever was away long may have lost the notice: better known before typing
    } else if (desk.work) save({ keepalive: true }).catch(() => {});
  });
}
