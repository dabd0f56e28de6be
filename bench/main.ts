import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../src/cli/main.ts";
import { realEffects } from "../src/effects.ts";
import { makeRepository } from "../test/support/git.ts";
import { correlationScale } from "./correlation/scale.ts";
import { lighthouseOfSite } from "./lighthouse/main.ts";
import { linkScale } from "./links/scale.ts";
import { linkWorlds } from "./links/worlds.ts";
import { patternScale } from "./patterns/scale.ts";
import { patternWorlds } from "./patterns/worlds.ts";
import { controls } from "./scale/controls.ts";
import { scale } from "./scale/scale.ts";
import { site } from "./site.ts";
import { print, timed } from "./time.ts";
import { packs } from "./packs.ts";
import { peers } from "./peers.ts";
import { weight } from "./weight.ts";

/**
 * What a user waits for, on this machine: `npm run bench`. With a number: also the model over a made-up
 * history of so many deployments, query by query. `npm run bench -- site 200 20000`: only the site of so many
 * services and deployments (`2,24,127`: of several sizes), with its heaviest pages. `-- peers`: the same pages and packs made by others. `-- packs`: what a page of a pack costs. `-- patterns 500000`: only risk patterns over so many deployments. `-- worlds 0.1`: only
 * made-up organisations of which is known what matters, a tenth of those in docs/risk-patterns.md. `-- links 500000` and
 * `-- link-worlds 0.1`: the same for links between incidents and deployments. `-- controls 200000`: only controls over so many deployments.
 * `-- correlation 500000`: all of correlation, in the one transaction of a build. `-- lighthouse [folder] [runs]`: Lighthouse over each kind of
 * page of a site, without a folder that of Acme. `-- weight [folder]`: the heaviest page of each kind.
 */
if (process.argv[2] === "lighthouse") {
  await lighthouseOfSite(process.argv[3], Number(process.argv[4] ?? 5), process.argv[5] ?? "");
  process.exit();
}
if (process.argv[2] === "site") {
  await site((process.argv[3] ?? "200").split(",").map(Number), process.argv[4] === undefined ? undefined : Number(process.argv[4]));
  process.exit();
}
if (process.argv[2] === "peers") {
  await peers(Number(process.argv[3] ?? 200), Number(process.argv[4] ?? 250));
  process.exit();
}
if (process.argv[2] === "packs") {
  await packs(process.argv[3]);
  process.exit();
}
if (process.argv[2] === "weight") {
  await weight(process.argv[3] ?? "public");
  process.exit();
}
if (process.argv[2] === "controls") {
  await controls(Number(process.argv[3] ?? 200_000));
  process.exit();
}
if (process.argv[2] === "patterns") {
  await patternScale(Number(process.argv[3] ?? 500_000));
  process.exit();
}
if (process.argv[2] === "links") {
  await linkScale(Number(process.argv[3] ?? 500_000));
  process.exit();
}
if (process.argv[2] === "correlation") {
  await correlationScale(Number(process.argv[3] ?? 500_000));
  process.exit();
}
if (process.argv[2] === "link-worlds") {
  await linkWorlds(Number(process.argv[3] ?? 1));
  process.exit();
}
if (process.argv[2] === "worlds") {
  await patternWorlds(Number(process.argv[3] ?? 1));
  process.exit();
}

const folder = await mkdtemp(join(tmpdir(), "quarterdeck-bench-"));
const effects = {
  ...realEffects,
  cwd: folder,
  isTerminal: false,
  stdout: () => undefined,
  stderr: () => undefined,
};
const quarterdeck = (...args: string[]) => main(args, effects);

try {
  await makeHistory(3_500);
  print(await timed("collect 3,500 commits (at most 5 s)", () => quarterdeck("collect")));
  print(await timed("collect again, nothing new (at most 1 s)", () => quarterdeck("collect")));
  print(await timed("metrics, model built", () => quarterdeck("metrics")));
  print(await timed("metrics, model there", () => quarterdeck("metrics")));
  print(await timed("demo: generate, collect, site and packs (at most 60 s)", () => quarterdeck("demo")));
  const deployments = Number(process.argv[2] ?? 0);
  if (deployments > 0) await scale(deployments);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function makeHistory(commits: number): Promise<void> {
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
