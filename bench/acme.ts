import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { generateAcme } from "../examples/acme/generate.ts";
import { collectInto } from "../src/cli/collect.ts";
import { packageFile } from "../src/cli/package-file.ts";
import { LINKS_FILE } from "../src/config/links-file.ts";
import { CONFIG_FILE, loadConfig } from "../src/config/load.ts";
import { realEffects } from "../src/effects.ts";

/** Makes the data of the demo's company and collects it. @returns the database */
export async function collectAcme(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  for (const file of [CONFIG_FILE, LINKS_FILE]) await copyFile(packageFile("examples", "acme", file), join(folder, file));
  await generateAcme(join(folder, "data"));
  const quiet = { ...realEffects, cwd: folder, isTerminal: false, stdout: () => undefined, stderr: () => undefined };
  await collectInto(await loadConfig(join(folder, CONFIG_FILE), quiet), {}, quiet);
  return join(folder, "quarterdeck.duckdb");
}
