"use client"; // Posts itself: a link that is only fetched, as previews do, stays unused.

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { enterByPortalAction } from "./actions.ts";

type PortalFormProps = {
  secret: string;
  name: string;
  /** Nobody else is signed in here, so there is nothing to ask. */
  goesByItself: boolean;
  /** The name of a field that says so, in a frame of another site. */
  framedField: string | null;
};

export function PortalForm({ secret, name, goesByItself, framedField }: PortalFormProps) {
  const router = useRouter();
  const button = useRef<HTMLButtonElement>(null);
  const enter = useActionForm(enterByPortalAction, {
    onDone: ({ landing }) => {
      // As a page of its own, so that a browser that keeps no cookie in frames comes to the page that says so.
      if (framedField !== null) return window.location.replace(landing);
      router.replace(landing);
      router.refresh();
    },
  });
  const waits = useRef(goesByItself && !enter.isPosted);
  useEffect(() => {
    if (!waits.current) return;
    waits.current = false;
    button.current?.form?.requestSubmit();
  }, []);
  return (
    <PostForm sends={enter} className="flex flex-col gap-4">
      <input type="hidden" name="secret" value={secret} />
      {framedField === null ? null : <input type="hidden" name={framedField} value="1" />}
      <div role="alert">{enter.message ? <FieldError id="portal-error">{enter.message}</FieldError> : null}</div>
      <Button ref={button} type="submit" variant="primary" size="lg" pending={enter.pending}>
        Continue as {name}
      </Button>
    </PostForm>
  );
}
