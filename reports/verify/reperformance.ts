import { join } from "node:path";
import { DataError } from "../../src/errors.ts";
import {
  reperform,
  type Difference,
  type Reperformance,
  type ReperformOptions,
} from "../evidence/reperform/reperform.ts";
import { RESULTS_FILE } from "../evidence/results.ts";
import { finding, reasonOf, type Finding } from "./finding.ts";
import type { Reperform, Reperformed } from "./verify-pack.ts";

/** Computes a pack's results anew and says where the pack says something else. */
export function reperformWith(options: ReperformOptions): Reperform {
  return async (folder) => {
    try {
      return said(await reperform(folder, options));
    } catch (error) {
      // Evidence that anybody may have written fails in ways that nobody thought of.
      const problem =
        error instanceof DataError ? error.message : `evidence: cannot be computed with: ${reasonOf(error)}`;
      return { compared: 0, leftOut: [], findings: [located(problem.replaceAll(join(folder, "/"), ""))], notes: [] };
    }
  };
}

function said({ refusal, compared, differences, problems, otherSql, notes, leftOut, isUntried }: Reperformance): Reperformed {
  const others =
    otherSql.length === 0
      ? []
      : [`other SQL than is installed here, so results may differ: ${otherSql.join(", ")}`];
  return {
    compared,
    leftOut: leftOut.map(({ control, unit_kind: kind, unit }) => `${control}, ${kind} ${unit}`),
    findings: [...problems.map(located), ...differences.map(inWords)],
    notes: [
      ...(refusal === undefined ? [] : [`results were not computed anew: ${refusal}`]),
      ...others,
      ...(isUntried && differences.length > 0 ? [UNTRIED] : []),
      ...notes,
    ],
  };
}

const UNTRIED =
  "whether the records of this draft are enough for its results was not tried when it was written: a period pack of the same records tells whether a result that differs was altered (--evidence <folder>)";

const inWords = ({ control, unit_kind: kind, unit, column, pack, computed }: Difference): Finding =>
  finding(
    RESULTS_FILE,
    column === "row"
      ? `${control}, ${kind} ${unit}: ${pack === "" ? "the evidence gives a result, the pack has none" : "the pack has a result, the evidence gives none"}`
      : `${control}, ${kind} ${unit}: ${column} is ${JSON.stringify(pack)} in the pack, the evidence gives ${JSON.stringify(computed)}`,
  );

const PLACE = /^([a-z][\w./-]*\.(?:jsonl?|csv)(?::\d+)?): (.*)$/s;

/** A problem that begins with its file and line is about that file. */
function located(problem: string): Finding {
  const [, place, words] = PLACE.exec(problem) ?? [];
  const [file = "evidence", line] = place?.split(":") ?? [];
  return finding(file, line === undefined ? (words ?? problem) : `line ${line}: ${words ?? ""}`);
}
