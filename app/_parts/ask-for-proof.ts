/** Resolves to whether the person has proven that it is them. */
type Asker = () => Promise<boolean>;

let asker: Asker | null = null;

/** Makes a dialog the one that asks, until the returned function is called. */
export function askWith(given: Asker): () => void {
  asker = given;
  return () => {
    if (asker === given) asker = null;
  };
}

/** Asks the person for their password, wherever they are; false = they would not, or this page has nothing to ask with. */
export async function askForProof(): Promise<boolean> {
  return asker === null ? false : asker();
}
