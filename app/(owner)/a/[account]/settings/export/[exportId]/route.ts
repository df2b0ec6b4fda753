import { download } from "#app/_lib/download.ts";

export const GET = download((account, at) => `${account}-${at.toISOString().slice(0, 10)}.zip`);
