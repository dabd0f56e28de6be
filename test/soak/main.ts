import { parseArgs } from "node:util";
import { runSeed, type Scenario } from "./scenario.ts";
import { fuzzReaders } from "./fuzz/main.ts";
import { SCENARIOS } from "./scenarios.ts";

/**
 * Many more seeds than every test run goes through: `npm run soak`. `-- --scenario runner` for one of them, `--from 301 --seeds 50`
 * for other seeds, `--seed 123` for one seed again. `-- fuzz [reader] [inputs] [seed]` for altered payloads.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    scenario: { type: "string" },
    seed: { type: "string" },
    from: { type: "string", default: "1" },
    seeds: { type: "string" },
  },
});

if (positionals[0] === "fuzz") process.exit(await fuzzReaders(positionals.slice(1)));

interface Result {
  readonly name: string;
  readonly seeds: number;
  readonly failed: readonly number[];
  /** What no seed did: it is not proven. */
  readonly never: readonly string[];
  readonly seconds: number;
}

const chosen = SCENARIOS.filter(({ name }) => values.scenario === undefined || values.scenario === name);
if (chosen.length === 0) {
  process.stderr.write(`expected a scenario: ${SCENARIOS.map(({ name }) => name).join(", ")}\n`);
  process.exit(2);
}

const results: Result[] = [];
for (const scenario of chosen) results.push(await soak(scenario));
for (const { name, seeds, failed, never, seconds } of results) {
  const which = failed.length === 0 ? "none failed" : `failed: ${failed.join(", ")}`;
  const not = never.length === 0 ? "" : `; never happened: ${never.join(", ")}`;
  process.stdout.write(`${name}: ${seeds} seeds in ${seconds} s, ${which}${not}\n`);
}
process.exitCode = results.some(({ failed }) => failed.length > 0) ? 1 : 0;

function seedsOf({ seeds }: Scenario): number[] {
  if (values.seed !== undefined) return [Number(values.seed)];
  return Array.from(
    { length: Number(values.seeds ?? seeds.soak) },
    (_, index) => Number(values.from) + index,
  );
}

async function soak(scenario: Scenario): Promise<Result> {
  const began = performance.now();
  const seeds = seedsOf(scenario);
  const failed: number[] = [];
  const seen = new Set<string>();
  for (const [index, seed] of seeds.entries()) {
    const happened = await holds(scenario, seed);
    if (happened === undefined) failed.push(seed);
    else for (const kind of happened) seen.add(kind);
    if ((index + 1) % 10 === 0)
      process.stdout.write(`${scenario.name}: ${index + 1} of ${seeds.length}, ${failed.length} failed\n`);
  }
  return {
    name: scenario.name,
    seeds: seeds.length,
    failed,
    never: scenario.kinds.filter((kind) => !seen.has(kind)),
    seconds: Math.round((performance.now() - began) / 1000),
  };
}

/** What happened, or nothing where it does not hold. */
async function holds(scenario: Scenario, seed: number): Promise<ReadonlySet<string> | undefined> {
  try {
    return await runSeed(scenario, seed);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const again = `npm run soak -- --scenario ${scenario.name} --seed ${seed}`;
    process.stdout.write(`${scenario.name}: seed ${seed} failed; again: ${again}\n${what}\n`);
    return undefined;
  }
}
