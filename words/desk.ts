/** What only staff read: `import * as deskWords`. The desk speaks one language. */
export * from "./desk/index.ts";
