"use client"; // Adds the reader's own address at a press.

import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/textarea.tsx";
import { networkLines } from "./token-fields.ts";

type NetworksFieldProps = {
  /** One address or network per line. */
  value: string;
  onChange: (value: string) => void;
  /** Null = not known. */
  myAddress: string | null;
  error?: string;
};

/** From where a token may be used. */
export function NetworksField({ value, onChange, myAddress, error }: NetworksFieldProps) {
  const isListed = myAddress !== null && networkLines(value).includes(myAddress);
  return (
    <div className="flex flex-col items-start gap-2">
      <Field
        name="_networks"
        label="Allowed addresses"
        optional
        className="w-full"
        help="One per line, IPv4 or IPv6: 203.0.113.7 or 2001:db8::/48. Leave empty to allow any address."
        {...(error ? { error } : {})}
      >
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={3}
            spellCheck={false}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      {myAddress ? (
        <Button size="sm" disabled={isListed} onClick={() => onChange([...networkLines(value), myAddress].join("\n"))}>
          {isListed ? "Your address is listed" : `Add my address (${myAddress})`}
        </Button>
      ) : null}
    </div>
  );
}
