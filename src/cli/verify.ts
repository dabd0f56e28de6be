import { loadConfig } from "../config/load.ts";
import type { Effects } from "../effects.ts";
import { printable } from "../printable.ts";
import { openWarehouse } from "../warehouse/open.ts";
import { verifyChain } from "../warehouse/verify.ts";
import { readArguments } from "./command.ts";
import { verify as command } from "./help/verify.ts";
import { databaseOf } from "./session.ts";

/** Recomputes every hash of what was collected. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values } = readArguments(command, args);
  const loaded = await loadConfig(values.config, effects, { secrets: "ignored" });
  const warehouse = await openWarehouse(databaseOf(loaded), {
    mode: "read",
    memoryLimit: loaded.config.database_memory,
  });
  try {
    const { records, batches, head, problems } = await verifyChain(warehouse);
    for (const { problem } of problems) effects.stdout(`${printable(problem)}\n`);
    effects.stdout(`${records} records in ${batches} batches, chain head ${head}: ${verdictOn(problems.length)}\n`);
    return problems.length === 0 ? 0 : 1;
  } finally {
    warehouse.close();
  }
}

function verdictOn(problems: number): string {
  if (problems === 0) return "all hashes match";
  return problems === 1 ? "1 does not match" : `${problems} do not match`;
}
