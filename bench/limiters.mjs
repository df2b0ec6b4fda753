import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepFolder, startProgram } from "./processes.mjs";

/**
 * Rate limiters of proxies with one thread, by the token in a header, that answer a fixed JSON: they know no token, no quota and no
 * standing, and record nothing.
 */

/** @param {string} program @param {number} port @param {number} length of the answer */
export function startNginx(program, port, length) {
  const folder = newFolder();
  writeFileSync(join(folder, "answer.json"), answerOf(length));
  writeFileSync(
    join(folder, "nginx.conf"),
    `daemon off; master_process off; pid ${folder}/pid; error_log stderr crit; worker_rlimit_nofile 4096;
events { worker_connections 1024; }
http {
  access_log off; keepalive_requests 1000000000; open_file_cache max=10; default_type application/json;
  client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
  limit_req_zone $http_authorization zone=tokens:64m rate=100000r/s;
  server { listen 127.0.0.1:${port}; root ${folder}; location / { limit_req zone=tokens burst=100000 nodelay; try_files /answer.json =404; } }
}
`,
  );
  return startProgram(program, ["-p", folder, "-c", join(folder, "nginx.conf")]);
}

/** @param {string} program @param {number} port @param {number} length of the answer */
export function startHaproxy(program, port, length) {
  const folder = newFolder();
  writeFileSync(join(folder, "answer.json"), answerOf(length));
  writeFileSync(
    join(folder, "haproxy.cfg"),
    `global
  nbthread 1
  maxconn 1024
defaults
  mode http
  timeout client 60s
  timeout http-keep-alive 60s
frontend tokens
  bind 127.0.0.1:${port}
  stick-table type string len 80 size 1m expire 120s store http_req_rate(60s)
  http-request track-sc0 req.hdr(authorization)
  http-request deny deny_status 429 if { sc_http_req_rate(0) gt 100000 }
  http-request return status 200 content-type application/json file ${join(folder, "answer.json")}
`,
  );
  return startProgram(program, ["-db", "-f", join(folder, "haproxy.cfg")]);
}

function newFolder() {
  const folder = mkdtempSync(join(tmpdir(), "gatehouse-bench-"));
  keepFolder(folder);
  return folder;
}

function answerOf(length) {
  return JSON.stringify({ padding: "x".repeat(length - 14) });
}
