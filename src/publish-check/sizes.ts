import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { scopePath } from "../site/links.ts";
import type { PeriodKind } from "../site/rows.ts";
import type { Findings } from "./finding.ts";

/** Kilobytes over the line: compressed, as hosts send them. */
export const BUDGETS = { overview: 60, page: 25, scripts: 15 } as const;

const PERIODS: readonly PeriodKind[] = ["quarter", "month", "week", "year", "rolling"];
const OVERVIEWS = new Set(PERIODS.map((period) => scopePath({ kind: "organisation", name: "" }, period)));

export const budgetOf = (file: string): number => (OVERVIEWS.has(file) ? BUDGETS.overview : BUDGETS.page);

export interface Heaviest {
  readonly file: string;
  readonly bytes: number;
}

/** Weighs pages one by one, and the scripts that they share once. */
export class Sizes {
  readonly #findings: Findings;
  /** Hash -> compressed size. */
  readonly #scripts = new Map<string, number>();
  heaviest: Heaviest | undefined;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  page(file: string, html: Uint8Array, scripts: readonly string[]): void {
    const bytes = gzipSync(html).length;
    if (bytes > (this.heaviest?.bytes ?? 0)) this.heaviest = { file, bytes };
    const most = budgetOf(file);
    if (bytes > most * 1024)
      this.#over(file, `is ${kilobytes(bytes)} compressed, ${most} KB at most`, "report it as a bug if a build made it; what it lists should be on more pages");
    for (const script of scripts) {
      const hash = createHash("sha256").update(script).digest("base64");
      if (!this.#scripts.has(hash)) this.#scripts.set(hash, gzipSync(script).length);
    }
  }

  get scripts(): { readonly count: number; readonly bytes: number } {
    return { count: this.#scripts.size, bytes: [...this.#scripts.values()].reduce((sum, bytes) => sum + bytes, 0) };
  }

  end(): void {
    const { bytes } = this.scripts;
    if (bytes > BUDGETS.scripts * 1024)
      this.#over(null, `scripts of all pages are ${kilobytes(bytes)} compressed, ${BUDGETS.scripts} KB at most`, "pages of several builds may be there: build the site anew");
  }

  #over(file: string | null, message: string, remedy: string): void {
    this.#findings.add({ check: "sizes", status: "fault", file, message, remedy });
  }
}

/** `12.3 KB` */
export const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(1)} KB`;
