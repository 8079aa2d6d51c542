// Calls to the server: JSON both ways. A lost connection and a refusal are different errors.
const person = document.querySelector("[data-person]")?.dataset.person ?? "";

// Signing in again elsewhere changes the token: the cookie has the one that counts.
function token() {
  const kept = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  return kept ?? document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

// A server that hangs is told like a lost line: calls may be made twice.
const PATIENCE = 20_000; // milliseconds

export class Offline extends Error {}

export class Refusal extends Error {
  constructor(status, told) {
    super(told.detail ?? String(status));
    this.status = status;
    this.told = told;
  }

  get isSignedOut() {
    return this.status === 401;
  }
}

export function get(url) {
  return send(url, { headers: { Accept: "application/json", "X-Person": person } });
}

export function post(url, content, { keepalive = false } = {}) {
  return send(url, {
    method: "POST",
    keepalive,
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-CSRFToken": token(),
      "X-Person": person,
    },
    body: JSON.stringify(content ?? {}),
  });
}

async function send(url, request) {
  let answer;
  try {
    answer = await fetch(url, { ...request, signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new Offline(url);
  }
  if (answer.status === 204) return null;
  // Between us and the service something may answer in its place while it is down.
  if ([502, 503, 504].includes(answer.status)) throw new Offline(url);
  let told;
  try {
    told = await answer.json();
  } catch {
    told = { detail: `${answer.status} ${answer.statusText}` };
  }
  if (!answer.ok) throw new Refusal(answer.status, told);
  return told;
}
