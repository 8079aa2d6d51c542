// What of one text does not stand in another, letter by letter (longest common subsequence).
const LONGEST = 400;

// Returns the parts of the text in order, each with whether it differs; whole where too unlike.
export function differing(text, other) {
  if (!other || text.length > LONGEST || other.length > LONGEST) return [[text, false]];
  const common = table(text, other);
  if (2 * common[0][0] < text.length) return [[text, false]];
  const parts = [];
  let [i, j] = [0, 0];
  while (i < text.length) {
    if (j < other.length && text[i] === other[j]) {
      add(parts, text[i], false);
      i += 1;
      j += 1;
    } else if (j < other.length && common[i][j + 1] >= common[i + 1][j]) {
      j += 1;
      if (parts.length && !parts.at(-1)[1]) parts.push(["", true]); // a letter is missing here
    } else {
      add(parts, text[i], true);
      i += 1;
    }
  }
  return parts;
}

// Where a text first differs from another, [from, to]; null where nowhere, or too unlike.
export function firstDifference(text, other) {
  let at = 0;
  for (const [part, differs] of differing(text, other)) {
    if (differs) return [at, at + part.length];
    at += part.length;
  }
  return null;
}

function table(text, other) {
  const rows = Array.from({ length: text.length + 1 }, () => new Uint16Array(other.length + 1));
  for (let i = text.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      rows[i][j] =
        text[i] === other[j] ? rows[i + 1][j + 1] + 1 : Math.max(rows[i + 1][j], rows[i][j + 1]);
    }
  }
  return rows;
}

function add(parts, letter, differs) {
  const last = parts.at(-1);
  if (last && last[1] === differs) last[0] += letter;
  else parts.push([letter, differs]);
}
