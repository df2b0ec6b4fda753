import { describe, expect, it } from "vitest";
import { isSensitiveFile, isTraversal, scannerNamed } from "./known-scans.ts";

describe("a file that scanners look for", () => {
  it.each([
    ...["/.env", "/api/.env.production", "/.git/config", "/.GIT/HEAD", "/backup/site.sql.gz", "/~/.ssh/id_rsa"],
    ...["/wp-config.php", "/wp-config.php.bak", "/etc/passwd", "/actuator/heapdump", "/cgi-bin/test-cgi"],
  ])("%s is one", (path) => expect(isSensitiveFile(path)).toBe(true));

  it.each([
    ...["/v1/email", "/v1/environment", "/v1/git", "/v1/keys", "/v1/passwords", "/docs/sql", "/.well-known/jwks.json"],
    ...["/robots.txt", "/favicon.ico", "/v1/files/report.pdf", "/v1/backups", "/"],
  ])("%s is none", (path) => expect(isSensitiveFile(path)).toBe(false));
});

describe("a way out of a folder", () => {
  it.each([
    ...["/../etc/passwd", "/a/..", "/a/..%2f..%2fb", "/%2E%2E/a", "/a/..\\..\\b", "/%252e%252e/a", "/mifs/.;/..;/x"],
    "/cgi-bin/.%2e/.%2e/bin/sh",
  ])("%s is one", (path) => expect(isTraversal(path)).toBe(true));

  it.each(["/a/b", "/v1.2/a", "/a...b", "/files/a..b", "/.well-known/x", "/a/..."])("%s is none", (path) =>
    expect(isTraversal(path)).toBe(false),
  );
});

describe("a client that says it is a scanner", () => {
  it.each([
    ["sqlmap/1.8.2#stable (https://sqlmap.org)", "sqlmap"],
    ["Mozilla/5.00 (Nikto/2.1.6)", "Nikto"],
    ["Mozilla/5.0 (compatible; Nmap Scripting Engine; https://nmap.org/book/nse.html)", "Nmap"],
    ["Mozilla/5.0 zgrab/0.x", "ZGrab"],
    ["w3af.org", "w3af"],
  ])("%s is named", (agent, name) => expect(scannerNamed(agent)).toBe(name));

  it.each([
    "curl/8.9",
    "python-requests/2.32",
    "Go-http-client/2.0",
    "acme-nuclei-sync/1",
    "",
    "Mozilla/5.0 (Windows)",
  ])("%s is none", (agent) => expect(scannerNamed(agent)).toBeNull());
});
