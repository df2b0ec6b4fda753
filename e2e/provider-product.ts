import { createServer } from "node:http";

/** The provider's own product, on another origin than Gatehouse: a page that it can fill with an address to open or to embed. */
export function providerProduct() {
  let page = "";
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    response.end(`<!doctype html><title>Acme</title><link rel="icon" href="data:,"><h1>Acme settings</h1>${page}`);
  });
  return {
    /** Its origin: 127.0.0.1, where Gatehouse is on localhost. */
    listen: () =>
      new Promise<string>((resolve) => {
        server.listen(0, "127.0.0.1", () => {
          resolve(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
        });
      }),
    shows: (html: string) => {
      page = html;
    },
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}
