// ң ө ү on a Russian keyboard: one key, a chord with the plain letter, or turning the last one.
const DIRECT = { F2: "ң", F3: "ө", F4: "ү" };
const CHORD = { KeyY: "ң", KeyJ: "ө", KeyE: "ү" };
const TWINS = { н: "ң", о: "ө", у: "ү", ң: "н", ө: "о", ү: "у" };
const PALETTE = [["ң", "F2"], ["ө", "F3"], ["ү", "F4"], ["№", ""], ["«", ""], ["»", ""], ["–", ""]];

// Handles a key in a text area; true where it was one of ours.
export function letterKey(event, area) {
  const letter = event.altKey && !event.metaKey ? CHORD[event.code] : plain(event);
  if (letter) {
    insert(area, event.shiftKey ? letter.toUpperCase() : letter);
    return true;
  }
  if (event.code === "Backslash" && !event.ctrlKey && !event.altKey) return turn(area);
  return false;
}

export function palette(area) {
  const bar = document.createElement("div");
  bar.className = "letters";
  for (const [letter, key] of PALETTE) {
    const button = document.createElement("button");
    button.type = "button";
    button.tabIndex = -1;
    button.append(letter);
    if (key) {
      const hint = document.createElement("kbd");
      hint.textContent = key;
      button.append(" ", hint);
    }
    // Pressed, not clicked: the text area keeps the focus and its place.
    button.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      area.focus();
      insert(area, letter);
    });
    bar.append(button);
  }
  return bar;
}

export function insert(area, text) {
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function plain(event) {
  return event.ctrlKey || event.metaKey || event.altKey ? "" : DIRECT[event.key];
}

function turn(area) {
  const at = area.selectionStart;
  const last = area.value.slice(at - 1, at);
  const twin = TWINS[last.toLowerCase()];
  if (twin) {
    area.setRangeText(last === last.toLowerCase() ? twin : twin.toUpperCase(), at - 1, at, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
  return true;
}
