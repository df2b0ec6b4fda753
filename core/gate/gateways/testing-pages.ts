import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** For tests only: what a page of the documentation publishes is what is run. */

/** A block of a language on a page, the first unless told otherwise. */
export function blockOf(page: string, language: string, position = 0): string {
  const blocks = [...readFileSync(page, "utf8").matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))];
  const block = blocks[position]?.[1];
  if (block === undefined) throw new Error(`${page} holds no block of ${language}.`);
  return block;
}

/** Writes what an nginx needs to run these servers with all its files in one folder. Returns its arguments. */
export function writeNginx(folder: string, servers: string): string[] {
  mkdirSync(join(folder, "temp"), { recursive: true });
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/temp/${name};`,
  );
  const user = process.getuid?.() === 0 ? "user root;" : "";
  const file = join(folder, "nginx.conf");
  writeFileSync(
    file,
    `${user} daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log warn;
    events { worker_connections 256; }
    http { access_log off; ${temporary.join(" ")} ${servers} }`,
  );
  return ["-p", folder, "-c", file, "-e", join(folder, "error.log")];
}
