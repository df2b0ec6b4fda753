import { describe, expect, it } from "vitest";
import { runStages } from "./run-stages.mjs";

/** Stages that end when they are told to, and what came of them. */
function controlled(after: Record<string, string[]>) {
  const printed: string[] = [];
  const started: string[] = [];
  const end: Record<string, (error?: Error) => void> = {};
  const writers: Record<string, (text: string) => void> = {};
  const stages = Object.fromEntries(
    Object.entries(after).map(([name, before]) => [
      name,
      {
        after: before,
        run: (write: (text: string) => void) => {
          started.push(name);
          writers[name] = write;
          return new Promise<void>((resolve, reject) => {
            end[name] = (error) => (error ? reject(error) : resolve());
          });
        },
      },
    ]),
  );
  const run = (wanted = Object.keys(after)) => runStages(stages, wanted, (text) => printed.push(text));
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { run, started, end, writers, turn, text: () => printed.join("") };
}

describe("stages of a test run", () => {
  it("run side by side where nothing keeps them apart", async () => {
    const { run, started, end } = controlled({ types: [], lint: [] });
    const done = run();
    expect(started).toEqual(["types", "lint"]);
    end.lint?.();
    end.types?.();
    expect(await done).toEqual({ failures: [], notRun: [] });
  });

  it("start when the stages before them have passed", async () => {
    const { run, started, end, turn } = controlled({ types: [], build: ["types"] });
    const done = run();
    expect(started).toEqual(["types"]);
    end.types?.();
    await turn();
    expect(started).toEqual(["types", "build"]);
    end.build?.();
    await done;
  });

  it("do not wait for a stage that was not asked for", async () => {
    const { run, started, end } = controlled({ types: [], build: ["types"] });
    const done = run(["build"]);
    expect(started).toEqual(["build"]);
    end.build?.();
    await done;
  });

  it("start no more after a failure", async () => {
    const { run, started, end } = controlled({ types: [], build: ["types"] });
    const done = run();
    end.types?.(new Error("wrong"));
    expect(await done).toMatchObject({ failures: [{ name: "types" }], notRun: ["build"] });
    expect(started).toEqual(["types"]);
  });

  it("keep what they printed for the report of a failure", async () => {
    const { run, end, writers } = controlled({ unit: [], lint: [] });
    const done = run();
    writers.unit?.("an error that nobody caught");
    end.unit?.(new Error("wrong"));
    end.lint?.();
    expect((await done).failures).toMatchObject([{ name: "unit", output: "an error that nobody caught" }]);
  });

  it("are finished when another one fails meanwhile", async () => {
    const { run, end, turn, text } = controlled({ lint: [], unit: [] });
    const done = run();
    end.lint?.(new Error("wrong"));
    await turn();
    end.unit?.();
    expect(await done).toMatchObject({ failures: [{ name: "lint" }], notRun: [] });
    expect(text()).toMatch(/lint: failed.*unit: passed/s);
  });

  it("print each in one piece", async () => {
    const { run, end, writers, turn, text } = controlled({ lint: [], unit: [] });
    const done = run();
    writers.lint?.("a");
    writers.unit?.("1");
    writers.lint?.("b");
    writers.unit?.("2");
    end.lint?.();
    await turn();
    end.unit?.();
    await done;
    expect(text()).toMatch(/lint: passed, 0 s\nab\n.*unit: passed, 0 s\n12$/s);
  });

  it("print at once when there is one only", async () => {
    const { run, end, writers, text } = controlled({ lint: [] });
    const done = run();
    writers.lint?.("a");
    expect(text()).toContain("a");
    end.lint?.();
    await done;
  });
});
