// Which key means what; a key is known by its letter, or by its place on other layouts.
const held = document.getElementById("keys");
export const keys = held ? JSON.parse(held.textContent) : {};
const COMMANDS = Object.fromEntries(Object.entries(keys).map(([command, key]) => [key, command]));
const SIGNS = { "+": "zoom-in", "=": "zoom-in", "-": "zoom-out", "?": "help", "/": "help" };
const EDITING = new Set(["Backspace", "Delete", "ArrowLeft", "ArrowRight", "Home", "End"]);
const FUNCTION = /^F(?:7|8|9|10)$/;

export function commandOf(event) {
  if (event.key === "?") return "help";
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (digit && !event.shiftKey) return `take-${digit[1]}`;
  if (SIGNS[event.key]) return SIGNS[event.key];
  if (event.code === "Slash") return "help";
  if (event.key === "Enter") return "accept";
  if (EDITING.has(event.key)) return "edit-by-key";
  return COMMANDS[nameOf(event)];
}

// The name of a key that may be a command: a Latin letter, or a function key; else undefined.
export function nameOf(event) {
  if (FUNCTION.test(event.key)) return event.key;
  const letter = /^[a-z]$/i.test(event.key) ? event.key : /^Key(.)$/.exec(event.code)?.[1];
  return letter?.toUpperCase();
}

export function digitOf(event) {
  return Number(/^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1] ?? 0);
}
