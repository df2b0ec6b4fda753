"use client"; // Goes on to the issuer by itself.

import { useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { startPath } from "#core/auth/issuer-path.ts";
import { SingleSignOnWay } from "../single-sign-on-way.tsx";
import { findWaysOfAddressAction } from "./actions.ts";
import { NoIssuer } from "./no-issuer.tsx";

type Found = { domain: string; ways: { id: string; name: string }[] };

export function CompanyForm({ next }: { next: string }) {
  const [found, setFound] = useState<Found | null>(null);
  const find = useActionForm(findWaysOfAddressAction, {
    onDone: (answer) => {
      const [only, ...more] = answer.ways;
      setFound(answer);
      // A whole page: the address leads on to the issuer.
      if (only && more.length === 0) window.location.assign(startPath(only.id, next));
    },
  });
  return (
    <PostForm sends={find} className="flex flex-col gap-4">
      <input type="hidden" name="_next" value={next} />
      <Field name="email" label="E-mail address" required {...find.field("email")}>
        {(control) => <Input {...control} type="email" autoComplete="username" autoFocus />}
      </Field>
      <div role="alert">
        {find.message ? <FieldError id="company-error">{find.message}</FieldError> : null}
        {found?.ways.length === 0 ? <NoIssuer domain={found.domain} /> : null}
      </div>
      <Button type="submit" variant="primary" size="lg" pending={find.pending}>
        Continue
      </Button>
      {found && found.ways.length > 1
        ? found.ways.map(({ id, name }) => <SingleSignOnWay key={id} providerId={id} name={name} next={next} />)
        : null}
    </PostForm>
  );
}
