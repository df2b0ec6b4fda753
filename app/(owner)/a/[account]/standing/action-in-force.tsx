import type { ReactNode } from "react";
import { EvidencePanel } from "#app/_parts/evidence-panel.tsx";
import { DefinitionList } from "#components/ui/definition-list.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ZonedTime } from "#components/ui/zoned-time.tsx";
import type { StandingView } from "#core/enforcement/get-standing.ts";
import * as words from "#words/words.ts";
import { Countdown } from "./countdown.tsx";

type Action = StandingView["actions"][number];

/** One action in force: what it is, why, what still works, what ends it. */
export function ActionInForce({ action, appeal }: { action: Action; appeal: ReactNode }) {
  const { statement } = action;
  return (
    <Panel
      title={`${words.inForce(action)}${action.type === "notice" ? "" : action.endsAt ? " temporarily" : " without an end date"}`}
      aside={<Ending action={action} />}
    >
      <div className="flex flex-col gap-4">
        {statement ? (
          <p className="max-w-prose whitespace-pre-wrap text-md">{statement.publicText}</p>
        ) : (
          <p className="max-w-prose text-md">
            The provider has not given its reasons yet. It must do so
            {action.noticeDueAt ? (
              <>
                {" "}
                by <ZonedTime at={action.noticeDueAt.toISOString()} style="long" />
              </>
            ) : null}
            ; they will appear here.
          </p>
        )}
        <DefinitionList
          layout="text"
          items={[
            ...(statement
              ? [
                  { term: "Reason", value: statement.reasonTitle },
                  {
                    term: "Policy",
                    value: (
                      <>
                        {action.policyTitle}, version {action.policyNumber}
                        {statement.clause ? `, clause ${statement.clause.number} (${statement.clause.title})` : ""}
                        {statement.clause ? (
                          <span className="block max-w-prose text-ink-2">“{statement.clause.text}”</span>
                        ) : null}
                      </>
                    ),
                  },
                ]
              : []),
            {
              term: "Since",
              value: action.appliedAt ? <ZonedTime at={action.appliedAt.toISOString()} style="long" /> : "–",
            },
            {
              term: "Ends",
              value:
                action.type === "notice" ? (
                  "When an owner or developer acknowledges it below."
                ) : action.windDownEndsAt ? (
                  <>
                    Until <ZonedTime at={action.windDownEndsAt.toISOString()} style="long" /> the provider can lift it.
                    Then the tokens are destroyed and it is final.
                  </>
                ) : action.lapsesAt ? (
                  <>
                    Not before <ZonedTime at={action.lapsesAt.toISOString()} style="long" /> unless the provider lifts
                    it. A second person at the provider may confirm it and make it last longer.
                  </>
                ) : action.endsAt ? (
                  <>
                    Automatically at <ZonedTime at={action.endsAt.toISOString()} style="long" />, or when the provider
                    lifts it. Your tokens then work as before.
                  </>
                ) : (
                  "No end date: it ends when the provider lifts it. Your tokens then work as before."
                ),
            },
            { term: "Still works", value: words.stillWorks(action) },
            {
              term: "Decided by",
              value: "A person at the provider, based on numbers that detectors counted. No program decided it.",
            },
            {
              term: "If you disagree",
              value: (
                <>Appeal within 180 days, free of charge. Someone who was not involved reads your appeal and decides.</>
              ),
            },
            { term: "Billing", value: action.billingConsequence },
          ]}
        />
        {appeal ? <div>{appeal}</div> : null}
        {statement?.evidence ? <EvidencePanel evidence={statement.evidence} /> : null}
      </div>
    </Panel>
  );
}

function Ending({ action }: { action: Action }) {
  return action.endsAt ? <Countdown until={action.endsAt.toISOString()} /> : <>no end date</>;
}
