"use client"; // Keeps what is chosen when saving fails.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { changePathRulesAction } from "./actions.ts";

type Props = { rules: { matchesCase: boolean; allowsEncodedSlash: boolean; version: number }; mayWrite: boolean };

/** How the API's servers read paths, for whoever may change it; everybody else reads it. */
export function PathRulesForm({ rules, mayWrite }: Props) {
  const form = useActionForm(changePathRulesAction, { done: "Saved. Takes effect on the next request." });
  return (
    <PostForm sends={form} className="flex flex-col gap-3">
      <input type="hidden" name="version" value={rules.version} />
      <Checkbox
        name="matchesCase"
        value="true"
        label="Upper and lower case differ"
        help="/V1/Email is then another path than /v1/email. Choose it only if every server of the API routes so; Express does not."
        defaultChecked={rules.matchesCase}
        disabled={!mayWrite}
      />
      <Checkbox
        name="allowsEncodedSlash"
        value="true"
        label="Ids may hold an encoded slash"
        help="/v1/domains/team%2Falpha is then one domain. Otherwise it is refused as ambiguous, because some servers read %2F as a slash."
        defaultChecked={rules.allowsEncodedSlash}
        disabled={!mayWrite}
      />
      <div role="alert">{form.message ? <FieldError id="path-rules-error">{form.message}</FieldError> : null}</div>
      {mayWrite ? (
        <div>
          <Button type="submit" pending={form.pending}>
            Save
          </Button>
        </div>
      ) : null}
    </PostForm>
  );
}
