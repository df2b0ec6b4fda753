import { createInterface } from "node:readline";
import { Writable } from "node:stream";

/** One line of standard input: typed without being shown on a terminal, else what is piped in. */
export async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) {
    let text = "";
    for await (const chunk of process.stdin.setEncoding("utf8")) text += chunk;
    return text.replace(/\r?\n$/, "");
  }
  process.stderr.write("Password: ");
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await new Promise((resolve, reject) => {
      reader.once("line", resolve);
      reader.once("SIGINT", () => reject(new Error("Stopped; nothing was changed.")));
    });
  } finally {
    reader.close();
    process.stderr.write("\n");
  }
}
