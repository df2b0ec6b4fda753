import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

/** The second step of who has one, asked for beside their password. */
export function CodeField({ error, isOptional = false }: { error?: string; isOptional?: boolean }) {
  return (
    <Field
      name="code"
      label="Code"
      help="The six digits your authenticator app shows, or a recovery code."
      {...(isOptional ? { optional: true } : { required: true })}
      {...(error ? { error } : {})}
    >
      {(control) => <Input {...control} autoComplete="one-time-code" maxLength={40} className="font-mono" />}
    </Field>
  );
}
