import { spawnSync } from "node:child_process";

export const has = (tool: string): boolean => spawnSync("which", [tool]).status === 0;

/** What bash says to commands that are typed in a folder. */
export function typed(commands: string, cwd: string): string {
  const { stdout, stderr } = spawnSync("bash", ["-c", commands], { cwd, encoding: "utf8" });
  return stdout + stderr;
}

export interface Step {
  readonly commands: string;
  readonly expected: string;
}

/** The steps of VERIFY.md as it was written: what to type, and what the answer must be. */
export function stepsOf(guide: string): Map<string, Step[]> {
  const sections = guide.split(/^## (?:\d+\. )?/m).slice(1);
  return new Map(sections.map((section) => [section.split("\n", 1)[0]!, pairs(section)]));
}

function pairs(section: string): Step[] {
  const blocks = section.split("\n\n").map((block) => ({
    isCode: block.startsWith("    "),
    text: block.replaceAll(/^ {4}/gm, ""),
  }));
  const steps: Step[] = [];
  for (const [index, { isCode, text }] of blocks.entries()) {
    const before = blocks[index - 1]?.text ?? "";
    if (!isCode || before.startsWith("Expected")) continue;
    const answer = blocks[index + 1]!.text;
    steps.push({ commands: text, expected: answer.endsWith("no output.") ? "" : blocks[index + 2]!.text });
  }
  return steps;
}
