import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** The second step of who has one, asked for beside their password. */
export function CodeField({ error }: { error?: string }) {
  return (
    <Field
      name="code"
      label="Code"
      help="The six digits your authenticator app shows, or a recovery code."
      required
      {...(error ? { error } : {})}
    >
      {(control) => <Input {...control} autoComplete="one-time-code" maxLength={40} className="font-mono" />}
    </Field>
  );
}
