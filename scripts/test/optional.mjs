import { existsSync, readdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

/**
 * What some tests need and a machine may lack. They are left out without it, and `npm test` says so.
 * @returns {{ nginx: string | null, nginxMail: string | null, caddy: string | null, haproxy: string | null, openssl: string | null, postfix: string | null, dovecot: string | null, dovecotImap: string | null, redis: string | null, accessLog: string | null, moreLogs: string[] }} program paths, an address or a program
 *   path for redis, a web server's log in combined format, and the logs in the folders beside it
 */
export function optionalParts() {
  const accessLog = existing(process.env.TEST_ACCESS_LOG);
  return {
    nginx: findProgram("nginx"),
    nginxMail: findProgram("nginx") && mailModule(),
    caddy: findProgram("caddy"),
    haproxy: findProgram("haproxy"),
    openssl: findProgram("openssl"),
    postfix: process.getuid?.() === 0 ? findProgram("postfix") : null,
    dovecot: process.getuid?.() === 0 ? findProgram("dovecot") : null,
    dovecotImap: process.getuid?.() === 0 && existsSync("/usr/lib/dovecot/imap") ? findProgram("dovecot") : null,
    redis: process.env.REDIS_URL || findProgram("redis-server"),
    accessLog,
    moreLogs: accessLog === null ? [] : ["ordinary", "scans"].flatMap((name) => logsIn(join(dirname(accessLog), name))),
  };
}

/** @returns {string[]} one sentence per part that is missing */
export function missingParts() {
  const { nginx, nginxMail, caddy, haproxy, openssl, postfix, dovecot, dovecotImap, redis, accessLog, moreLogs } =
    optionalParts();
  return [
    nginx ? "" : "nginx in front of the gate: there is no nginx (install the package nginx)",
    caddy ? "" : "Caddy in front of the gate: there is no caddy (install the package caddy)",
    haproxy ? "" : "HAProxy in front of the gate: there is no haproxy (install the package haproxy)",
    openssl
      ? ""
      : "nginx and Caddy with TLS in front of the web app: there is no openssl (install the package openssl)",
    nginxMail ? "" : "nginx's mail proxy: there is no mail module (install libnginx-mod-mail)",
    postfix && dovecot ? "" : "Postfix and Dovecot: they need root and the packages postfix and dovecot-core",
    dovecotImap ? "" : "the report mailbox on a real IMAP server: it needs root and the package dovecot-imapd",
    redis ? "" : "counters in Redis: there is no redis-server (install the package redis-server, or set REDIS_URL)",
    accessLog ? "" : "replay of real traffic: there is no access log (set TEST_ACCESS_LOG to one in combined format)",
    moreLogs.length > 0
      ? ""
      : "more logs of real traffic: there are none in ordinary/ and scans/ beside TEST_ACCESS_LOG",
  ].filter(Boolean);
}

/** The path of nginx's mail module. */
function mailModule() {
  const folders = ["/usr/lib/nginx/modules", "/usr/lib64/nginx/modules"];
  return folders.map((folder) => join(folder, "ngx_mail_module.so")).find((path) => existsSync(path)) ?? null;
}

/** Service programs lie in sbin, which is not on everybody's path. @param {string} name */
function findProgram(name) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"];
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

/** @param {string} folder */
function logsIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.log(\.gz)?$/.test(name))
    .map((name) => join(folder, name));
}

/** @param {string | undefined} path */
function existing(path) {
  return path && existsSync(path) ? path : null;
}
