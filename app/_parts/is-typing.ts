/** A dialog is open, or a field has the focus: what is there would be lost with the page. */
export function isTyping(): boolean {
  const open = '[role="dialog"][data-state="open"], [role="alertdialog"][data-state="open"]';
  return document.querySelector(open) !== null || document.activeElement?.matches("input, textarea, select") === true;
}
