/**
 * A press that comes before React has taken over its button is kept, and done when it has: on a slow connection or a busy machine
 * it would be lost. Holds for what opens something; a form that is sent early is sent by the browser itself.
 */
const kept = "earlyPress";

/** Runs before all else in the document: keeps the opener that was pressed last. */
export const earlyPressScript = `addEventListener("click",(e)=>{window.${kept}=e.target.closest?.("[aria-haspopup]")},true)`;

/** Whether this element was pressed last and nobody has answered yet; asking answers. */
export function takePress(element: Element): boolean {
  const holder = window as { [kept]?: Element | undefined };
  if (holder[kept] !== element) return false;
  holder[kept] = undefined;
  return true;
}
