import { Panel } from "#components/ui/panel.tsx";
import { SecretText } from "#components/ui/secret-text.tsx";

export type ShownOnce = {
  title: string;
  text: string;
  secret: string | null;
  /** What is copied, as in "Copy token". */
  what: string;
};

export default function ShownOnceBody({ shown, back }: { shown: ShownOnce; back: string }) {
  const { title, text, secret, what } = shown;
  return (
    <Panel title={title}>
      <p className="mb-3">{text}</p>
      {secret === null ? null : <SecretText value={secret} what={what} wrap />}
      {/* No Link: the page is loaded anew, so that nothing of it stays in memory. */}
      <p className="mt-3">
        <a href={back} className="underline underline-offset-2">
          {secret === null ? "Done" : "I have stored it"}
        </a>
      </p>
    </Panel>
  );
}
