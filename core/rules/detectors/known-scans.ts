/**
 * What scanners are known by, as data: names that nobody asks an API for, and programs that say what they are. Our own selection of what public
 * lists have in common: CrowdSec's http-sensitive-files, http-path-traversal-probing and http-bad-user-agent (github.com/crowdsecurity/hub),
 * the OWASP Core Rule Set's restricted-files, lfi-os-files and scanners-user-agents (github.com/coreruleset/coreruleset). All in lower case, each
 * looked up whole or by `includes`, so that no text can make the matching slow.
 */

/** A segment of a path, as it is or as the last one. */
const sensitiveSegments: ReadonlySet<string> = new Set([
  ...[".env", ".env.local", ".env.production", ".env.backup", ".git", ".gitconfig", ".svn", ".hg", ".bzr", ".cvs"],
  ...[".aws", ".ssh", ".docker", ".kube", ".npmrc", ".pypirc", ".netrc", ".pgpass", ".my.cnf", ".ftpconfig"],
  ...[".htaccess", ".htpasswd", ".bash_history", ".mysql_history", ".psql_history", ".bashrc", ".profile", ".ds_store"],
  ...["id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "wp-config.php", "web.config", "configuration.php", "phpinfo.php"],
  ...[
    "phpunit",
    "server-status",
    "server-info",
    "boot.ini",
    "win.ini",
    "passwd",
    "shadow",
    "wp-login.php",
    "xmlrpc.php",
  ],
  ...["phpmyadmin", "adminer.php", "actuator", "heapdump", "jmx-console", "hnap1", "eval-stdin.php", "cgi-bin"],
]);

/** What the last segment ends in: dumps, copies and settings that were left behind. */
const sensitiveEndings: readonly string[] = [
  ...[".sql", ".sql.gz", ".sql.zip", ".bak", ".old", ".orig", ".swp", ".sqlite", ".sqlite3", ".mdb", ".pem", ".key"],
  ...[".pfx", ".p12", ".htpasswd", ".env", ".php~", ".conf~"],
];

/** Ways out of a folder, however they are written. */
const climbs: readonly string[] = [
  ...[
    "/../",
    "\\..\\",
    "..\\",
    "..%2f",
    "..%5c",
    "%2e%2e",
    "%252e%252e",
    "..%252f",
    "..%255c",
    "/..;/",
    ".%2e/",
    "%2e./",
  ],
  ...["..%c0%af", "..%c1%9c", "%c0%ae%c0%ae", "%uff0e%uff0e", "..%00"],
];

/** What a scanner's User-Agent holds, and its name. */
const scannerClients: readonly (readonly [holds: string, name: string])[] = [
  ...[["sqlmap", "sqlmap"] as const, ["nikto", "Nikto"] as const, ["w3af", "w3af"] as const],
  ...[["acunetix", "Acunetix"] as const, ["netsparker", "Netsparker"] as const, ["invicti", "Invicti"] as const],
  ...[["projectdiscovery/nuclei", "Nuclei"] as const, ["wpscan", "WPScan"] as const, ["joomscan", "JoomScan"] as const],
  ...[["nmap scripting engine", "Nmap"] as const, ["masscan", "masscan"] as const, ["zgrab", "ZGrab"] as const],
  ...[["nessus", "Nessus"] as const, ["openvas", "OpenVAS"] as const, ["arachni", "Arachni"] as const],
  ...[["dirbuster", "DirBuster"] as const, ["gobuster", "Gobuster"] as const, ["feroxbuster", "feroxbuster"] as const],
  ...[["fuzz faster u fool", "ffuf"] as const, ["wfuzz", "Wfuzz"] as const, ["skipfish", "Skipfish"] as const],
  ...[["havij", "Havij"] as const, ["commix", "Commix"] as const, ["jaeles", "Jaeles"] as const],
  ...[["webinspect", "WebInspect"] as const, ["qualysguard", "Qualys"] as const, ["whatweb", "WhatWeb"] as const],
];

/** Whether a path asks for a file that only a scanner would look for. */
export function isSensitiveFile(path: string): boolean {
  const segments = path.toLowerCase().split("/");
  const last = segments.at(-1) ?? "";
  return segments.some((one) => sensitiveSegments.has(one)) || sensitiveEndings.some((ending) => last.endsWith(ending));
}

/** Whether a path tries to leave its folder. */
export function isTraversal(path: string): boolean {
  const lower = path.toLowerCase();
  return lower.endsWith("/..") || climbs.some((climb) => lower.includes(climb));
}

/** The name of the scanner that a User-Agent says it is; null = none that is known. */
export function scannerNamed(userAgent: string): string | null {
  const lower = userAgent.toLowerCase();
  return scannerClients.find(([holds]) => lower.includes(holds))?.[1] ?? null;
}
