"use client"; // A sheet with a form that keeps what is typed on error.

import { Plus } from "lucide-react";
import { useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
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
  const { field } = form;
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
      <PostForm sends={form} className="flex flex-col gap-4">
        {endpoint ? (
          <>
            <input type="hidden" name="endpointId" value={endpoint.id} />
            <input type="hidden" name="version" value={endpoint.version} />
          </>
        ) : (
          <>
            <Field name="name" label="Name" help="For gateways that know the route, e.g. email.send" {...field("name")}>
              {(control) => <Input {...control} autoComplete="off" />}
            </Field>
            <Field name="surface" label="Surface" {...field("surface")}>
              {(control) => (
                <Select {...control} options={surfaces.map((value) => ({ value, label: words.surfaces[value] }))} />
              )}
            </Field>
            <Field name="method" label="Method" help="* = any" {...field("method")}>
              {(control) => <Input defaultValue="GET" {...control} autoComplete="off" />}
            </Field>
            <Field
              name="path"
              label="Path"
              help="{id} matches one segment; /** at the end matches the rest"
              {...field("path")}
            >
              {(control) => <Input {...control} autoComplete="off" placeholder="/v1/domains/{id}" />}
            </Field>
          </>
        )}
        <Field name="rateLimit" label="Requests per window per account" {...field("rateLimit")}>
          {(control) => (
            <Input
              defaultValue={endpoint?.rateLimit ?? 60}
              {...control}
              type="number"
              min={0}
              disabled={isUnlimited}
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
        <Field name="windowSeconds" label="Window in seconds" {...field("windowSeconds")}>
          {(control) => (
            <Input defaultValue={endpoint?.windowSeconds ?? 60} {...control} type="number" min={1} max={86_400} />
          )}
        </Field>
        <Field
          name="cost"
          label="Cost of one call"
          help="Counted against limits and quota; 0 is free"
          {...field("cost")}
        >
          {(control) => <Input defaultValue={endpoint?.cost ?? 1} {...control} type="number" min={0} max={1_000} />}
        </Field>
        <Field
          name="recipientsPerCall"
          label="Recipients of one call"
          help="For bounce and complaint rates, where the call does not say; 0 sends nothing"
          {...field("recipientsPerCall")}
        >
          {(control) => (
            <Input
              defaultValue={endpoint?.recipientsPerCall ?? 0}
              {...control}
              type="number"
              min={0}
              max={1_000}
              inputMode="numeric"
            />
          )}
        </Field>
        <Field name="scope" label="Scope" {...field("scope")}>
          {(control) => (
            <Select
              defaultValue={endpoint?.scope ?? ""}
              {...control}
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
      </PostForm>
    </Sheet>
  );
}
