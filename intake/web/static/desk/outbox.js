// Hands decisions in, one after the other, while the reviewer is at the next notice already.
import { Offline, post } from "./calls.js";

const AGAIN = 3000;

export class Outbox {
  constructor({ done, back, offline, online }) {
    this.on = { done, back, offline, online };
    this.waiting = [];
    this.busy = false;
    window.addEventListener("beforeunload", (event) => {
      if (this.waiting.length) event.preventDefault();
    });
  }

  get isEmpty() {
    return this.waiting.length === 0;
  }

  put(letter) {
    this.waiting.push(letter);
    if (!this.busy) this.run();
  }

  async run() {
    this.busy = true;
    while (this.waiting.length) {
      const sent = await this.send(this.waiting[0]);
      if (sent) this.waiting.shift();
      else await new Promise((resolve) => setTimeout(resolve, AGAIN));
    }
    this.busy = false;
    this.on.online();
  }

  // True where the letter need not be sent again, whatever came of it.
  async send({ work, url, decision, reason }) {
    let told;
    try {
      told = await post(url, { ...work.handedIn(), decision, reason });
    } catch (error) {
      if (error instanceof Offline || error.isSignedOut) {
        this.on.offline(error);
        return false;
      }
      this.on.back(work, error);
      return true;
    }
    this.on.done(work, told);
    return true;
  }
}
