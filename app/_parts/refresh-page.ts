import { isTyping } from "./is-typing.ts";

type Answer = "ready" | "signed out" | "away";

/** Asked once for all who want to know at the same time. */
let asked: Promise<Answer> | null = null;

/** Whether the server can render, for this person: its database answers, and the session goes on. */
function askServer(): Promise<Answer> {
  asked ??= fetch("/signed-in", { cache: "no-store" })
    .then(
      async (answer): Promise<Answer> =>
        !answer.ok ? "away" : (await answer.text()).startsWith("signed in") ? "ready" : "signed out",
    )
    .catch((): Answer => "away")
    .finally(() => {
      asked = null;
    });
  return asked;
}

/** Whether the server can render, whoever asks. */
export async function isServerReady(): Promise<boolean> {
  return (await askServer()) !== "away";
}

/**
 * Renders the page anew if the server can: what is on the screen is worth more than an error in its place. Once signed out that
 * leads to the sign-in page, and waits while somebody types: what they send is answered in words, and is not lost.
 */
export async function refreshPage(router: { refresh: () => void }): Promise<void> {
  const answer = await askServer();
  if (answer === "ready" || (answer === "signed out" && !isTyping())) router.refresh();
}
