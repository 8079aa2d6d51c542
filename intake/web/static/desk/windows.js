// Two windows of one person on one notice: the one that was opened last has it.
import { desk } from "./state.js";

const channel = "BroadcastChannel" in window ? new BroadcastChannel("desk") : null;

// Calls back when another window of this person opens the notice that this one has.
export function listen(taken) {
  channel?.addEventListener("message", ({ data }) => {
    const isMine = data.person === desk.root.dataset.person && data.id === desk.work?.id;
    if (isMine) taken();
  });
}

export function announce(id) {
  channel?.postMessage({ id, person: desk.root.dataset.person });
}
