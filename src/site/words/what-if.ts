import { count, decimal } from "../format.ts";
import type { WhatIfRow } from "../retrospective-rows.ts";
import type { MessageKey } from "../text/catalogue.ts";
import { t } from "../text/message.ts";
import type { Names } from "./named.ts";

const RISKS: readonly MessageKey[] = ["what-if.low-risk", "what-if.medium-risk", "what-if.high-risk"];

/** Risks are numbered from 1. */
function riskText(value: number): string {
  const key = RISKS[value - 1];
  return key === undefined ? decimal(value) : t(key);
}

const SETTINGS: Names<WhatIfRow["setting"]> = {
  changes: "what-if.with-changes",
  changed_lines: "what-if.with-lines",
  coverage: "what-if.with-coverage",
  reviewers: "what-if.with-reviewers",
  risk: "what-if.with-risk",
  soak: "what-if.with-soak",
  window: "what-if.with-window",
};

const COUNTED: readonly WhatIfRow["setting"][] = ["changes", "changed_lines", "reviewers", "window"];

/** A setting with one of its values. */
export function settingText({ setting, value: n }: WhatIfRow): string {
  const counted = COUNTED.includes(setting) ? count(n) : decimal(n);
  return t(SETTINGS[setting], { n, value: setting === "risk" ? riskText(n) : counted });
}

/** The value alone, below the title of its setting. */
export function valueText({ setting, value: n, unit }: WhatIfRow): string {
  if (setting === "risk") return riskText(n);
  if (setting === "reviewers") return t("what-if.reviewers", { n });
  const value = decimal(n);
  if (setting === "changes") return t("what-if.changes", { n, value });
  if (setting === "changed_lines") return t("what-if.lines", { n, value });
  return unit === "d" ? t("what-if.days", { n, value }) : `${value} ${unit}`;
}

/** How to read the table, by its first row that catches something. */
export function whatIfExample(rows: readonly WhatIfRow[]): string {
  const shown = rows.filter(
    ({ caught, delayed, setting }) => caught > 0 && delayed > 0 && setting !== "window",
  );
  const row = shown.find(({ missed }) => missed > 0) ?? shown[0];
  if (row === undefined) return "";
  return t("what-if.example", {
    setting: settingText(row),
    caught: count(row.caught),
    failed: row.failed,
    delayed: count(row.delayed),
    missed: count(row.missed),
  });
}

/** Settings of which no deployment has the number: what would bring it. */
export function silentSettings(rows: readonly WhatIfRow[]): string[] {
  const judged = Map.groupBy(rows, ({ setting }) => setting);
  return [...judged].flatMap(([setting, tried]) =>
    tried.every((row) => row.judged === 0) ? [t(NEEDS[setting])] : [],
  );
}

const NEEDS: Names<WhatIfRow["setting"]> = {
  changes: "what-if.needs-changes",
  changed_lines: "what-if.needs-lines",
  coverage: "what-if.needs-coverage",
  reviewers: "what-if.needs-reviewers",
  risk: "what-if.needs-risk",
  soak: "what-if.needs-soak",
  window: "what-if.needs-incidents",
};

/** Where rows of a what-if table have a number, in the order of the settings. */
export const toldSettings = (rows: readonly WhatIfRow[]): WhatIfRow[][] =>
  [...Map.groupBy(rows, ({ setting }) => setting).values()].filter((tried) =>
    tried.some(({ judged }) => judged > 0),
  );
