import { cpSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ACME_AS_OF, generateAcme } from "../../examples/acme/generate.ts";
import { main } from "../../src/cli/main.ts";
import { packageRoot } from "../../src/package-root.ts";
import { recordedEffects } from "../cli/effects.ts";

export interface AcmeSite {
  /** Where config, data and database are; for the caller to remove. */
  readonly folder: string;
  /** The site. */
  readonly output: string;
  readonly read: (path: string) => string;
}

/** Two years of the bank, collected and built as anybody would. */
export async function acmeSite(): Promise<AcmeSite> {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-acme-"));
  cpSync(join(packageRoot, "examples/acme/quarterdeck.yaml"), join(folder, "quarterdeck.yaml"));
  await generateAcme(join(folder, "data"));
  // 1 = rows were rejected, which Acme has on purpose.
  await expectCode(folder, 1, "collect");
  await expectCode(folder, 0, "build", "--as-of", ACME_AS_OF);
  const output = join(folder, "public");
  return { folder, output, read: (path) => readFileSync(join(output, path), "utf8") };
}

async function expectCode(folder: string, expected: number, ...args: string[]): Promise<void> {
  const effects = recordedEffects(folder);
  const code = await main(args, effects);
  if (code !== expected) throw new Error(`quarterdeck ${args.join(" ")} ended with ${code}`);
}
