// Which key means what; a key is known by its letter, or by its place on other layouts.
const COMMANDS = {
  A: "approve", X: "reject", O: "send-back", H: "hand-over", S: "skip", Z: "undo", R: "rotate",
  F: "fit", P: "page", E: "edit", B: "blank", M: "missing", U: "unreadable", L: "illegible",
};
const SIGNS = { "+": "zoom-in", "=": "zoom-in", "-": "zoom-out", "?": "help", "/": "help" };
const EDITING = new Set(["Backspace", "Delete", "ArrowLeft", "ArrowRight", "Home", "End"]);

export function commandOf(event) {
  if (event.key === "?") return "help";
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (digit && !event.shiftKey) return `take-${digit[1]}`;
  if (SIGNS[event.key]) return SIGNS[event.key];
  if (event.code === "Slash") return "help";
  if (event.key === "Enter") return "accept";
  if (EDITING.has(event.key)) return "edit-by-key";
  const letter = /^[a-z]$/i.test(event.key) ? event.key : /^Key(.)$/.exec(event.code)?.[1];
  return letter ? COMMANDS[letter.toUpperCase()] : undefined;
}

export function digitOf(event) {
  return Number(/^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1] ?? 0);
}
