// One notice in hand: its fields, what the person answered, what still needs a look.
export class Work {
  constructor(notice) {
    this.load(notice);
    this.answers = { ...(notice.draft?.answers ?? {}) };
    this.seconds = notice.draft?.seconds ?? 0;
    this.keystrokes = notice.draft?.keystrokes ?? 0;
    this.history = [];
    this.objections = {}; // what the rules say of all values together, by field
    this.notes = {}; // what they say of what was typed into a field
    this.heard = {}; // what of both was on the screen when the field was answered
    this.unchecked = Object.keys(this.answers).length > 0;
    this.clashes = {};
  }

  load(notice) {
    this.notice = notice;
    this.id = notice.id;
    this.version = notice.version;
    this.fields = notice.fields;
    this.byName = Object.fromEntries(notice.fields.map((field) => [field.name, field]));
  }

  // What the field holds by now: the answer, else what was read.
  held(name) {
    const { value, state } = this.byName[name];
    return this.answers[name] ?? { value, state };
  }

  values() {
    const named = this.fields.map(({ name }) => [name, this.held(name).value]);
    return Object.fromEntries(named.filter(([, value]) => value !== null));
  }

  // What the rules say of a field by now.
  said(name) {
    return [...(this.notes[name] ?? []), ...(this.objections[name] ?? [])];
  }

  answer(name, answer, heard = this.said(name)) {
    const clash = this.clashes[name];
    if (answer.value !== this.held(name).value) this.unchecked = true;
    this.history.push([name, this.answers[name], clash]);
    this.answers[name] = answer;
    this.heard[name] = heard;
    delete this.clashes[name];
  }

  undo() {
    const last = this.history.pop();
    if (!last) return null;
    const [name, before, clash] = last;
    this.unchecked = true;
    delete this.notes[name];
    if (before) this.answers[name] = before;
    else delete this.answers[name];
    if (clash) this.clashes[name] = clash;
    return name;
  }

  wantsLook(name) {
    return Boolean(
      this.byName[name].flagged || this.said(name).length || this.clashes[name],
    );
  }

  isOpen(name) {
    if (this.clashes[name]) return true;
    return this.answers[name] ? this.isObjected(name) : this.wantsLook(name);
  }

  // Whether the rules said something of an answer that nobody could see when it was given.
  isObjected(name) {
    const heard = this.heard[name] ?? [];
    return this.said(name).some((text) => !heard.includes(text));
  }

  get isTouched() {
    return this.history.length > 0;
  }

  open() {
    return this.fields.map(({ name }) => name).filter((name) => this.isOpen(name));
  }

  asked() {
    return this.fields.map(({ name }) => name).filter((name) => this.wantsLook(name));
  }

  hasIllegible() {
    return Object.values(this.answers).some(({ state }) => state === "illegible");
  }

  // Takes the record as it is now; answers stay, both values stand where others changed it too.
  clash(notice, clashes) {
    this.load(notice);
    this.clashes = {};
    for (const one of clashes) {
      if (one.mine !== one.theirs) this.clashes[one.field] = one;
    }
    this.history = [];
  }

  handedIn() {
    return {
      version: this.version,
      answers: this.answers,
      seconds: this.seconds,
      keystrokes: this.keystrokes,
      unchecked: this.unchecked,
    };
  }
}
