// Asks for the reason of a decision; digits take one of the usual ones.
import { digitOf } from "./keys.js";

const dialog = document.getElementById("ask");
const title = document.getElementById("ask-title");
const reason = document.getElementById("ask-reason");
const yes = document.getElementById("ask-yes");

export function isAsking() {
  return document.querySelector("dialog[open]") !== null;
}

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
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => resolve(dialog.returnValue === "yes" ? reason.value.trim() : null),
      { once: true },
    );
  });
}

function presets() {
  return [...dialog.querySelectorAll(".presets:not([hidden]) .preset")];
}

function take(button) {
  reason.value = button.querySelector("span").textContent;
  reason.focus();
}

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
