"use client"; // Goes on once the passkey has signed in.

import { useRouter } from "next/navigation";
import { PasskeyButton } from "#app/_parts/passkey-button.tsx";
import { beginPasskeySignInAction, signInWithPasskeyAction } from "./actions.ts";

export function PasskeyWay({ next }: { next: string }) {
  const router = useRouter();
  return (
    <PasskeyButton
      label="Sign in with a passkey"
      begin={beginPasskeySignInAction}
      finish={signInWithPasskeyAction}
      onDone={() => {
        router.replace(next);
        router.refresh();
      }}
    />
  );
}
