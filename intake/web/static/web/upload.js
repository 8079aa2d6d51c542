// Sends each chosen or dropped file by itself, two at a time, and shows how far it is.
const form = document.getElementById("upload");
const drop = document.getElementById("drop");
const list = document.getElementById("files");
const input = form.querySelector("input[type=file]");
const AT_ONCE = 2;
const waiting = [];
let running = 0;

function add(files) {
  for (const file of files) {
    const item = document.createElement("li");
    const name = document.createElement("span");
    const bar = document.createElement("progress");
    const state = document.createElement("span");
    name.textContent = file.name;
    bar.max = 1;
    bar.value = 0;
    state.textContent = list.dataset.waiting;
    item.append(name, bar, state);
    list.append(item);
    waiting.push({ file, item, bar, state });
  }
  next();
}

function next() {
  while (running < AT_ONCE && waiting.length) {
    running += 1;
    send(waiting.shift());
  }
}

function send({ file, item, bar, state }) {
  const body = new FormData(form);
  body.delete("file");
  body.append("file", file);
  const call = new XMLHttpRequest();
  call.open("POST", form.action);
  call.upload.onprogress = (event) => {
    if (event.lengthComputable) bar.value = event.loaded / event.total;
    state.textContent = "";
  };
  call.onload = () => done(answer(call), call.status === 202);
  call.onerror = () => done({ detail: list.dataset.lost }, false);
  call.send(body);

  function done(told, ok) {
    running -= 1;
    bar.value = ok ? 1 : 0;
    item.className = ok ? "read" : "failed";
    if (ok) {
      const receipt = document.createElement("a");
      receipt.href = `${list.dataset.base}/${told.id}`;
      receipt.textContent = told.receipt;
      const word = document.createElement("span");
      word.textContent = list.dataset.sent;
      state.replaceChildren(receipt, " · ", word);
      follow(receipt.href, word, bar);
      const earlier = told.duplicate_receipt || told.duplicate_of;
      if (earlier) state.append(` · ${list.dataset.duplicate} ${earlier}`);
    } else {
      state.textContent = told.detail;
    }
    next();
  }
}

// Shows how far the reading is until it ends; slower and slower, and not for ever.
async function follow(address, word, bar, pause = 1000) {
  if (pause > 60000) return;
  await new Promise((wake) => setTimeout(wake, pause));
  const asked = fetch(address, { headers: { Accept: "application/json" } });
  const told = await asked.then((call) => (call.ok ? call.json() : null)).catch(() => null);
  if (told) {
    const pages = told.pages_total ? ` ${told.pages_done}/${told.pages_total}` : "";
    word.textContent = list.dataset[told.status] + pages;
    word.className = `state ${told.status}`;
    if (told.status === "failed") word.textContent += `: ${told.reason}`;
    if (told.status === "read" || told.status === "failed") return;
  }
  follow(address, word, bar, pause * 1.3);
}

function answer(call) {
  try {
    return JSON.parse(call.responseText);
  } catch {
    return { detail: `${call.status} ${call.statusText}` };
  }
}

input.addEventListener("change", () => {
  add(input.files);
  input.value = "";
});
// Anywhere on the page: a browser would leave it for a file that falls beside the field.
for (const kind of ["dragover", "dragenter"]) {
  window.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
window.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) drop.classList.remove("over");
});
window.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  take(event.dataTransfer);
});

// Adds what was dropped; of a folder, all the files in it.
async function take(transfer) {
  const { items, files } = transfer;
  const entries = [...items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) return add(files);
  for (const entry of entries) add(await filesOf(entry));
}

async function filesOf(entry) {
  if (entry.isFile) return [await new Promise((...told) => entry.file(...told))];
  const reader = entry.createReader();
  const found = [];
  for (;;) { // a browser gives a folder's entries by the hundred
    const some = await new Promise((...told) => reader.readEntries(...told));
    if (!some.length) break;
    for (const one of some) if (!one.name.startsWith(".")) found.push(...(await filesOf(one)));
  }
  return found;
}
