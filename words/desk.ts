/** What only staff read. The desk speaks one language. */
export * as deskWords from "./desk/index.ts";
