import { singleSignOn } from "#app/_lib/single-sign-on.ts";

export const POST = singleSignOn("endSessions");
