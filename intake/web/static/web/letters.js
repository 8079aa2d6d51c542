// A small palette of Kyrgyz letters and signs that types into the field it belongs to.
for (const palette of document.querySelectorAll(".letters")) {
  const field = document.getElementById(palette.dataset.for);
  palette.hidden = false;
  palette.addEventListener("click", (event) => {
    if (event.target.tagName !== "BUTTON") return;
    field.setRangeText(event.target.textContent, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
}

// What is typed as something else is also chosen.
const other = document.querySelector("input[name=chosen][value=other]");
const typed = document.getElementById("value");
if (other && typed) typed.addEventListener("input", () => (other.checked = true));

// A digit chooses, as at the desk; where something else is to be said, typing goes on there.
document.addEventListener("keydown", (event) => {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  const isTyping = event.target.matches("input:not([type=radio]), textarea, select");
  if (!digit || isTyping || event.ctrlKey || event.altKey || event.metaKey) return;
  const radio = document.querySelectorAll(".choices input[type=radio]")[digit - 1];
  if (!radio) return;
  event.preventDefault();
  radio.checked = true;
  (radio === other && typed ? typed : radio).focus();
});

// After a refusal the typed value is there again: go on where it ends, not where it begins.
const first = document.querySelector("input[autofocus][spellcheck]");
if (first) first.setSelectionRange(first.value.length, first.value.length);
