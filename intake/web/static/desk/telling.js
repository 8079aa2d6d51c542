// Says things: to everybody in a box at the bottom, and quietly to screen readers.
import { make } from "./cards.js";
import { desk } from "./state.js";

const SEEN_AFTER = 6000;
let staysUntil = 0;

// What is not calm stays for some seconds, whatever is typed; only another message replaces it.
export function tell(text, { calm = false, act = null, stays = false } = {}) {
  const told = document.getElementById("told");
  if (!text && performance.now() < staysUntil) return;
  staysUntil = stays ? performance.now() + SEEN_AFTER : 0;
  told.classList.toggle("calm", calm);
  told.replaceChildren(...(text ? [make("span", { textContent: text })] : []));
  if (act) {
    const button = make("button", { type: "button", textContent: desk.words.show });
    button.addEventListener("click", act);
    told.append(button);
  }
}

export function speak(text) {
  document.getElementById("said").textContent = text;
}
