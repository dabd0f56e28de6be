import { printable, printableLine, unseenEscaped } from "../printable.ts";
import type { Checked } from "./check.ts";
import { CHECKS, type Check, type Finding } from "./finding.ts";
import { KINDS } from "./inventory.ts";
import { BUDGETS, kilobytes } from "./sizes.ts";

/** What was not looked at, and how long the rest took. */
interface About {
  readonly folder: string;
  readonly seconds: number;
  readonly notLookedAt: readonly string[];
}

const MOST_SHOWN = 10;

/** For a person: what is wrong, with the way out below it, then what was looked at. */
export function checkText(checked: Checked, about: About): string {
  const sections = (Object.keys(CHECKS) as Check[]).flatMap((check) => sectionText(checked, check));
  return `${[...sections, summary(checked, about)].join("\n\n")}\n`;
}

function sectionText({ findings }: Checked, check: Check): string[] {
  const own = findings.kept.filter((finding) => finding.check === check).toSorted(faultsFirst);
  if (own.length === 0) return [];
  const all = findings.count("fault", check) + findings.count("note", check);
  const more = all > MOST_SHOWN ? [`  ${all - MOST_SHOWN} more; --json lists the first 200 of each kind`] : [];
  return [[CHECKS[check], ...own.slice(0, MOST_SHOWN).map(findingText), ...more].join("\n")];
}

const faultsFirst = (a: Finding, b: Finding) => (a.status === b.status ? 0 : a.status === "fault" ? -1 : 1);

function findingText({ status, file, line, message, remedy }: Finding): string {
  const place = [file ?? "the folder", ...(line === undefined ? [] : [line])].join(":");
  return `  ${status}  ${printableLine(place)}: ${printableLine(message)}\n         -> ${printable(remedy)}`;
}

function summary(checked: Checked, { folder, seconds, notLookedAt }: About): string {
  const { findings, pages, files, bytes, kinds, heaviest, scripts } = checked;
  const listed = KINDS.filter((kind) => kinds[kind].files > 0).map((kind) => `${kind} ${counted(kinds[kind].files, "file")}, ${megabytes(kinds[kind].bytes)}`);
  const weight = heaviest && `heaviest page ${printableLine(heaviest.file)} ${kilobytes(heaviest.bytes)}, scripts ${kilobytes(scripts.bytes)} of ${BUDGETS.scripts} KB, compressed`;
  return [
    `${printableLine(folder)}: ${counted(findings.count("fault"), "fault")}, ${counted(findings.count("note"), "note")}.`,
    `Looked at ${counted(pages, "page")} and ${counted(files - pages, "other file")}, ${megabytes(bytes)}, in ${seconds.toFixed(1)} s: ${rate(pages, seconds)} pages a second.`,
    `${[...listed, ...(weight === undefined ? [] : [weight])].join("; ")}.`,
    ...notLookedAt.map((what) => `Not looked at: ${what}.`),
  ].join("\n");
}

/** For a program: what is said above, and more of it. */
export function checkJson(checked: Checked, { folder, seconds, notLookedAt }: About): string {
  const { findings, pages, files, bytes, kinds, heaviest, scripts } = checked;
  const said = {
    folder,
    faults: findings.count("fault"),
    notes: findings.count("note"),
    checks: Object.fromEntries(
      (Object.keys(CHECKS) as Check[]).map((check) => [check, { faults: findings.count("fault", check), notes: findings.count("note", check) }]),
    ),
    findings: findings.kept.map(({ check, status, file, line, message, remedy }) => ({ check, status, file, line: line ?? null, message, remedy })),
    looked_at: { pages, files, bytes, kinds, heaviest_page: heaviest ?? null, scripts, seconds, pages_per_second: rate(pages, seconds) },
    not_looked_at: notLookedAt,
  };
  return `${unseenEscaped(JSON.stringify(said, null, 2))}\n`;
}

const rate = (pages: number, seconds: number) => Math.round(pages / Math.max(seconds, 0.001));
const counted = (count: number, noun: string) => `${count.toLocaleString("en-GB")} ${noun}${count === 1 ? "" : "s"}`;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
