// How many degrees a page as scanned must be turned for its text to stand upright.
//
// Lines of text are wider than high, and the fields of a form follow each other downwards: the
// places of the fields tell which way the page lies. Too few places say nothing.
const FEWEST = 4;

export function uprightTurn(fields) {
  const boxes = fields.filter(({ box }) => box).map(({ box, order }) => ({ box, order }));
  if (boxes.length < FEWEST) return 0;
  const across = trend(boxes, ([left, , right]) => left + right);
  const down = trend(boxes, ([, top, , bottom]) => top + bottom);
  if (Math.abs(down) >= Math.abs(across)) return down >= 0 ? 0 : 180;
  return across >= 0 ? 90 : 270;
}

// Correlation of the fields' order with where they are.
function trend(boxes, place) {
  const points = boxes.map(({ box, order }) => [order, place(box)]);
  const mean = (axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [first, second] = [mean(0), mean(1)];
  let shared = 0;
  let one = 0;
  let other = 0;
  for (const [order, at] of points) {
    shared += (order - first) * (at - second);
    one += (order - first) ** 2;
    other += (at - second) ** 2;
  }
  return one && other ? shared / Math.sqrt(one * other) : 0;
}
