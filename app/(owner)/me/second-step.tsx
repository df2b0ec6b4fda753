"use client"; // Holds the app's secret and the recovery codes in memory while they are shown.

import { useRouter } from "next/navigation";
import { useState } from "react";
import { PostForm } from "#app/_parts/post-form.tsx";
import { useActionForm } from "#app/_parts/use-action-form.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyOnce } from "#components/ui/copy-once.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field, FieldError } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { SecretText } from "#components/ui/secret-text.tsx";
import { toast } from "#components/ui/toast.ts";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import { confirmTotpAction, removeTotpAction, renewRecoveryCodesAction, startTotpAction } from "./actions.ts";
import { AskPassword } from "./ask-password.tsx";

type Started = { secret: string; picture: string };

/** An authenticator app as a second step of signing in. */
export function SecondStep({ since, codesLeft }: { since: Date | null; codesLeft: number }) {
  const router = useRouter();
  const [started, setStarted] = useState<Started | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const finish = (made: string[]) => {
    setStarted(null);
    setCodes(made);
  };
  return (
    <div className="flex flex-col items-start gap-3">
      {since ? (
        <>
          <p>
            Signing in requires a code from your authenticator app since <ZonedTime at={since} style="date" />.{" "}
            {codesLeft} of 10 recovery codes are unused.
          </p>
          <div className="flex flex-wrap gap-2">
            <AskPassword
              trigger={<Button>New recovery codes</Button>}
              title="New recovery codes"
              description="The old ones stop working."
              confirmLabel="Create new codes"
              action={renewRecoveryCodesAction}
              asksCode
              onDone={(done) => setCodes(done.codes)}
            />
            <AskPassword
              trigger={<Button>Remove</Button>}
              title="Remove two-step sign-in?"
              description="Your password will be enough to sign in."
              confirmLabel="Remove"
              action={removeTotpAction}
              asksCode
              onDone={() => {
                toast.success("Two-step sign-in removed");
                router.refresh();
              }}
            />
          </div>
        </>
      ) : (
        <>
          <p className="text-ink-2">
            With an authenticator app, someone who learns your password still cannot sign in.
          </p>
          <AskPassword
            trigger={<Button variant="primary">Set up an app</Button>}
            title="Set up an authenticator app"
            description="Enter your password first."
            confirmLabel="Continue"
            action={startTotpAction}
            onDone={setStarted}
          />
        </>
      )}
      {started ? <ScanAndConfirm started={started} onClose={() => setStarted(null)} onDone={finish} /> : null}
      {codes ? (
        <CopyOnce
          open
          title="Recovery codes"
          description="Each code signs you in once without the app. Store them where you can reach them without your phone; they are not shown again."
          secret={codes.join("\n")}
          what="recovery codes"
          onStored={() => {
            setCodes(null);
            router.refresh();
          }}
        />
      ) : null}
    </div>
  );
}

type ScanProps = { started: Started; onClose: () => void; onDone: (codes: string[]) => void };

function ScanAndConfirm({ started, onClose, onDone }: ScanProps) {
  const confirm = useActionForm(confirmTotpAction, { onDone: ({ codes }) => onDone(codes) });
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title="Scan this with your app"
      description="Or enter the key by hand. Then enter the code the app shows."
    >
      <PostForm sends={confirm} className="flex flex-col gap-4">
        {/* White in the dark too: a camera needs it. */}
        {/* biome-ignore lint/performance/noImgElement: it is made in the moment and never fetched. */}
        <img
          alt="QR code of the key below"
          src={`data:image/svg+xml;utf8,${encodeURIComponent(started.picture)}`}
          className="size-48 self-center rounded-md bg-white"
        />
        <SecretText value={started.secret} what="key" wrap />
        <Field name="code" label="Code" required {...confirm.field("code")}>
          {(control) => (
            <Input {...control} autoComplete="one-time-code" inputMode="numeric" maxLength={10} className="font-mono" />
          )}
        </Field>
        <div role="alert">{confirm.message ? <FieldError id="confirm-error">{confirm.message}</FieldError> : null}</div>
        <Button type="submit" variant="primary" pending={confirm.pending}>
          Turn on
        </Button>
      </PostForm>
    </Dialog>
  );
}
