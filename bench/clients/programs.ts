import { spawn, spawnSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import axios from "axios";
import axiosRetry from "axios-retry";
import got from "got";
import ky from "ky";
import PQueue from "p-queue";
import { Agent, RetryAgent, request } from "undici";

/** Works until it is stopped. What it throws is its business: the next call comes. */
export type Work = (url: string, stop: AbortSignal) => Promise<void>;
/** `kind` null = a right client; else how the diagnosis names what it does wrong. `needs` = a program of the machine. */
export type RealClient = { name: string; kind: string | null; needs?: () => boolean; work: Work };

const has =
  (program: string, ...args: string[]) =>
  () =>
    spawnSync(program, args).status === 0;

/** One call after the other. */
const sequential =
  (call: (url: string, stop: AbortSignal) => Promise<unknown>): Work =>
  async (url, stop) => {
    while (!stop.aborted) await call(url, stop).catch(() => undefined);
  };

const waitOf = (response: Response) => 1000 * Number(response.headers.get("retry-after") ?? 0);

async function byHand(url: string, stop: AbortSignal, waitMs: (response: Response, inARow: number) => number) {
  for (let inARow = 0; !stop.aborted; inARow++) {
    const response = await fetch(url, { signal: stop });
    await response.text();
    if (response.status !== 429) return;
    await sleep(waitMs(response, inARow), undefined, { signal: stop });
  }
}

const client = axios.create();
axiosRetry(client, { retries: 5, retryCondition: (error) => error.response?.status === 429 });
const agent = new RetryAgent(new Agent());

async function paused(url: string, stop: AbortSignal): Promise<void> {
  const queue = new PQueue({ concurrency: 5 });
  const one = async () => {
    const response = await fetch(url, { signal: stop });
    await response.text();
    if (response.status !== 429 || queue.isPaused) return;
    queue.pause();
    setTimeout(() => queue.start(), waitOf(response) + 100 * Math.random());
  };
  while (!stop.aborted) {
    await queue.onSizeLessThan(10);
    void queue.add(() => one().catch(() => undefined));
    await sleep(5);
  }
  queue.clear();
}

/** A program of another language, killed at the end. */
const other =
  (program: string, argsOf: (url: string) => string[]): Work =>
  async (url, stop) => {
    const child = spawn(program, argsOf(url), { stdio: "ignore" });
    await new Promise<void>((resolve) => {
      stop.addEventListener("abort", () => child.kill("SIGKILL"));
      child.on("exit", () => resolve());
    });
  };

const urllib3 = (retry: string) => (url: string) => [
  "-c",
  `import urllib3
pool = urllib3.PoolManager(retries=urllib3.Retry(${retry}))
while True:
    try: pool.request("GET", ${JSON.stringify(url)})
    except Exception: pass`,
];

export const realClients: readonly RealClient[] = [
  { name: "got", kind: null, work: sequential((url, stop) => got(url, { signal: stop })) },
  { name: "ky", kind: null, work: sequential((url, stop) => ky(url, { signal: stop }).json()) },
  { name: "axios-retry", kind: null, work: sequential((url, stop) => client.get(url, { signal: stop })) },
  {
    name: "undici RetryAgent",
    kind: null,
    work: sequential(async (url, stop) => {
      const { body } = await request(url, { dispatcher: agent, signal: stop });
      await body.text();
    }),
  },
  { name: "p-queue, paused at the first 429", kind: null, work: paused },
  { name: "fetch, Retry-After", kind: null, work: sequential((url, stop) => byHand(url, stop, waitOf)) },
  {
    name: "fetch, the even pace",
    kind: null,
    work: async (url, stop) => {
      const firstMs = Date.now();
      for (let i = 1; !stop.aborted; i++) {
        await fetch(url, { signal: stop }).then((response) => response.text());
        await sleep(Math.max(0, firstMs + i * 1_005 - Date.now()), undefined, { signal: stop });
      }
    },
  },
  {
    name: "curl --retry",
    kind: null,
    needs: has("curl", "--version"),
    work: other("sh", (url) => ["-c", `while :; do curl -s --retry 5 ${url}; done`]),
  },
  {
    name: "python urllib3, Retry-After",
    kind: null,
    needs: has("python3", "-c", "import urllib3"),
    work: other("python3", urllib3("5, status_forcelist=[429]")),
  },
  {
    name: "python urllib3, Retry-After ignored",
    kind: "retries_without_waiting",
    needs: has("python3", "-c", "import urllib3"),
    work: other("python3", urllib3("5, status_forcelist=[429], respect_retry_after_header=False")),
  },
  {
    name: "fetch in a loop",
    kind: "retries_without_waiting",
    work: sequential((url, stop) => byHand(url, stop, () => 0)),
  },
  {
    name: "fetch, again after 1 s",
    kind: "no_backoff",
    work: sequential((url, stop) => byHand(url, stop, () => 1000)),
  },
  {
    name: "eight workers, each with its own wait",
    kind: "parallel_workers",
    work: async (url, stop) => {
      const worker = async () => {
        while (!stop.aborted) {
          await byHand(url, stop, (response) => waitOf(response) + 500 * Math.random()).catch(() => undefined);
          await sleep(3_500 * Math.random(), undefined, { signal: stop }).catch(() => undefined);
        }
      };
      await Promise.all(Array.from({ length: 8 }, worker));
    },
  },
];
