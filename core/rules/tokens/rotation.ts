import { hourMs } from "../time.ts";

/** A secret of a token. Times as stored; null = it does not retire. */
export type SecretFacts = { id: string; createdAt: Date; retiresAt: Date | null };

/** The longest time for which two secrets of a token may work side by side, in hours. */
export const longestOverlapHours = 30 * 24;

export type SecretState = "current" | "retiring" | "retired";

export function secretState(secret: SecretFacts, now: Date): SecretState {
  if (secret.retiresAt === null) return "current";
  return secret.retiresAt > now ? "retiring" : "retired";
}

/** The secret that is on its way out, while both work; null = no rotation is under way. */
export function retiringSecret<T extends SecretFacts>(secrets: readonly T[], now: Date): T | null {
  return secrets.find((secret) => secretState(secret, now) === "retiring") ?? null;
}

export type RotationProgress = {
  /** Requests since the new secret was made, with the old one and in all. */
  onOld: number;
  total: number;
  /** 0 to 1; null = nothing was asked since. */
  shareOnOld: number | null;
  /** The old one was used before and has not been for an hour, or nothing uses the token at all. */
  isSafeToRetire: boolean;
};

const quietMs = hourMs;

/** How far a rotation is. `lastOldAt` = when the old secret was last used since the new one was made; null = not at all. */
export function rotationProgress(onOld: number, onNew: number, lastOldAt: Date | null, now: Date): RotationProgress {
  const total = onOld + onNew;
  return {
    onOld,
    total,
    shareOnOld: total === 0 ? null : onOld / total,
    isSafeToRetire: onNew > 0 && (lastOldAt === null || now.getTime() - lastOldAt.getTime() >= quietMs),
  };
}
