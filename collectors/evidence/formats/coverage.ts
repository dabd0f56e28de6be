import lcovParser from "@friedemannsommer/lcov-parser/sync";
import type { Json } from "../../contract.ts";
import { FileProblem } from "../../reading/problem.ts";
import { shortened } from "../../reading/words.ts";
import type { XmlElement } from "../xml.ts";

export const COBERTURA_ELEMENTS = new Set<string>();

/** The head of a report: its totals stand there. */
export const coberturaReport = ({ attributes }: XmlElement): Json => ({ ...attributes });

const LINE =
  /^(?:TN|SF|VER|FN|FNDA|FNF|FNH|FNL|FNA|DA|LF|LH|BRDA|BRF|BRH|MCDC|MCF|MCH):|^end_of_record\s*$|^#|^\s*$/;

/**
 * Lines of code and lines that ran, over all files of a trace.
 * @throws {FileProblem} with the line that is none of a trace
 */
export function lcovReport(text: string): Json {
  checkLines(text.trimEnd().split("\n"));
  const sections = lcovParser({ from: text }).map(({ lines }) => lines);
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0);
  return {
    files: sections.length,
    // LF and LH are the totals; a writer may leave them out.
    lines: sum(sections.map(({ instrumented, details }) => instrumented || details.length)),
    covered: sum(
      sections.map(({ instrumented, hit, details }) =>
        instrumented ? hit : details.filter((one) => one.hit > 0).length,
      ),
    ),
  };
}

function checkLines(lines: readonly string[]): void {
  const foreign = lines.findIndex((line) => !LINE.test(line));
  if (foreign !== -1)
    throw new FileProblem(
      foreign + 1,
      "expected a line of an LCOV trace, such as DA:1,1",
      shortened(lines[foreign] ?? ""),
    );
  if (lines.at(-1)?.trim() !== "end_of_record")
    throw new FileProblem(lines.length, "expected end_of_record at the end: the trace is cut off");
}
