import type { ComponentProps, FormEventHandler } from "react";
import { postedFormField, scriptOnlyField } from "#app/_lib/form.ts";

type Sends = {
  form: { name: string; action: (form: FormData) => unknown; onSubmit: FormEventHandler<HTMLFormElement> };
  notice: string | undefined;
};

type PostFormProps = Omit<ComponentProps<"form">, "action" | "method" | "onSubmit"> & {
  /** What `useActionForm` returned. */
  sends: Sends;
  /** Its fields are completed by script, so it is refused when it was sent without. */
  scriptOnly?: boolean;
};

/**
 * The only way to write a form that changes something: it is a POST to its server action before any script has come, so that
 * nothing typed can get into an address.
 */
export function PostForm({ sends, scriptOnly = false, children, ...rest }: PostFormProps) {
  const { name, action, onSubmit } = sends.form;
  return (
    // Its answer is read where it was kept, not where React would hand it.
    <form {...rest} action={action as (form: FormData) => void} onSubmit={onSubmit}>
      <input type="hidden" name={postedFormField} value={name} />
      {scriptOnly ? <input type="hidden" name={scriptOnlyField} value="1" /> : null}
      {sends.notice ? (
        <p role="status" className="w-full text-good">
          {sends.notice}
        </p>
      ) : null}
      {children}
    </form>
  );
}
