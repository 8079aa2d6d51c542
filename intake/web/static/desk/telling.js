// Says things: to everybody in a box at the bottom, and quietly to screen readers.
import { make } from "./cards.js";
import { desk } from "./state.js";

export function tell(text, { calm = false, act = null } = {}) {
  const told = document.getElementById("told");
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
