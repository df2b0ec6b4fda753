import { get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { portIsFree } from "./ports.mjs";
import { Stop, say } from "./steps.mjs";

const sayEveryMs = 10_000;

/**
 * Refuses a start on ports that are taken, naming the variable that moves it.
 * @param {import("./settings.mjs").Listener[]} listeners
 * @param {number} patienceMs how long to wait for the processes of a killed run to end
 */
export async function requireFreePorts(listeners, patienceMs) {
  const seen = new Map();
  for (const { port, portVariable } of listeners) {
    const other = seen.get(port);
    if (other) throw new Stop(`Configuration: ${other} and ${portVariable} are both ${port}. Set one to another port.`);
    seen.set(port, portVariable);
  }
  const untilMs = Date.now() + patienceMs;
  for (const { host, port, portVariable } of listeners) {
    while (!(await portIsFree(port, host))) {
      if (Date.now() >= untilMs) {
        throw new Stop(
          `Port ${port} on ${host} is in use. Stop what listens there, or set ${portVariable} to another port.`,
        );
      }
      await sleep(100);
    }
  }
}

/**
 * Waits until every process answers its /healthz with 200, and says from time to time for whom.
 * @param {import("./settings.mjs").Listener[]} listeners
 * @param {() => boolean} isStopping
 */
export async function allHealthy(listeners, isStopping) {
  await Promise.all(
    listeners.map(async ({ url }) => {
      let sayAtMs = Date.now() + sayEveryMs;
      while (!isStopping() && !(await answers(`${url}/healthz`))) {
        if (Date.now() >= sayAtMs) {
          say(`Still waiting for ${url}/healthz …`);
          sayAtMs += sayEveryMs;
        }
        await sleep(40);
      }
    }),
  );
}

/** @param {string} url @returns {Promise<boolean>} */
export function answers(url) {
  return new Promise((resolve) => {
    const request = get(url, { timeout: 2_000, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once("timeout", () => request.destroy());
    request.once("error", () => resolve(false));
  });
}
