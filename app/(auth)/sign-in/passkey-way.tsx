"use client"; // Goes on once the passkey has signed in.

import { useRouter } from "next/navigation";
import { useState } from "react";
import { PasskeyButton } from "#app/_parts/passkey-button.tsx";
import { beginPasskeySignInAction, signInWithPasskeyAction } from "./actions.ts";
import { SingleSignOnWay } from "./single-sign-on-way.tsx";

export function PasskeyWay({ next }: { next: string }) {
  const router = useRouter();
  const [ways, setWays] = useState<readonly { id: string; name: string }[]>([]);
  return (
    <>
      <PasskeyButton
        label="Sign in with a passkey"
        begin={beginPasskeySignInAction}
        finish={signInWithPasskeyAction}
        onRefused={(refusal) => setWays(refusal.reason === "issuer_only" ? refusal.ways : [])}
        onDone={() => {
          router.replace(next);
          router.refresh();
        }}
      />
      {ways.map(({ id, name }) => (
        <SingleSignOnWay key={id} providerId={id} name={name} next={next} />
      ))}
    </>
  );
}
