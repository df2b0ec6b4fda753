import type { ComponentProps, FormEventHandler } from "react";
import { scriptOnlyField } from "#app/_lib/form.ts";

type Sends = {
  form: { action: (form: FormData) => void; onSubmit: FormEventHandler<HTMLFormElement> };
  notice: string | undefined;
  isPosted: boolean;
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
  return (
    <form {...rest} {...sends.form} data-posted={sends.isPosted || undefined}>
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
