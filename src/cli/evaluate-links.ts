import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { readCsv } from "../../collectors/files/formats/csv.ts";
import { FileProblem } from "../../collectors/reading/problem.ts";
import type { Effects } from "../effects.ts";
import { DataError, UsageError } from "../errors.ts";
import { evaluateLinks, type LabelledRow, type LinkEvaluation } from "../warehouse/evaluate-links.ts";
import { readArguments } from "./command.ts";
import { evaluateLinks as command } from "./help/evaluate-links.ts";
import { printRows } from "./output.ts";
import { openSession } from "./session.ts";

/** Holds the links that evidence makes against a file of known causes. */
export async function run(args: string[], effects: Effects): Promise<number> {
  const { values, positionals } = readArguments(command, args);
  const file = positionals[0];
  if (file === undefined)
    throw new UsageError("evaluate-links: name the file of known causes, a CSV with incident and deployment");
  const labelled = await labelledIn(resolve(effects.cwd, file), file);
  const session = await openSession(values, effects);
  try {
    const found = await evaluateLinks(session.warehouse, labelled, session.input.variables);
    if (values.json === true) effects.stdout(`${JSON.stringify(found, null, 2)}\n`);
    else printText(found, effects);
    return found.unknown.length > 0 ? 1 : 0;
  } finally {
    session.warehouse.close();
  }
}

async function labelledIn(path: string, shown: string): Promise<LabelledRow[]> {
  const bytes = await readFile(path).catch(() => {
    throw new UsageError(`there is no file ${shown} that can be read`);
  });
  try {
    return labelledRows(bytes);
  } catch (error) {
    throw error instanceof FileProblem ? new DataError(`${shown}:${error.line}: ${error.message}`) : error;
  }
}

function labelledRows(bytes: Buffer): LabelledRow[] {
  const rows: LabelledRow[] = [];
  readCsv(bytes, ",", {
    names(names) {
      const missing = ["incident", "deployment"].filter((name) => !names.includes(name));
      if (missing.length > 0)
        throw new FileProblem(
          1,
          `expected the columns incident and deployment, missing ${missing.join(", ")}`,
        );
    },
    row(row) {
      const [incident, deployment] = [textOf(row.value("incident")), textOf(row.value("deployment"))];
      if (row.problem !== undefined) throw new FileProblem(row.line, row.problem);
      if (incident === "")
        throw new FileProblem(row.line, "expected the id of an incident in the column incident");
      rows.push({ line: row.line, incident, deployment });
    },
  });
  return rows;
}

const textOf = (value: unknown): string => (typeof value === "string" ? value.trim() : "");

function printText({ quality, calibration, curve, unknown }: LinkEvaluation, effects: Effects): void {
  printRows([quality], {}, effects);
  effects.stdout("\nCalibration: of the links of each class, how many are right\n\n");
  printRows(calibration, {}, effects);
  effects.stdout(
    `\nThreshold with the highest F1: ${curve.find(({ is_best }) => is_best)?.threshold ?? "none"}\n`,
  );
  for (const { line, reason } of unknown) effects.stderr(`line ${line}: ${reason}: left out\n`);
}
