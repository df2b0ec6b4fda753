"use client"; // Keeps what is typed on error.

import { useRef } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { reportFixAction } from "./actions.ts";

/** "Report fix": counting starts again, and staff read what was changed. */
export function FixedIt({ account }: { account: string }) {
  const form = useRef<HTMLFormElement>(null);
  const fix = useActionForm(reportFixAction, {
    done: "The provider has been notified. Counting starts over now.",
    onDone: () => form.current?.reset(),
  });
  return (
    <Panel title="Fixed the cause?">
      <PostForm ref={form} sends={fix} className="flex flex-col gap-3">
        <input type="hidden" name="account" value={account} />
        <Field
          name="text"
          label="What have you changed?"
          help="Detectors start their counts over, and the provider sees your traffic before and after. This lifts nothing by itself. Once per day."
          {...fix.field("text")}
        >
          {(control) => <Textarea {...control} rows={3} />}
        </Field>
        <div className="flex items-center gap-3">
          <Button type="submit" pending={fix.pending}>
            Report fix
          </Button>
          <div role="alert">{fix.message ? <FieldError id="fix-error">{fix.message}</FieldError> : null}</div>
        </div>
      </PostForm>
    </Panel>
  );
}
