/** A page that nobody has touched for this long asks for nothing by itself: it must not keep an unattended session alive. */
const idleMs = 10 * 60_000;

let lastUsedMs = 0;
let isListening = false;

/** Whether somebody looks at the page: its tab is visible, and it was touched in the last ten minutes, or as long as given. */
export function isInUse(withinMs = idleMs): boolean {
  if (!isListening) {
    isListening = true;
    lastUsedMs = Date.now();
    const note = () => {
      lastUsedMs = Date.now();
    };
    for (const kind of ["pointermove", "pointerdown", "keydown", "wheel", "focus"]) {
      window.addEventListener(kind, note, { capture: true, passive: true });
    }
  }
  return document.visibilityState === "visible" && Date.now() - lastUsedMs < withinMs;
}
