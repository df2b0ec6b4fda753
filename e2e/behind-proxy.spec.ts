import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContext, Page } from "@playwright/test";
import { blockOf, writeNginx } from "#core/gate/gateways/testing-pages.ts";
import { freePort } from "../scripts/start/ports.mjs";
import { optionalParts } from "../scripts/test/optional.mjs";
import { ownGatehouse } from "./own-gatehouse.ts";
import { type Owned, ownAccount } from "./owner.ts";
import { givePassword, password } from "./password.ts";
import { running } from "./running.ts";
import { expect, test } from "./test.ts";

/** The proxies of docs/reverse-proxy.md, as they stand there, with TLS, in front of the web app. */

const { nginx, caddy, openssl } = optionalParts();
test.skip(openssl === null, "there is no openssl");
const place = { proxy: 0, web: 0, folder: mkdtempSync(join(tmpdir(), "gatehouse-proxy-")) };
const certificate = join(place.folder, "cert.pem");
const key = join(place.folder, "key.pem");
let proxy: ChildProcess | null = null;

ownGatehouse(async () => {
  place.proxy = await freePort();
  place.web = await freePort();
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const made = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
  execFileSync(openssl ?? "", [...made, ...subject, "-keyout", key, "-out", certificate], { stdio: "ignore" });
  const networks = { WEB_TRUSTED_PROXIES: "127.0.0.0/8" };
  return { ...networks, PUBLIC_URL: `https://localhost:${place.proxy}`, WEB_PORT: String(place.web) };
});
test.use({ ignoreHTTPSErrors: true });
test.afterEach(stopProxy);
test.afterAll(() => rmSync(place.folder, { recursive: true, force: true }));

test("nginx, as its page says", async ({ page, context }) => {
  test.skip(nginx === null, "there is no nginx");
  await startNginx((page) => page);
  await signsIn(page, context, "Behind Nginx Ltd");
});

test("Caddy, as its page says", async ({ page, context }) => {
  test.skip(caddy === null, "there is no caddy");
  const file = join(place.folder, "Caddyfile");
  const text = pageBlock("caddyfile")
    .replace("access.example.com {", `https://localhost:${place.proxy} {\n\ttls ${certificate} ${key}`)
    .replace("127.0.0.1:3000", `127.0.0.1:${place.web}`);
  writeFileSync(file, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${text}`);
  const home = { XDG_DATA_HOME: place.folder, XDG_CONFIG_HOME: place.folder };
  await start(caddy ?? "", ["run", "--config", file, "--adapter", "caddyfile"], home, place.proxy);
  await signsIn(page, context, "Behind Caddy Ltd");
});

test("a proxy that does not pass the public host on", async ({ page, context }) => {
  test.skip(nginx === null, "there is no nginx");
  await startNginx((page) => page.replace("proxy_set_header Host $http_host;", ""));
  await signsIn(page, context, "Hostless Ltd");
});

test.describe("a page at another address", () => {
  test.use({ expectedConsoleErrors: [/status of 403/] });
  test("says which address is the right one", async ({ page, context }) => {
    test.skip(nginx === null, "there is no nginx");
    const other = await freePort();
    await startNginx((page) => page, other);
    const { owner } = await personIn(context, "Elsewhere Ltd");
    await page.goto(`https://localhost:${other}/sign-in`);
    await submit(page, owner.email);
    await expect(page.getByText(`Open ${running().webUrl} instead.`)).toBeVisible();
  });
});

async function personIn(context: BrowserContext, name: string): Promise<Owned> {
  const owned = await ownAccount(context, name);
  await givePassword(owned.owner.userId);
  await context.clearCookies();
  return owned;
}

/** By the form, with a cookie that travels over TLS only, and on to a page that keeps itself up to date by a stream. */
async function signsIn(page: Page, context: BrowserContext, name: string): Promise<void> {
  const { owner, slug } = await personIn(context, name);
  await page.goto(`/sign-in?next=/a/${slug}`);
  await submit(page, owner.email);
  await expect(page).toHaveURL(`${running().webUrl}/a/${slug}`);
  const session = (await context.cookies()).find((cookie) => cookie.name.includes("session"));
  expect(session).toMatchObject({ secure: true, httpOnly: true });
  expect(session?.name).toMatch(/^__Host-/);
  const events = await page.evaluate(async (path) => {
    const source = new EventSource(path);
    return await new Promise((resolve, reject) => {
      source.onmessage = (event) => resolve(typeof JSON.parse(event.data));
      source.onerror = () => reject(new Error("The stream did not open."));
    });
  }, `/a/${slug}/live`);
  expect(events).toBe("object");
  // A page that is still open would miss its proxy.
  await page.close();
}

async function submit(page: Page, email: string): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
}

const pageBlock = (language: string) => blockOf("docs/reverse-proxy.md", language);

async function startNginx(change: (page: string) => string, port = place.proxy): Promise<void> {
  const folder = mkdtempSync(join(place.folder, "nginx-"));
  const page = pageBlock("nginx")
    .replace("listen 443 ssl http2;", `listen 127.0.0.1:${port} ssl http2;`)
    .replace("listen 80;", `listen 127.0.0.1:${await freePort()};`)
    .replaceAll("access.example.com;", "localhost;")
    .replace("/etc/ssl/access.example.com.pem", certificate)
    .replace("/etc/ssl/access.example.com.key", key)
    .replace("127.0.0.1:3000", `127.0.0.1:${place.web}`);
  await start(nginx ?? "", writeNginx(folder, change(page)), {}, port);
}

async function start(program: string, args: string[], env: Record<string, string>, port: number): Promise<void> {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  proxy = child;
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (printed += text));
  await expect
    .poll(() => (child.exitCode === null ? answers(port) : `ended: ${printed}`), { message: "the proxy answers" })
    .toBe("yes");
}

/** Whether something accepts connections on a port. */
async function answers(port: number): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  const answer = await new Promise<string>((resolve) => {
    socket.once("connect", () => resolve("yes"));
    socket.once("error", () => resolve("no"));
  });
  socket.destroy();
  return answer;
}

async function stopProxy(): Promise<void> {
  if (proxy === null || proxy.exitCode !== null) return;
  const ended = once(proxy, "exit");
  // Asked kindly, Caddy waits for streams that are open.
  proxy.kill("SIGKILL");
  await ended;
  proxy = null;
}
