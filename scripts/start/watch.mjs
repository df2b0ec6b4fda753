import { bundleOptions } from "../build/bundles.mjs";

/**
 * For development: bundles again on every change of a source and says so.
 * @param {string} project
 * @param {{ onRebuilt: () => void, onProblem: (text: string) => void }} listeners
 * @returns {Promise<() => Promise<void>>} ends the watching
 */
export async function watchBundles(project, { onRebuilt, onProblem }) {
  const esbuild = await import("esbuild");
  let first = true;
  /** @type {import("esbuild").Plugin} */
  const report = {
    name: "report",
    setup(build) {
      build.onEnd(async ({ errors }) => {
        if (errors.length > 0) {
          const messages = await esbuild.formatMessages(errors, { kind: "error" });
          onProblem(messages.join("").trimEnd());
        } else if (!first) {
          onRebuilt();
        }
        first = false;
      });
    },
  };
  const context = await esbuild.context({ ...bundleOptions(project), plugins: [report] });
  await context.watch();
  return () => context.dispose();
}
