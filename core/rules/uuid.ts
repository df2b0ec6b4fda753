/** A uuid in lower case, as Postgres and `crypto.randomUUID()` write it. */
export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Stands in a usage row, a refusal or an outcome for an account, token or reporter that is not known. */
export const nilId = "00000000-0000-0000-0000-000000000000";
