// The page of keys: the next key that is pressed in a field becomes the command's key.
import { nameOf } from "./keys.js";

const told = document.getElementById("told");
const LEFT_ALONE = new Set(["Tab", "Shift", "Control", "Alt", "Meta", "AltGraph", "Enter"]);

for (const field of document.querySelectorAll("input.key")) {
  const before = field.value;
  field.addEventListener("focus", () => {
    field.select();
    told.textContent = told.dataset.press;
  });
  field.addEventListener("keydown", (event) => {
    if (LEFT_ALONE.has(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    if (event.key === "Escape") {
      field.value = before;
      return;
    }
    const name = nameOf(event);
    if (!name) {
      told.textContent = told.dataset.wrong;
      return;
    }
    field.value = name;
    if (name !== before) field.form.requestSubmit();
  });
}
