/** Asked once for all who want to know at the same time. */
let asked: Promise<boolean> | null = null;

/** Whether the server can render: its database answers too. */
export function isServerReady(): Promise<boolean> {
  asked ??= fetch("/readyz", { cache: "no-store" })
    .then(
      (answer) => answer.ok,
      () => false,
    )
    .finally(() => {
      asked = null;
    });
  return asked;
}

/** Renders the page anew if the server can: what is on the screen is worth more than an error in its place. */
export async function refreshPage(router: { refresh: () => void }): Promise<void> {
  if (await isServerReady()) router.refresh();
}
