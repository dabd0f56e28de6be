import { resolve } from "node:path";
import { loadConfig } from "../config/load.ts";
import type { Effects } from "../effects.ts";
import { UsageError } from "../errors.ts";
import { printable } from "../printable.ts";
import { openWarehouse } from "../warehouse/open.ts";
import { verifyChain } from "../warehouse/verify.ts";
import { readArguments } from "./command.ts";
import { verify as command } from "./help/verify.ts";
import { databaseOf } from "./session.ts";

/** Recomputes every hash of what was collected, or of a pack. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  const [pack] = positionals;
  if (pack === undefined) {
    const ofPacks = (["key", "allowed-signers", "namespace", "evidence", "pack-sql", "files-only", "json"] as const).find((name) => values[name] !== undefined);
    if (ofPacks !== undefined) throw new UsageError(`verify: --${ofPacks} is about a pack: name its folder or zip`);
    return verifyDatabase(values.config, effects);
  }
  const { sayVerdict, verdictOn } = await import("./verify-pack.ts");
  const given = { keys: values.key, allowedSigners: values["allowed-signers"], namespace: values.namespace };
  const computing = {
    evidence: values.evidence && resolve(effects.cwd, values.evidence),
    packSql: values["pack-sql"],
    isLeftOut: values["files-only"],
  };
  const verdict = await verdictOn(resolve(effects.cwd, pack), given, computing, effects);
  sayVerdict(verdict, values.json === true, effects);
  return verdict.findings.length === 0 ? 0 : 1;
}

async function verifyDatabase(config: string | undefined, effects: Effects): Promise<number> {
  const loaded = await loadConfig(config, effects, { secrets: "ignored" });
  const warehouse = await openWarehouse(databaseOf(loaded), {
    mode: "read",
    memoryLimit: loaded.config.database_memory,
  });
  try {
    const { records, batches, head, gone, erased, problems } = await verifyChain(warehouse);
    for (const { problem } of problems) effects.stdout(`${printable(problem)}\n`);
    effects.stdout(`${records} records in ${batches} batches, chain head ${head}: ${inWords(problems.length)}${erasedWords(erased)}${goneWords(gone)}\n`);
    return problems.length === 0 ? 0 : 1;
  } finally {
    warehouse.close();
  }
}

const erasedWords = (erased: number) =>
  erased === 0 ? "" : `; ${erased} ${erased === 1 ? "version was" : "versions were"} erased, and known by ${erased === 1 ? "its" : "their"} hash alone, with reason and who asked in \`raw.erasure\``;

const goneWords = (gone: number) =>
  gone === 0 ? "" : `; of ${gone} ${gone === 1 ? "version" : "versions"}, known by their hash alone, \`quarterdeck dispose --list\` says why`;

function inWords(problems: number): string {
  if (problems === 0) return "all hashes match";
  return problems === 1 ? "1 does not match" : `${problems} do not match`;
}
