// The fields of one notice as cards; the current one is open: crop, input, reasons, suggestions.
import { differing, firstDifference } from "./differences.js";
import { keys } from "./keys.js";
import { palette } from "./letters.js";

const STATES = ["blank", "missing", "unreadable", "illegible"];

export class Cards {
  constructor(root, words, on) {
    this.root = root;
    this.words = words;
    this.on = on; // focused, typed, take, say, accept, decideEdit
    this.cards = {};
    this.current = null;
    this.openedAt = -Infinity; // when the eyes were led to another field
    root.addEventListener("focusin", (event) => {
      const card = event.target.closest(".slip");
      if (card) this.open(card.dataset.field);
    });
    root.addEventListener("click", (event) => {
      const card = event.target.closest(".slip");
      if (card && !event.target.closest("textarea, button, label")) this.focus(card.dataset.field);
    });
  }

  load(work) {
    this.work = work;
    this.cards = {};
    this.current = null;
    const cards = work.fields.map((field) => (this.cards[field.name] = this.card(field)));
    const flagged = cards.filter((_, place) => work.fields[place].flagged);
    const others = cards.filter((_, place) => !work.fields[place].flagged);
    this.root.replaceChildren(...this.group("flagged", flagged), ...this.group("unflagged", others));
    for (const { name } of work.fields) this.refresh(name);
  }

  group(name, cards) {
    if (!cards.length) return [];
    const title = make("h2", { textContent: this.words[name] });
    return [title, ...cards];
  }

  card(field) {
    const card = make("div", { className: "slip" });
    card.dataset.field = field.name;
    card.dataset.kind = field.kind;
    const id = `f-${field.name}`;
    const head = make("div", { className: "head" });
    const mark = make("span", { className: "sign", ariaHidden: "true" });
    const label = make(field.options.length ? "span" : "label", { textContent: field.label });
    label.id = `${id}-label`;
    if (!field.options.length) label.htmlFor = id;
    const state = make("span", { className: "held", id: `${id}-state` });
    const look = make("span", { className: "look unseen", id: `${id}-look` });
    head.append(mark, label, state, look);
    const crop = make("div", { className: "place" });
    crop.append(make("canvas", { ariaHidden: "true" }));
    const inner = make("div", { className: "inner" });
    const input = field.options.length ? this.options(field, id) : this.area(field, id);
    card.append(head, crop, input, inner);
    return card;
  }

  area(field, id) {
    const area = make("textarea", { id, rows: 1, readOnly: true, spellcheck: false });
    area.autocomplete = "off";
    area.setAttribute("aria-describedby", described(id));
    area.addEventListener("input", () => {
      area.removeAttribute("aria-invalid");
      fitted(area);
      this.on.typed(field.name, area.value);
    });
    area.addEventListener("click", () => {
      if (this.current === field.name) this.edit(field.name);
    });
    area.addEventListener("blur", () => this.on.decideEdit(field.name));
    return area;
  }

  options(field, id) {
    const set = make("div", { className: "options" });
    set.setAttribute("role", "radiogroup");
    set.setAttribute("aria-labelledby", `${id}-label`);
    set.setAttribute("aria-describedby", described(id));
    field.options.forEach(({ value, label }, place) => {
      const one = make("label");
      const radio = make("input", { type: "radio", name: id, value });
      one.append(radio, make("kbd", { textContent: place + 1, ariaHidden: "true" }), ` ${label}`);
      set.append(one);
    });
    return set;
  }

  // Shows what the field holds and how it stands; also after every answer.
  refresh(name) {
    const field = this.work.byName[name];
    const card = this.cards[name];
    const held = this.work.held(name);
    const answered = this.work.answers[name];
    const isOpen = this.work.isOpen(name);
    card.classList.toggle("flagged", isOpen);
    card.classList.toggle("answered", Boolean(answered) && !isOpen);
    card.querySelector(".sign").textContent = isOpen ? "?" : answered ? "✓" : "";
    // The same for those who do not see the sign.
    const { toLookAt, lookedAt } = this.words;
    card.querySelector(".look").textContent = isOpen ? toLookAt : answered ? lookedAt : "";
    card.querySelector(".held").textContent = held.value === null ? this.words[held.state] ?? held.state : "";
    if (field.options.length) {
      for (const radio of card.querySelectorAll("input")) radio.checked = radio.value === held.value;
    } else if (!this.isEditing(name)) {
      const area = card.querySelector("textarea");
      area.value = this.shown(field, held);
      area.placeholder = held.value === null ? (this.words[held.state] ?? "—") : "";
      fitted(area);
    }
    if (this.current === name) this.fill(name);
  }

  shown(field, held) {
    if (held.value === null) return "";
    if (held.value === field.value) return field.shown;
    const option = field.options.find(({ value }) => value === held.value);
    return option?.label ?? held.shown ?? local(field, held.value);
  }

  open(name) {
    if (this.current === name) return;
    const before = this.cards[this.current];
    if (before) {
      this.openedAt = performance.now();
      before.classList.remove("current");
      before.querySelector(".inner").replaceChildren();
    }
    this.current = name;
    this.cards[name].classList.add("current");
    for (const card of [before, this.cards[name]]) {
      const area = card?.querySelector("textarea");
      if (area) fitted(area);
    }
    this.fill(name);
    this.on.focused(name);
    this.settle();
  }

  // Keeps the current card at the same height on the screen: the eyes need not search.
  settle() {
    const card = this.cards[this.current];
    const top = card.offsetTop - this.root.offsetTop;
    this.root.scrollTo({ top: top - 56, behavior: "instant" });
    // On a narrow screen the whole page scrolls, below the scan.
    if (getComputedStyle(this.root).overflowY === "visible") card.scrollIntoView({ behavior: "instant" });
  }

  // Everything of the open card below its input.
  fill(name) {
    const field = this.work.byName[name];
    const inner = this.cards[name].querySelector(".inner");
    inner.replaceChildren(
      ...this.reasons(field),
      ...(this.isEditing(name) ? [palette(this.input(name))] : []),
      this.offered(name),
      this.answers(name),
    );
  }

  reasons(field) {
    const clash = this.work.clashes[field.name];
    const said = [...field.reasons, ...this.work.said(field.name)];
    const lines = [...new Set(said)].map((text) => make("li", { textContent: text }));
    const isOffered = field.suggestions.some(({ value }) => value === field.text);
    if (field.text && field.text !== field.value && field.flagged && !isOffered) {
      const text = `${this.words.asRead} ${field.text}`;
      lines.push(make("li", { className: "text", textContent: text }));
    }
    if (clash) {
      const text = fill(this.words.changedTo, { who: clash.who, value: clash.theirs });
      lines.unshift(make("li", { className: "clash", textContent: text }));
    }
    if (!field.box) {
      const text = field.near ? this.words.nearPlace : this.words.noPlace;
      lines.push(make("li", { textContent: text }));
    }
    if (!lines.length) return [];
    const list = make("ul", { className: "why", id: `f-${field.name}-why` });
    list.append(...lines);
    return [list];
  }

  suggestions(name) {
    const field = this.work.byName[name];
    const clash = this.work.clashes[name];
    const both = clash ? clashing(clash, this.work.answers[name], this.words) : [];
    const held = this.work.held(name).value;
    const offered = this.offers?.[name] ?? field.suggestions;
    const rest = offered.filter(({ value }) => value !== held);
    return [...both, ...rest].slice(0, 9);
  }

  offered(name) {
    const list = make("ol", { className: "take", id: `f-${name}-take` });
    this.suggestions(name).forEach((one, place) => {
      const item = make("li");
      const button = make("button", { type: "button", tabIndex: -1 });
      button.append(
        make("kbd", { textContent: place + 1 }),
        marked(one.shown || "—", this.shown(this.work.byName[name], this.work.held(name))),
        make("span", { className: "origin", textContent: one.origin }),
      );
      button.addEventListener("pointerdown", (event) => event.preventDefault());
      button.addEventListener("click", () => this.on.take(name, one));
      item.append(button);
      list.append(item);
    });
    return list;
  }

  // What may be said of the field, each with its key: also for a mouse, a finger, a first day.
  answers(name) {
    const bar = make("div", { className: "states" });
    bar.append(this.answer("⏎", this.words.accept, () => this.on.accept(name)));
    bar.firstChild.classList.add("main");
    if (!this.work.byName[name].options.length) {
      bar.append(this.answer(keys.edit, this.words.edit, () => this.on.edit(name)));
    }
    for (const state of STATES) {
      const button = this.answer(keys[state], this.words[state], () => this.on.say(name, state));
      button.setAttribute("aria-pressed", String(this.work.held(name).state === state));
      bar.append(button);
    }
    return bar;
  }

  answer(key, text, act) {
    const button = make("button", { type: "button", tabIndex: -1 });
    button.append(make("kbd", { textContent: key, ariaHidden: "true" }), ` ${text}`);
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("click", act);
    return button;
  }

  input(name) {
    const card = this.cards[name];
    return card.querySelector("textarea") ?? card.querySelector("input:checked") ?? card.querySelector("input");
  }

  focus(name) {
    this.open(name);
    this.input(name).focus({ preventScroll: true });
    this.settle();
  }

  isEditing(name) {
    const area = this.cards[name]?.querySelector("textarea");
    return Boolean(area && !area.readOnly);
  }

  // The fields that are being typed into; more than one where what was typed may not stand.
  editing() {
    return Object.keys(this.cards).filter((name) => this.isEditing(name));
  }

  // Typing begins at the end, or at the letters on which the likeliest other reading differs.
  edit(name, { atDoubt = false } = {}) {
    const area = this.cards[name].querySelector("textarea");
    if (!area || !area.readOnly) return;
    area.readOnly = false;
    this.cards[name].classList.add("editing");
    const end = area.value.length;
    const other = atDoubt ? this.suggestions(name)[0]?.shown : "";
    area.setSelectionRange(...(firstDifference(area.value, other) ?? [end, end]));
    this.fill(name);
  }

  leave(name) {
    const area = this.cards[name]?.querySelector("textarea");
    if (!area) return;
    area.readOnly = true;
    area.removeAttribute("aria-invalid");
    this.cards[name].classList.remove("editing");
    this.offer(name, null);
    this.refresh(name);
  }

  // The field cannot have what was typed.
  refuse(name) {
    this.input(name).setAttribute("aria-invalid", "true");
  }

  // What the rules offer for what is being typed.
  offer(name, offers) {
    this.offers = { ...this.offers, [name]: offers ?? undefined };
    if (this.current === name) this.fill(name);
  }

  canvas(name) {
    return this.cards[name].querySelector("canvas");
  }
}

function described(id) {
  return ["look", "state", "why", "take"].map((part) => `${id}-${part}`).join(" ");
}

export function make(tag, settings = {}) {
  return Object.assign(document.createElement(tag), settings);
}

export function fill(text, named) {
  return text.replace(/\{(\w+)\}/g, (_, name) => named[name] ?? "");
}

// A suggestion, with what differs from the value that stands there marked.
export function marked(text, other) {
  const value = make("span", { className: "value" });
  for (const [part, differs] of differing(text, other)) {
    value.append(differs ? make("mark", { textContent: part }) : part);
  }
  return value;
}

function clashing(clash, mine, words) {
  const theirs = { value: clash.value, shown: clash.theirs, origin: fill(words.theirs, clash) };
  const own = mine ? [{ ...mine, shown: clash.mine, origin: words.mine }] : [];
  return [{ ...theirs, state: clash.state }, ...own];
}

function local(field, value) {
  const day = field.kind === "date" && /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
  return day ? `${day[3]}.${day[2]}.${day[1]}` : value;
}

// A browser that lets a text area grow with its text spares one layout for each.
function fitted(area) {
  if (CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  if (area.scrollHeight) area.style.height = `${area.scrollHeight + 2}px`;
}
