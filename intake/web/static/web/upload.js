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
      state.replaceChildren(`${list.dataset.sent} · `, receipt);
      if (told.duplicate_of) state.append(` · ${list.dataset.duplicate} ${told.duplicate_of}`);
    } else {
      state.textContent = told.detail;
    }
    next();
  }
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
