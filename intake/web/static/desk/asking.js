// Asks for the reason of a decision; digits take one of the usual ones.
import { digitOf } from "./keys.js";

const dialog = document.getElementById("ask");
const title = document.getElementById("ask-title");
const reason = document.getElementById("ask-reason");
const yes = document.getElementById("ask-yes");

export function isAsking() {
  return document.querySelector("dialog[open]") !== null;
}

let answer = () => {}; // to whoever asked last

// Resolves to the reason, or to null where the person thinks better of it.
export function ask(decision, name) {
  title.textContent = name;
  yes.textContent = name;
  reason.value = "";
  reason.required = true;
  for (const list of dialog.querySelectorAll(".presets")) {
    list.hidden = list.dataset.for !== decision;
  }
  dialog.returnValue = "";
  dialog.showModal();
  reason.focus();
  answer(null);
  return new Promise((resolve) => {
    answer = resolve;
  });
}

// Whoever was asked is asked no more: what it was about is out of hand.
export function askNoMore() {
  if (dialog.open) dialog.close("no");
}

function presets() {
  return [...dialog.querySelectorAll(".presets:not([hidden]) .preset")];
}

function take(button) {
  reason.value = button.querySelector("span").textContent;
  reason.focus();
}

// A "close" comes late: whoever asks again at once must not take the former question's for theirs.
dialog.addEventListener("close", () => {
  if (!dialog.open) answer(dialog.returnValue === "yes" ? reason.value.trim() : null);
});
dialog.addEventListener("click", (event) => {
  const button = event.target.closest(".preset");
  if (button) take(button);
});
dialog.addEventListener("keydown", (event) => {
  const digit = digitOf(event);
  const preset = presets()[digit - 1];
  if (digit && preset && reason.value === "" && !event.ctrlKey && !event.altKey) {
    event.preventDefault();
    take(preset);
  }
  if (event.key === "Enter" && event.target === reason && !event.shiftKey) {
    event.preventDefault();
    if (!event.repeat && reason.reportValidity()) dialog.close("yes");
  }
});
