import { redirectTo } from "#app/_lib/redirect.ts";

/** Where password managers send people to change their password (W3C, "A well-known URL for changing passwords"). */
export const GET = redirectTo("/me#password");
