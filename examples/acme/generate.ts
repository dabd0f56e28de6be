import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { proofFiles } from "./generator/adherence/files.ts";
import { eventFiles } from "./generator/cdevents/write.ts";
import { AS_OF, isoUtc } from "./generator/clock.ts";
import { afterwardsFiles } from "./generator/files/afterwards.ts";
import { changesFile, commitsFile, refsFile, reviewsFile, ticketsFile } from "./generator/files/code.ts";
import { deploymentsFile, pipelineRunsFile, releasesFile } from "./generator/files/delivery.ts";
import { bookingsFile, experimentsFile, flagsFile } from "./generator/files/exposure.ts";
import { milestonesFile, peopleFile, windowsFile } from "./generator/files/organisation.ts";
import { actionsFile, exemptionsFile } from "./generator/files/retrospective.ts";
import { planningFiles } from "./generator/files/planning.ts";
import {
  approvalMatrixFile,
  rehearsalsFile,
  retentionFile,
  roleGrantsFile,
} from "./generator/files/rules.ts";
import { approvalsFile, changeRequestsFile, incidentsFile } from "./generator/files/service-desk.ts";
import { writeTestResults } from "./generator/files/test-results.ts";
import type { TextFile } from "./generator/files/text.ts";
import { importRepository } from "./generator/git/import.ts";
import type { World } from "./generator/records.ts";
import { summarise, type Summary } from "./generator/summary.ts";
import { imagine } from "./generator/world.ts";

export interface GenerateOptions {
  readonly seed?: number;
  /** 1 = two full years; less for a smaller bank with the same stories. */
  readonly scale?: number;
  /** Deployments, runs, tests, changes, reviews, tickets and incidents as CDEvents instead of the systems' exports. */
  readonly events?: boolean;
}

export const SEED = 20260630;

/** Where the two years end: the instant to build the demonstration as of. */
export const ACME_AS_OF = isoUtc(AS_OF);

/**
 * Writes two years of a made-up bank into a directory, as the files and repositories that
 * quarterdeck.yaml names. The same seed and scale give the same bytes.
 */
export async function generateAcme(
  directory: string,
  { seed = SEED, scale = 1, events = false }: GenerateOptions = {},
): Promise<Summary> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(join(directory, "repositories"), { recursive: true });
  const { world, histories } = imagine(seed, scale);
  const imports = histories.map(({ name, stream }) =>
    importRepository(join(directory, "repositories", `${name}.git`), stream),
  );
  if (events) await mkdir(join(directory, "events"));
  const files = [...(events ? eventFiles(world) : exportFiles(world)), ...commonFiles(world, seed)];
  for (const { name, text } of files) await writeFile(join(directory, name), text);
  await Promise.all([...imports, ...(events ? [] : [writeTestResults(directory, world)])]);
  return summarise(world);
}

/** What the systems of the bank export themselves. */
function exportFiles(world: World): TextFile[] {
  return [
    deploymentsFile(world),
    pipelineRunsFile(world),
    releasesFile(world),
    changesFile(world),
    reviewsFile(world),
    ticketsFile(world),
    incidentsFile(world),
  ];
}

/** What CDEvents has no subject for: commits, change requests, and what people keep in spreadsheets. */
function commonFiles(world: World, seed: number): TextFile[] {
  return [
    commitsFile(world),
    refsFile(world),
    changeRequestsFile(world),
    approvalsFile(world),
    peopleFile(seed),
    windowsFile(),
    milestonesFile(),
    flagsFile(),
    experimentsFile(),
    bookingsFile(),
    actionsFile(),
    exemptionsFile(),
    approvalMatrixFile(),
    retentionFile(),
    roleGrantsFile(),
    rehearsalsFile(world),
    ...proofFiles(world),
    ...afterwardsFiles(world, seed),
    ...planningFiles(world),
  ];
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { events: { type: "boolean" } },
  });
  const directory = resolve(positionals[0] ?? join(import.meta.dirname, "data"));
  const summary = await generateAcme(directory, { events: values.events ?? false });
  process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
