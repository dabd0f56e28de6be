import { printable, printableLine, unseenEscaped } from "../printable.ts";
import { type Finding, SECTIONS, type Section } from "./finding.ts";

const TITLES: Readonly<Record<Section, string>> = {
  versions: "Versions",
  database: "Database",
  configuration: "Configuration",
  sources: "Sources",
  network: "Network",
  mapping: "Mapping",
};

/** For a person: a section after the other, what to do below what is wrong. */
export function doctorText(findings: readonly Finding[]): string {
  const sections = SECTIONS.flatMap((section) => {
    const own = findings.filter((finding) => finding.section === section);
    return own.length === 0 ? [] : [[TITLES[section], ...own.map(findingText)].join("\n")];
  });
  return `${[...sections, summary(findings)].join("\n\n")}\n`;
}

function findingText({ status, subject, message, remedy, lineToAdd }: Finding): string {
  const head = `  ${status.padEnd(7)}  ${printableLine(subject)}: ${indented(printable(message))}`;
  return [
    head,
    ...(remedy === undefined || status === "ok" ? [] : [`           -> ${indented(printable(remedy))}`]),
    ...(lineToAdd === undefined
      ? []
      : lineToAdd.split("\n").map((line) => `              ${printableLine(line)}`)),
  ].join("\n");
}

const indented = (text: string) => text.trim().replaceAll("\n", "\n           ");

function summary(findings: readonly Finding[]): string {
  const [problems, warnings] = (["problem", "warning"] as const).map((status) => {
    const count = findings.filter((finding) => finding.status === status).length;
    return `${count} ${status}${count === 1 ? "" : "s"}`;
  });
  return `${problems ?? ""}, ${warnings ?? ""}.`;
}

/** For a program: what is said above, word for word. */
export function doctorJson(findings: readonly Finding[]): string {
  const checks = findings.map(({ section, status, subject, message, remedy, lineToAdd }) => ({
    section,
    status,
    subject,
    message,
    remedy: remedy ?? null,
    line_to_add: lineToAdd ?? null,
  }));
  const count = (status: Finding["status"]) => findings.filter((finding) => finding.status === status).length;
  const counts = { ok: count("ok"), warning: count("warning"), problem: count("problem") };
  return `${unseenEscaped(JSON.stringify({ counts, checks }, null, 2))}\n`;
}
