import { FileProblem } from "../../reading/problem.ts";
import { shortened } from "../../reading/words.ts";

const LONGEST_LINE = 1_000_000;
const DEEPEST = 10;

/**
 * Looks whether lines and components of a calendar are whole, and where each event begins: what the parser does not tell.
 * @throws {FileProblem} with the line
 */
export function eventLines(text: string): number[] {
  const open: string[] = [];
  const events: number[] = [];
  for (const { line, content } of contentLines(text)) {
    const [, word = "", name = ""] = /^(BEGIN|END):\s*([\w-]+)\s*$/i.exec(content) ?? [];
    if (word.toUpperCase() === "BEGIN") {
      open.push(name.toUpperCase());
      if (open.length > DEEPEST)
        throw new FileProblem(line, `expected at most ${DEEPEST} levels, found more`);
      if (open.length === 2 && name.toUpperCase() === "VEVENT") events.push(line);
    } else if (word !== "") {
      const opened = open.pop();
      if (opened !== name.toUpperCase())
        throw new FileProblem(line, `expected END:${opened ?? "nothing"}, found END:${name.toUpperCase()}`);
    }
  }
  if (open.length > 0)
    throw new FileProblem(
      text.trimEnd().split("\n").length,
      `expected END:${open.at(-1) ?? ""}: the calendar is cut off`,
    );
  return events;
}

/** Lines as they are meant: one that begins with a blank goes on with the one before. */
function* contentLines(text: string): Generator<{ line: number; content: string }> {
  let begun: { line: number; parts: string[]; length: number } | undefined;
  for (const [index, written] of text.split(/\r?\n/).entries()) {
    if (/^[ \t]/.test(written) && begun !== undefined) {
      begun.parts.push(written.slice(1));
      begun.length += written.length;
      checkLength(begun);
      continue;
    }
    if (begun !== undefined) yield checked(begun);
    begun = written.trim() === "" ? undefined : { line: index + 1, parts: [written], length: written.length };
    if (begun !== undefined) checkLength(begun);
  }
  if (begun !== undefined) yield checked(begun);
}

function checkLength({ line, length }: { line: number; length: number }): void {
  if (length > LONGEST_LINE)
    throw new FileProblem(line, `expected at most ${LONGEST_LINE} characters in a property, found more`);
}

function checked({ line, parts }: { line: number; parts: readonly string[] }): {
  line: number;
  content: string;
} {
  const content = parts.join("");
  if (!/^[\w-]+[;:]/.test(content))
    throw new FileProblem(
      line,
      "expected a property of a calendar, such as SUMMARY:Freeze",
      shortened(content),
    );
  return { line, content };
}
