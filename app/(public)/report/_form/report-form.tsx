"use client"; // Keeps what was typed, and thanks when it was taken.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { submitReportAction } from "./actions.ts";

type ReportFormProps = {
  kind: "abuse" | "vulnerability";
  about: { label: string; help: string };
  body: { label: string; help: string };
};

export function ReportForm({ kind, about, body }: ReportFormProps) {
  const form = useActionForm(submitReportAction);
  const { field } = form;
  if (form.isDone) {
    return (
      <Banner meaning="good" title="Thank you." live>
        A person will read it. If you left an address, we will reply.
      </Banner>
    );
  }
  return (
    <PostForm sends={form} className="flex flex-col gap-4" aria-label="Report">
      <input type="hidden" name="kind" value={kind} />
      <Field name="about" label={about.label} help={about.help} {...field("about")}>
        {(control) => <Input {...control} required maxLength={500} autoComplete="off" />}
      </Field>
      <Field name="body" label={body.label} help={body.help} {...field("body")}>
        {(control) => <Textarea {...control} required rows={8} />}
      </Field>
      <Field name="reporterName" label="Your name" optional {...field("reporterName")}>
        {(control) => <Input {...control} maxLength={100} autoComplete="name" />}
      </Field>
      <Field
        name="reporterEmail"
        label="Your e-mail address"
        optional
        help="Used only to reply. Staff see it masked until they need it."
        {...field("reporterEmail")}
      >
        {(control) => <Input {...control} type="email" maxLength={200} autoComplete="email" />}
      </Field>
      <div role="alert">{form.message ? <FieldError id="report-error">{form.message}</FieldError> : null}</div>
      <Button type="submit" variant="primary" pending={form.pending}>
        Send report
      </Button>
    </PostForm>
  );
}
