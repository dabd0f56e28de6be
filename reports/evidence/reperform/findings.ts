import { RESULTS_FILE } from "../results.ts";
import type { Difference, Reperformance } from "./reperform.ts";

/** What computing anew found, in sentences: of which file, and what is wrong with it. */
export function findingsOf({
  problems,
  differences,
}: Reperformance): { readonly file: string; readonly problem: string }[] {
  const units = [
    ...Map.groupBy(differences, ({ control, unit_kind, unit }) =>
      JSON.stringify([control, unit_kind, unit]),
    ).values(),
  ];
  return [
    ...problems.map(problemOf),
    ...units.map((found) => ({ file: RESULTS_FILE, problem: sentenceOf(found) })),
  ];
}

/** `evidence/a/b.jsonl:2: the record ...` */
function problemOf(text: string): { file: string; problem: string } {
  const [, file = "", line = "", problem = text] = /^(.*?):(\d+): ([\s\S]*)$/.exec(text) ?? [];
  return { file, problem: `line ${line}: ${problem}` };
}

function sentenceOf(found: readonly Difference[]): string {
  const [first] = found;
  const unit = `${first?.control ?? ""} ${first?.unit_kind.replaceAll("_", " ") ?? ""} ${first?.unit ?? ""}`;
  return `${unit}: ${found.map(wordsOf).join("; ")}`;
}

function wordsOf({ column, pack, computed }: Difference): string {
  if (column !== "row") return `${column}: the pack says ${shown(pack)}, its evidence ${shown(computed)}`;
  return pack === ""
    ? `is not in the pack, its evidence says ${shown(computed)}`
    : `the pack says ${shown(pack)}, its evidence has no such unit`;
}

const LONGEST = 200;

const shown = (text: string) =>
  text === "" ? "nothing" : JSON.stringify(text.length > LONGEST ? `${text.slice(0, LONGEST)} ...` : text);

/** What a reader should know besides: why nothing was computed, what could not be, and which queries are others. */
export function notesOf({ refusal, notes, otherSql, compared }: Reperformance): string[] {
  if (refusal !== undefined) return [`results were not computed anew: ${refusal}`];
  return [
    `${compared} results were computed anew from the evidence`,
    ...notes,
    ...(otherSql.length === 0
      ? []
      : [
          `${otherSql.length} queries of the pack are not those installed, so that results may differ: ${otherSql.join(", ")} (--pack-sql computes with them)`,
        ]),
  ];
}
