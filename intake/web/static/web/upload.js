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
      if (told.duplicate_of) state.append(` · ${list.dataset.duplicate} ${told.duplicate_of}`);
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
    if (told.status === "failed") bar.parentElement.title = told.reason;
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
for (const kind of ["dragover", "dragenter"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  add(event.dataTransfer.files);
});
