import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { stringify } from "yaml";
import { type Company, companyDocument, PARTS, sourcesOf, startCompany } from "./company.ts";
import { addressesOf, ENDING, instructions, SCALE_HELP } from "./vendor.ts";

const FIRST = Math.min(...PARTS.map(({ vendor }) => vendor.port));
const ports = PARTS.map(({ vendor }) => `${vendor.title} (${vendor.port})`).join(", ");

const HELP = `Serves Acme Bank as its systems would, on this machine, until it is stopped: ${ports}.
As GitLab, in place of GitHub: npm run fake:gitlab.

  --folder <path>    where to write a quarterdeck.yaml that reads them; left out = print what to write
  --port <number>    where the first of them listens, the others one further each; ${FIRST}, where nothing is said
${SCALE_HELP}`;

/** Never over something: a folder may hold somebody's configuration. */
function write(folder: string, company: readonly Company[]): string {
  const path = join(resolve(folder), "quarterdeck.yaml");
  mkdirSync(resolve(folder), { recursive: true });
  writeFileSync(path, stringify(companyDocument(company)), { flag: "wx" });
  return `\n${addressesOf(company)}\n${path} reads them.\n${ENDING}`;
}

const { values } = parseArgs({
  options: {
    folder: { type: "string" },
    port: { type: "string", default: String(FIRST) },
    scale: { type: "string", default: "1" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) process.stdout.write(HELP);
else {
  process.stdout.write("Making two years of Acme Bank ...\n");
  const company = await startCompany(Number(values.scale), ({ port }) => port - FIRST + Number(values.port));
  const { folder } = values;
  process.stdout.write(
    folder === undefined ? instructions(company, sourcesOf(company)) : write(folder, company),
  );
}
