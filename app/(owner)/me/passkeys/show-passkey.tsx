"use client"; // Goes on to the desk once the passkey was shown.

import { useRouter } from "next/navigation";
import { PasskeyButton } from "#app/_parts/passkey-button.tsx";
import { beginPasskeyProofAction, provePasskeyAction } from "./actions.ts";

/** For staff who came in without the second step that they have. */
export function ShowPasskey() {
  const router = useRouter();
  return (
    <PasskeyButton
      label="Use your passkey"
      begin={beginPasskeyProofAction}
      finish={provePasskeyAction}
      onDone={() => router.replace("/staff")}
    />
  );
}
