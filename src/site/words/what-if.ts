import { count, decimal, plural } from "../format.ts";
import type { WhatIfRow } from "../retrospective-rows.ts";

const RISKS = ["", "low", "medium", "high"];

/** A setting with one of its values. */
export function settingText({ setting, value }: WhatIfRow): string {
  switch (setting) {
    case "changes":
      return `at most ${plural(value, "change", "changes")} in one deployment`;
    case "changed_lines":
      return `at most ${count(value)} lines in one deployment`;
    case "coverage":
      return `test coverage of at least ${decimal(value)} %`;
    case "reviewers":
      return `at least ${plural(value, "reviewer", "reviewers")} of every change`;
    case "risk":
      return `second approval from ${RISKS[value] ?? decimal(value)} risk on`;
    case "soak":
      return `at least ${decimal(value)} h in staging`;
    case "window":
      return `observed for ${plural(value, "day", "days")}`;
  }
}

/** The value alone, below the title of its setting. */
export function valueText({ setting, value, unit }: WhatIfRow): string {
  if (setting === "risk") return RISKS[value] ?? decimal(value);
  if (setting === "reviewers") return plural(value, "reviewer", "reviewers");
  return `${decimal(value)} ${value === 1 && setting === "changes" ? "change" : { d: value === 1 ? "day" : "days" }[unit] ?? unit}`;
}

/** How to read the table, by its first row that catches something. */
export function whatIfExample(rows: readonly WhatIfRow[]): string {
  const shown = rows.filter(({ caught, delayed, setting }) => caught > 0 && delayed > 0 && setting !== "window");
  const row = shown.find(({ missed }) => missed > 0) ?? shown[0];
  if (row === undefined) return "";
  return `Read: with ${settingText(row)}, ${count(row.caught)} of ${plural(row.failed, "failed deployment", "failed deployments")} would have been held and looked at again, and with them ${count(row.delayed)} that did not fail; ${count(row.missed)} would have gone out all the same.`;
}

/** Settings of which no deployment has the number: what would bring it. */
export function silentSettings(rows: readonly WhatIfRow[]): string[] {
  const judged = Map.groupBy(rows, ({ setting }) => setting);
  return [...judged].flatMap(([setting, tried]) => (tried.every((row) => row.judged === 0) ? [NEEDS[setting]] : []));
}

const NEEDS: Readonly<Record<WhatIfRow["setting"], string>> = {
  changes: "changes in a deployment: connect a source of changes or commits",
  changed_lines: "lines changed: connect a source of changes that counts lines",
  coverage: "test coverage: connect test or coverage reports of what is deployed",
  reviewers: "reviewers: connect a source of reviews",
  risk: "risk: connect change requests that say their risk",
  soak: "time in staging: connect deployments to staging with their commit",
  window: "when failures showed: connect incidents",
};

/** Where rows of a what-if table have a number, in the order of the settings. */
export const toldSettings = (rows: readonly WhatIfRow[]): WhatIfRow[][] =>
  [...Map.groupBy(rows, ({ setting }) => setting).values()].filter((tried) => tried.some(({ judged }) => judged > 0));
