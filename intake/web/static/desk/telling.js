// Says things: to everybody in a box at the bottom, and quietly to screen readers.
import { make } from "./cards.js";
import { desk } from "./state.js";

const SEEN_AFTER = 6000;
const SLOW = 300;
let staysUntil = 0;

// What is not calm stays for some seconds, whatever is typed; only another message replaces it.
export function tell(text, { calm = false, act, stays = false, name = desk.words.show, key } = {}) {
  const told = document.getElementById("told");
  if (!text && performance.now() < staysUntil) return;
  staysUntil = stays ? performance.now() + SEEN_AFTER : 0;
  told.classList.toggle("calm", calm);
  told.replaceChildren(...(text ? [make("span", { textContent: text })] : []));
  if (act) {
    const button = make("button", { type: "button" });
    if (key) button.append(make("kbd", { textContent: key, ariaHidden: "true" }), " ");
    button.append(name);
    button.addEventListener("click", act);
    told.append(button);
  }
}

// Says what is waited for, but only where that takes long; returns what to call once it is over.
export function tellSlow(text) {
  const told = document.getElementById("told");
  const timer = setTimeout(() => told.hasChildNodes() || tell(text, { calm: true }), SLOW);
  return () => clearTimeout(timer);
}

export function speak(text) {
  document.getElementById("said").textContent = text;
}
