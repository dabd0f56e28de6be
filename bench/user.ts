import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../src/cli/main.ts";
import { realEffects } from "../src/effects.ts";
import { makeRepository } from "../test/support/git.ts";
import { costOf, peakGigabytes } from "./costs.ts";
import type { Options } from "./options.ts";
import { report } from "./report.ts";

/** What a user waits for: a repository of 3,500 commits collected and measured, and the demo. */
export async function waits(options: Options): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-bench-"));
  const effects = { ...realEffects, cwd: folder, isTerminal: false, stdout: () => undefined, stderr: () => undefined };
  const quarterdeck = (...args: string[]) => main(args, effects);
  try {
    await makeHistory(folder, 3_500);
    const costs = [
      await costOf("collect 3,500 commits (at most 5 s)", () => quarterdeck("collect")),
      await costOf("collect again, nothing new (at most 1 s)", () => quarterdeck("collect")),
      await costOf("metrics, model built", () => quarterdeck("metrics")),
      await costOf("metrics, model there", () => quarterdeck("metrics")),
      await costOf("demo: generate, collect, site and packs (at most 60 s)", () => quarterdeck("demo")),
    ];
    report({ what: "demo", size: "S", costs, figures: { peak_gb: peakGigabytes() } }, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeHistory(folder: string, commits: number): Promise<void> {
  const start = Date.UTC(2020, 0, 1);
  const at = (index: number) => new Date(start + index * 3_600_000).toISOString();
  const history = Array.from({ length: commits }, (_, index) => [
    { commit: `c${index}`, message: `Change ${index} (#${index})`, at: at(index) },
    ...(index % 20 === 19 ? [{ tag: `v1.${index}`, of: `c${index}`, at: at(index) }] : []),
  ]).flat();
  await makeRepository(join(folder, "api"), history);
  await writeFile(
    join(folder, "quarterdeck.yaml"),
    `organisation: Bench
services: { api: { repository: api } }
sources:
  git:
    collector: git
    repositories:
      - path: api
        releases: [{ tags: "v{version}", service: api }]
`,
  );
}
