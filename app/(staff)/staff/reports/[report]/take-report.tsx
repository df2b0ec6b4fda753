"use client"; // Says what came of it.

import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { FieldError } from "#components/ui/field.tsx";
import { takeReportAction } from "../actions.ts";

export function TakeReport({ reportId, version }: { reportId: string; version: number }) {
  const take = useActionForm(takeReportAction, { done: "Report assigned to you" });
  return (
    <PostForm sends={take}>
      <input type="hidden" name="reportId" value={reportId} />
      <input type="hidden" name="version" value={version} />
      <Button type="submit" variant="primary" pending={take.pending}>
        Take report
      </Button>
      <span role="alert">{take.message ? <FieldError id="take-error">{take.message}</FieldError> : null}</span>
    </PostForm>
  );
}
