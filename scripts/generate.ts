/**
 * Writes every file that is made from the code: `npm run generate`. With `--check` it writes nothing and
 * exits with 1 when one of them is not what it would write.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { format, resolveConfig } from "prettier";
import { commandsReference } from "./commands-reference.ts";
import { configurationReference } from "./configuration-reference.ts";
import { configurationSchema } from "./configuration-schema.ts";
import { dataReference } from "./data-reference.ts";
import { entityReference } from "./generate-entities.ts";
import { pageScripts } from "./page-scripts.ts";
import { practicesReference } from "./practices-reference.ts";
import { queriesReference } from "./queries-reference.ts";
import { rowTypes } from "./row-types.ts";
import { thirdParty } from "./third-party.ts";

interface Target {
  /** Relative to the repository. */
  readonly path: string;
  readonly content: () => string | Promise<string>;
}

const targets: readonly Target[] = [
  { path: "schema/quarterdeck.schema.json", content: configurationSchema },
  { path: "docs/configuration.md", content: configurationReference },
  { path: "docs/data.md", content: dataReference },
  { path: "docs/entities.md", content: entityReference },
  { path: "docs/commands.md", content: commandsReference },
  { path: "docs/practices.md", content: practicesReference },
  { path: "docs/queries.md", content: queriesReference },
  { path: "THIRD-PARTY.md", content: thirdParty },
  { path: "src/site/scripts/short.json", content: pageScripts },
  { path: "src/warehouse/rows.ts", content: rowTypes },
];

const repository = join(import.meta.dirname, "..");

async function formatted({ path, content }: Target): Promise<string> {
  const filepath = join(repository, path);
  return format(await content(), { ...(await resolveConfig(filepath)), filepath });
}

const current = (path: string) => readFile(join(repository, path), "utf8").catch(() => undefined);

async function staleTargets(): Promise<{ path: string; text: string }[]> {
  const made = await Promise.all(
    targets.map(async (target) => ({ path: target.path, text: await formatted(target) })),
  );
  const stale = await Promise.all(made.map(async ({ path, text }) => (await current(path)) !== text));
  return made.filter((_, index) => stale[index]);
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(repository, path)), { recursive: true });
  await writeFile(join(repository, path), text);
}

const isCheck = process.argv.includes("--check");
const stale = await staleTargets();
if (!isCheck) await Promise.all(stale.map(({ path, text }) => write(path, text)));
for (const { path } of stale) console.log(isCheck ? `stale: ${path} (npm run generate)` : `wrote ${path}`);
if (isCheck && stale.length > 0) process.exitCode = 1;
