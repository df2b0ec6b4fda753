import { currentSession } from "#app/_lib/context.ts";
import { proofWaysOf } from "#app/_lib/proof-ways.ts";
import { ProofDialog } from "./proof-dialog.tsx";

/** Lets what is sent from this page ask for a proof, in a way that its person has. */
export async function ProofHost() {
  return <ProofDialog ways={proofWaysOf(await currentSession())} />;
}
