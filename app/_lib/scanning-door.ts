import "server-only";
import type { handle } from "#core/api/handle.ts";
import { handleSecretScanning } from "#core/api/secret-scanning.ts";
import { ScanningKeys } from "#core/leaks/scanning-keys.ts";
import { env } from "#core/runtime/env.ts";

let keys: ScanningKeys | undefined;

/** The keys are fetched at the first call and kept in this process. */
export const scanningDoor: typeof handle = (desk, request, facts) => {
  keys ??= new ScanningKeys(env().SECRET_SCANNING_KEYS_URL);
  return handleSecretScanning(desk, keys, request, facts);
};
