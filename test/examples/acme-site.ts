import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { inject } from "vitest";
import { ACME_AS_OF, generateAcme } from "../../examples/acme/generate.ts";
import { main } from "../../src/cli/main.ts";
import { packageRoot } from "../../src/package-root.ts";
import { recordedEffects } from "../cli/effects.ts";

export interface AcmeSite {
  /** The site that has everything, which other test files read too. */
  readonly output: string;
  /** The folders of all audiences. */
  readonly audiences: string;
  readonly read: (path: string) => string;
}

/** Two years of the bank, collected and built as anybody would; once for all test files. */
export async function acmeSite(): Promise<AcmeSite> {
  const folder = join(inject("acmeFolder"), "acme");
  const end = join(inject("acmeFolder"), "end");
  if (isFirst(folder)) writeFileSync(end, await build(folder).catch(String));
  while (!existsSync(end)) await setTimeout(200);
  const said = readFileSync(end, "utf8");
  if (said !== "") throw new Error(said);
  const audiences = join(folder, "public");
  const output = join(audiences, "audit");
  return { output, audiences, read: (path) => readFileSync(join(output, path), "utf8") };
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}

/** Below `publish`, with which the file ends: one build makes what all tests read, in two threads. */
const AUDIENCES = "  audiences: { leadership: leadership, teams: teams, audit: audit }\npage_threads: 2\n";

async function build(folder: string): Promise<string> {
  for (const file of ["quarterdeck.yaml", "links.csv"])
    cpSync(join(packageRoot, "examples/acme", file), join(folder, file));
  appendFileSync(join(folder, "quarterdeck.yaml"), AUDIENCES);
  await generateAcme(join(folder, "data"));
  // 1 = rows were rejected, which Acme has on purpose.
  await expectCode(folder, 1, "collect");
  await expectCode(folder, 0, "build", "--as-of", ACME_AS_OF);
  return "";
}

async function expectCode(folder: string, expected: number, ...args: string[]): Promise<void> {
  const effects = recordedEffects(folder);
  const code = await main(args, effects);
  if (code !== expected) throw new Error(`quarterdeck ${args.join(" ")} ended with ${code}`);
}
