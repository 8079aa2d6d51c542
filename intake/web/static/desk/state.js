// What the modules of the desk share: the notice in hand, its screen, its words and addresses.
const root = document.getElementById("desk");
const read = (id) => JSON.parse(document.getElementById(id).textContent);

export const desk = {
  root,
  words: read("words"),
  first: read("notice"),
  base: root.dataset.base,
  query: root.dataset.query,
  work: null,
  cards: null,
  scan: null,
  outbox: null,
  pending: null, // a promise: whether what was typed into a field that was left stands
  checked: null, // a promise: whether the rules have answered
};

export function urlOf(id, call) {
  return `${desk.base}/${id}/${call}`;
}

export function pageUrl(id, page) {
  return `${desk.root.dataset.records}/${id}/pages/${page}.jpg`;
}

export function withQuery(address, sign = "?") {
  return desk.query ? `${address}${sign}${desk.query}` : address;
}
