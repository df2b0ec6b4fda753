/** By which a window in which the person has proven themselves tells the one that waits for it. Only pages of ours hear it. */
const name = "gatehouse proof";

export function tellProven(): void {
  const channel = new BroadcastChannel(name);
  channel.postMessage("proven");
  channel.close();
}

/** Calls back on each message; returns how to stop. A message is no proof: the session's row says whether there is one. */
export function onProvenElsewhere(then: () => void): () => void {
  const channel = new BroadcastChannel(name);
  channel.onmessage = then;
  return () => channel.close();
}
