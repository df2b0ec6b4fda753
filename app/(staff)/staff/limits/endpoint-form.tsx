"use client"; // A sheet with a form that keeps what is typed on error.

import { Plus } from "lucide-react";
import { useState } from "react";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Checkbox } from "#components/ui/checkbox.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { Sheet } from "#components/ui/sheet.tsx";
import type { Limits } from "#core/provider/get-limits.ts";
import { surfaces } from "#core/rules/vocabulary.ts";
import * as words from "#words/words.ts";
import { changeEndpointAction, createEndpointAction } from "./actions.ts";

type EndpointFormProps = { endpoint?: Limits["endpoints"][number]; scopes: readonly string[] };

/** Registers a route, or changes what it costs, allows and needs. */
export function EndpointForm({ endpoint, scopes }: EndpointFormProps) {
  const [isOpen, setOpen] = useState(false);
  const [isUnlimited, setUnlimited] = useState(endpoint !== undefined && endpoint.rateLimit === null);
  const form = useActionForm(endpoint ? changeEndpointAction : createEndpointAction, {
    done: "Saved. Takes effect on the next request.",
    onDone: () => setOpen(false),
  });
  const error = (field: string) => (form.errors[field] ? { error: form.errors[field] } : {});
  return (
    <Sheet
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        endpoint ? (
          <Button size="sm" aria-label={`Edit ${endpoint.name}`}>
            Edit
          </Button>
        ) : (
          <Button icon={<Plus />}>New endpoint</Button>
        )
      }
      title={endpoint ? `Edit ${endpoint.name}` : "New endpoint"}
      description="Applies to every account from the next request."
    >
      <form onSubmit={form.onSubmit} className="flex flex-col gap-4">
        {endpoint ? (
          <>
            <input type="hidden" name="endpointId" value={endpoint.id} />
            <input type="hidden" name="version" value={endpoint.version} />
          </>
        ) : (
          <>
            <Field name="name" label="Name" help="For gateways that know the route, e.g. email.send" {...error("name")}>
              {(control) => <Input {...control} autoComplete="off" />}
            </Field>
            <Field name="surface" label="Surface" {...error("surface")}>
              {(control) => (
                <Select {...control} options={surfaces.map((value) => ({ value, label: words.surfaces[value] }))} />
              )}
            </Field>
            <Field name="method" label="Method" help="* = any" {...error("method")}>
              {(control) => <Input {...control} defaultValue="GET" autoComplete="off" />}
            </Field>
            <Field
              name="path"
              label="Path"
              help="{id} matches one segment; /** at the end matches the rest"
              {...error("path")}
            >
              {(control) => <Input {...control} autoComplete="off" placeholder="/v1/domains/{id}" />}
            </Field>
          </>
        )}
        <Field name="rateLimit" label="Requests per window per account" {...error("rateLimit")}>
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0}
              disabled={isUnlimited}
              defaultValue={endpoint?.rateLimit ?? 60}
              inputMode="numeric"
            />
          )}
        </Field>
        <Checkbox
          name="isUnlimited"
          value="true"
          checked={isUnlimited}
          onChange={(event) => setUnlimited(event.target.checked)}
          label="No rate limit"
        />
        <Field name="windowSeconds" label="Window in seconds" {...error("windowSeconds")}>
          {(control) => (
            <Input {...control} type="number" min={1} max={86_400} defaultValue={endpoint?.windowSeconds ?? 60} />
          )}
        </Field>
        <Field
          name="cost"
          label="Cost of one call"
          help="Counted against limits and quota; 0 is free"
          {...error("cost")}
        >
          {(control) => <Input {...control} type="number" min={0} max={1_000} defaultValue={endpoint?.cost ?? 1} />}
        </Field>
        <Field name="scope" label="Scope" {...error("scope")}>
          {(control) => (
            <Select
              {...control}
              defaultValue={endpoint?.scope ?? ""}
              options={[
                { value: "", label: "Any active token" },
                ...scopes.map((name) => ({ value: name, label: name })),
              ]}
            />
          )}
        </Field>
        {endpoint ? (
          <Checkbox
            name="isDenied"
            value="true"
            defaultChecked={endpoint.isDenied}
            label="Closed for everyone"
            help="Every call is refused with endpoint_denied."
          />
        ) : null}
        <div role="alert">{form.message ? <FieldError id="endpoint-error">{form.message}</FieldError> : null}</div>
        <Button type="submit" variant="primary" pending={form.pending}>
          {endpoint ? "Change endpoint" : "Register endpoint"}
        </Button>
      </form>
    </Sheet>
  );
}
