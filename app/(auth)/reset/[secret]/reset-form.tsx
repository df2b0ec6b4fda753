"use client"; // Goes to the sign-in page when it is done.

import { useRouter } from "next/navigation";
import { CodeField } from "#app/_parts/code-field.tsx";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toast.ts";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import * as words from "#words/words.ts";
import { resetPasswordAction } from "./actions.ts";

type ResetFormProps = {
  secret: string;
  email: string;
  asksName: boolean;
  /** What also signs the person in, and a thief if they added it. */
  passkeys: readonly { name: string; createdAt: Date; lastUsedAt: Date | null }[];
};

export function ResetForm({ secret, email, asksName, passkeys }: ResetFormProps) {
  const router = useRouter();
  const reset = useActionForm(resetPasswordAction, {
    onDone: (answer) => {
      if (!answer.ok) return;
      toast.success("Password changed. Sign in with it.");
      router.replace("/sign-in");
    },
  });
  const message = reset.message || (reset.refusal ? words.passwordRefused(reset.refusal) : "");
  return (
    <PostForm sends={reset} className="flex flex-col gap-4">
      <input type="hidden" name="secret" value={secret} />
      {/* So that a password manager knows whose it is. */}
      <input type="email" name="_email" value={email} autoComplete="username" readOnly hidden />
      {asksName ? (
        <Field name="name" label="Your name" required {...reset.field("name")}>
          {(control) => <Input {...control} autoComplete="name" maxLength={100} />}
        </Field>
      ) : null}
      <Field
        name="newPassword"
        label="New password"
        help="At least 12 characters; a few words work well."
        required
        {...reset.field("newPassword")}
      >
        {(control) => <Input {...control} type="password" autoComplete="new-password" autoFocus />}
      </Field>
      {passkeys.length === 0 ? null : (
        <fieldset className="flex flex-col gap-2 border-line border-t pt-4">
          <legend className="float-left w-full font-medium">Passkeys that sign you in</legend>
          <ul className="list-disc ps-5">
            {passkeys.map(({ name, createdAt, lastUsedAt }) => (
              <li key={createdAt.toISOString()} className="wrap-anywhere">
                {name}{" "}
                <span className="text-ink-3">
                  · added <ZonedTime at={createdAt.toISOString()} />
                  {lastUsedAt ? (
                    <>
                      , last used <ZonedTime at={lastUsedAt.toISOString()} />
                    </>
                  ) : (
                    ", never used"
                  )}
                </span>
              </li>
            ))}
          </ul>
          <Checkbox
            name="removesPasskeys"
            value="1"
            label="Remove all of them"
            help="If you do not know one. It takes a code of your authenticator app or a recovery code."
          />
          <CodeField isOptional />
        </fieldset>
      )}
      <div role="alert">{message ? <FieldError id="reset-error">{message}</FieldError> : null}</div>
      <Button type="submit" variant="primary" size="lg" pending={reset.pending}>
        Set password
      </Button>
    </PostForm>
  );
}
