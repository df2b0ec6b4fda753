import { FindingList } from "#app/_parts/finding-list.tsx";
import { Panel } from "#components/ui/panel.tsx";
import type { NamedFinding } from "#core/usage/read-diagnosis.ts";

/** What an account's clients do wrong, in the words its owner reads under Health. Not there when there is nothing to say. */
export function DiagnosisPanel({ findings }: { findings: readonly NamedFinding[] }) {
  if (findings.length === 0) return null;
  return (
    <Panel title="Diagnosis" aside="last 24 hours · sealed with an action and shown to the owner" flush>
      <FindingList findings={findings} tokenOf={({ tokenName }) => <span className="text-ink-2">{tokenName}</span>} />
    </Panel>
  );
}
