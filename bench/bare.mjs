/**
 * What node:http alone can do: reads the body and answers a fixed JSON of the given length, with the gate's headers.
 * Arguments: port, length of the answer in bytes.
 */
import { createServer } from "node:http";

const [port, length] = process.argv.slice(2).map(Number);
const answer = JSON.stringify({ padding: "x".repeat(Math.max(0, length - 14)) });

createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    Buffer.concat(chunks).toString("utf8");
    response.writeHead(200, [
      "Content-Type",
      "application/json",
      "Content-Length",
      String(Buffer.byteLength(answer)),
      "Cache-Control",
      "no-store",
    ]);
    response.end(answer);
  });
}).listen(port, "127.0.0.1");
