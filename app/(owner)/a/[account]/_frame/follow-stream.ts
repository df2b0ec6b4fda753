/** Waits between two attempts to open the stream again: short at first, then longer. */
const firstWaitMs = 500;
const longestWaitMs = 10_000;
/** Looks come every second; after this long without one the stream counts as lost. */
const silentMs = 4_000;

type Handlers = {
  onData: (data: unknown) => void;
  /** Nothing came for a while; it goes on trying. */
  onSilent: () => void;
  /** The server answered that this is not ours to see (any more). It does not try again. */
  onRefused: () => void;
};

/**
 * Follows a stream of server-sent events until the returned function is called. Not EventSource, because that does not tell
 * a server that is away from one that refuses, and gives up on either.
 */
export function followStream(url: string, handlers: Handlers): () => void {
  const closing = new AbortController();
  void follow(url, handlers, closing.signal);
  return () => closing.abort();
}

async function follow(url: string, handlers: Handlers, closed: AbortSignal): Promise<void> {
  let waitMs = firstWaitMs;
  while (!closed.aborted) {
    const reading = new AbortController();
    const stop = () => reading.abort();
    closed.addEventListener("abort", stop);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const expectMore = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        handlers.onSilent();
        stop();
      }, silentMs);
    };
    expectMore();
    const refused = await readOnce(url, reading.signal, (data) => {
      waitMs = firstWaitMs;
      expectMore();
      handlers.onData(data);
    });
    clearTimeout(timer);
    closed.removeEventListener("abort", stop);
    if (closed.aborted) return;
    if (refused) return handlers.onRefused();
    if (waitMs > firstWaitMs) handlers.onSilent();
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  }
}

/** Reads one opening of the stream to its end. True = the server refused it. */
async function readOnce(url: string, signal: AbortSignal, onData: (data: unknown) => void): Promise<boolean> {
  try {
    const answer = await fetch(url, { signal, headers: { accept: "text/event-stream" }, cache: "no-store" });
    if (answer.status >= 400 && answer.status < 500) return true;
    if (!answer.ok || !answer.body) return false;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return false;
      const events = (rest + value).split("\n\n");
      rest = events.pop() ?? "";
      for (const event of events) if (event.startsWith("data: ")) onData(JSON.parse(event.slice(6)));
    }
  } catch {
    // The network is away, the stream was cut, or we stopped reading: all the same, open it again.
    return false;
  }
}
