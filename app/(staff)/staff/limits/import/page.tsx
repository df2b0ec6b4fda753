import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { staffPageCtx } from "#app/_lib/context.ts";
import { PageHeader } from "#components/ui/page-header.tsx";
import { ShellMain } from "#components/ui/shell.tsx";
import { can } from "#core/frame/permissions.ts";
import { ImportForm } from "./import-form.tsx";

export const metadata: Metadata = { title: "Import from OpenAPI" };

export default async function ImportPage() {
  const ctx = await staffPageCtx();
  if (!can(ctx.actor, "limits:write")) notFound();
  return (
    <ShellMain crumbs={[{ label: "Limits", href: "/staff/limits?view=endpoints" }, { label: "Import from OpenAPI" }]}>
      <PageHeader
        title="Import from OpenAPI"
        lead="Registers your API's calls and the scopes they need. You review the differences first; nothing changes until you confirm."
      />
      <ImportForm />
    </ShellMain>
  );
}
