// The scan as scanned: pages, zoom, rotation, and the fields' places on it.
import { uprightTurn } from "./upright.js";

const CLOSEST = 3;
const NEAR = 0.9;
const STEP = 1.3;
const BESIDE = 0.004; // of the page: a frame must not cover what it frames
const pictures = new Map();

// Fetches and decodes a picture once; the last few stay at hand.
export function picture(url) {
  if (!pictures.has(url)) {
    const image = new Image();
    image.alt = "";
    image.src = url;
    pictures.set(url, { image, ready: image.decode() });
    for (const old of [...pictures.keys()].slice(0, -8)) pictures.delete(old);
    pictures.get(url).ready.catch(() => pictures.delete(url));
  }
  return pictures.get(url);
}

export class Scan {
  constructor(root, words, { pick, urlOf, turned }) {
    this.view = root.querySelector("#view");
    this.sheet = root.querySelector("#sheet");
    this.marks = root.querySelector("#marks");
    this.status = root.querySelector("#drawing");
    this.pages = root.querySelector("#pages");
    this.words = words;
    this.pick = pick;
    this.urlOf = urlOf;
    this.turned = turned;
    this.turns = {};
    this.listen();
  }

  load(work) {
    this.work = work;
    this.number = null;
    this.turns = Object.fromEntries(work.notice.pages.map((page) => [page, this.upright(page)]));
    this.pages.replaceChildren(...work.notice.pages.map((page) => this.pageButton(page)));
    this.pages.hidden = work.notice.pages.length < 2;
    this.turnTo(work.notice.pages[0]);
  }

  upright(page) {
    const fields = this.work.fields.filter((field) => field.page === page);
    return uprightTurn(fields);
  }

  pageButton(page) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.page = page;
    button.textContent = `${this.words.page} ${page}`;
    button.addEventListener("click", () => this.turnTo(page));
    return button;
  }

  // Shows a page; the promise holds once its picture is there.
  async turnTo(page) {
    if (this.number === page) return this.loading;
    this.number = page;
    for (const button of this.pages.children) {
      button.setAttribute("aria-pressed", String(Number(button.dataset.page) === page));
    }
    const { image, ready } = picture(this.urlOf(this.work.id, page));
    this.image = image;
    this.sheet.querySelector("img").replaceWith(image);
    image.id = "page";
    image.alt = `${this.words.page} ${page}`;
    this.drawMarks();
    this.status.textContent = image.complete ? "" : this.words.loading;
    this.loading = ready.then(
      () => this.arrived(image),
      () => {
        if (this.image === image) this.status.textContent = this.words.noPicture;
      },
    );
    if (image.complete && image.naturalWidth) this.arrived(image);
    return this.loading;
  }

  arrived(image) {
    if (this.image !== image) return;
    this.status.textContent = "";
    this.sheet.style.width = `${image.naturalWidth}px`;
    this.sheet.style.height = `${image.naturalHeight}px`;
    if (this.wanted) this.place(this.wanted);
    else this.fit();
  }

  drawMarks() {
    const here = this.work.fields.filter((field) => placeOf(field) && field.page === this.number);
    this.marks.replaceChildren(...here.map((field) => this.mark(field)));
    this.highlight(this.name);
  }

  mark(field) {
    const [left, top, right, bottom] = placeOf(field);
    const mark = document.createElement("div");
    mark.dataset.field = field.name;
    mark.title = field.label;
    mark.className = this.work.wantsLook(field.name) ? "mark flagged" : "mark";
    mark.classList.toggle("near", !field.box);
    mark.style.left = `${100 * (left - BESIDE)}%`;
    mark.style.top = `${100 * (top - BESIDE)}%`;
    mark.style.width = `${100 * (right - left + 2 * BESIDE)}%`;
    mark.style.height = `${100 * (bottom - top + 2 * BESIDE)}%`;
    return mark;
  }

  // Zooms to a field's place; the whole page where it has none.
  focus(field) {
    this.name = field.name;
    this.wanted = placeOf(field) ? field : null;
    if (field.page && field.page !== this.number) this.turnTo(field.page);
    else if (this.image?.naturalWidth) this.place(field);
    this.highlight(field.name);
  }

  highlight(name) {
    for (const mark of this.marks.children) {
      mark.classList.toggle("current", mark.dataset.field === name);
    }
  }

  get turn() {
    return this.turns[this.number] ?? 0;
  }

  place(field) {
    if (!placeOf(field)) {
      this.fit();
      return;
    }
    const [left, top, right, bottom] = placeOf(field);
    const { naturalWidth: width, naturalHeight: height } = this.image;
    const [across, down] = this.sides((right - left) * width, (bottom - top) * height);
    const room = Math.min(
      (0.86 * this.view.clientWidth) / Math.max(across, 1),
      (0.4 * this.view.clientHeight) / Math.max(down, 1),
    );
    const scale = Math.max(this.fitting(), Math.min(NEAR, room));
    const middle = [((left + right) / 2) * width, ((top + bottom) / 2) * height];
    this.centre(this.within(middle, scale), scale);
  }

  // Moves a point so far that no more of the view than needed lies beside the page.
  within([x, y], scale) {
    const { naturalWidth: width, naturalHeight: height } = this.image;
    const [across, down] = this.sides(this.view.clientWidth, this.view.clientHeight);
    return [kept(x, width, across / scale), kept(y, height, down / scale)];
  }

  sides(width, height) {
    return this.turn % 180 ? [height, width] : [width, height];
  }

  fitting() {
    const [across, down] = this.sides(this.image.naturalWidth, this.image.naturalHeight);
    return Math.min(this.view.clientWidth / across, this.view.clientHeight / down);
  }

  fit() {
    this.wanted = null;
    if (!this.image?.naturalWidth) return;
    const { naturalWidth: width, naturalHeight: height } = this.image;
    this.centre([width / 2, height / 2], this.fitting());
  }

  // Puts a point of the picture (in its pixels) into the middle of the view.
  centre([x, y], scale) {
    const angle = (this.turn * Math.PI) / 180;
    const [cos, sin] = [Math.round(Math.cos(angle)), Math.round(Math.sin(angle))];
    const shift = [
      this.view.clientWidth / 2 - scale * (cos * x - sin * y),
      this.view.clientHeight / 2 - scale * (sin * x + cos * y),
    ];
    this.at = { x, y, scale, cos, sin };
    const numbers = [scale * cos, scale * sin, -scale * sin, scale * cos, ...shift];
    this.sheet.style.transform = `matrix(${numbers.map((n) => n.toFixed(4)).join(",")})`;
    this.sheet.style.setProperty("--scale", scale.toFixed(4));
  }

  zoom(times) {
    if (!this.at) return;
    const scale = Math.min(CLOSEST, Math.max(this.fitting() / 2, this.at.scale * times));
    this.centre([this.at.x, this.at.y], scale);
  }

  zoomIn() {
    this.zoom(STEP);
  }

  zoomOut() {
    this.zoom(1 / STEP);
  }

  rotate() {
    this.turns[this.number] = (this.turn + 90) % 360;
    if (this.at) this.centre([this.at.x, this.at.y], this.at.scale);
    this.turned();
  }

  nextPage() {
    const { pages } = this.work.notice;
    this.wanted = null;
    this.turnTo(pages[(pages.indexOf(this.number) + 1) % pages.length]);
  }

  // Draws a field's place, upright, as large as this height and the room on the screen allow.
  async crop(field, canvas, { tall, margin }) {
    const { work } = this;
    if (!placeOf(field) || !field.page) {
      canvas.hidden = true;
      return;
    }
    const { image, ready } = picture(this.urlOf(work.id, field.page));
    try {
      await ready;
    } catch {
      return;
    }
    if (work !== this.work) return;
    canvas.hidden = false;
    const turn = this.turns[field.page] ?? 0;
    drawPlace(canvas, image, { box: placeOf(field), turn, tall, margin });
  }

  listen() {
    let from = null;
    let moved = false;
    this.view.addEventListener("pointerdown", (event) => {
      if (event.button !== 0 || !this.at) return;
      from = [event.clientX, event.clientY, this.at];
      moved = false;
    });
    this.view.addEventListener("pointermove", (event) => {
      if (!from) return;
      const [dx, dy] = [event.clientX - from[0], event.clientY - from[1]];
      if (!moved && Math.hypot(dx, dy) < 5) return;
      if (!moved) this.view.setPointerCapture(event.pointerId);
      moved = true;
      this.drag(from[2], dx, dy);
    });
    for (const kind of ["pointerup", "pointercancel"]) {
      this.view.addEventListener(kind, (event) => {
        const mark = event.target.closest?.(".mark");
        if (kind === "pointerup" && from && !moved && mark) this.pick(mark.dataset.field);
        from = null;
      });
    }
    this.view.addEventListener(
      "wheel",
      (event) => {
        if (!this.at) return;
        event.preventDefault();
        if (event.ctrlKey) this.zoom(event.deltaY < 0 ? 1.1 : 1 / 1.1);
        else this.drag(this.at, -event.deltaX, -event.deltaY);
      },
      { passive: false },
    );
    new ResizeObserver(() => {
      if (!this.image?.naturalWidth) return;
      if (this.wanted) this.place(this.wanted);
      else this.fit();
    }).observe(this.view);
  }

  drag({ x, y, scale, cos, sin }, dx, dy) {
    this.centre([x - (cos * dx + sin * dy) / scale, y - (-sin * dx + cos * dy) / scale], scale);
  }
}

// Where a field stands, or is likely to stand; nothing where not even that is known.
function placeOf(field) {
  return field.box ?? field.near;
}

// Where the middle of a window this long must be, so that it stays on a page that is longer.
function kept(at, page, window) {
  if (window >= page) return page / 2;
  return Math.min(Math.max(at, window / 2), page - window / 2);
}

// Draws a box of a picture, with a margin (shares of the page, across and down), turned.
export function drawPlace(canvas, image, { box, turn, tall, margin }) {
  const { naturalWidth: width, naturalHeight: height } = image;
  const [left, top, right, bottom] = box;
  const isAcross = turn % 180 === 0;
  const beside = (isAcross ? margin[0] : margin[1]) * width;
  const above = (isAcross ? margin[1] : margin[0]) * height;
  const x = Math.max(0, left * width - beside);
  const y = Math.max(0, top * height - above);
  const w = Math.min(width, right * width + beside) - x;
  const h = Math.min(height, bottom * height + above) - y;
  const [across, down] = isAcross ? [w, h] : [h, w];
  const room = canvas.parentElement.clientWidth;
  const scale = Math.min(room / across, tall / down, 1.8);
  const dense = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(across * scale * dense));
  canvas.height = Math.max(1, Math.round(down * scale * dense));
  canvas.style.width = `${Math.round(across * scale)}px`;
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((turn * Math.PI) / 180);
  context.scale(scale * dense, scale * dense);
  context.drawImage(image, x, y, w, h, -w / 2, -h / 2, w, h);
}
