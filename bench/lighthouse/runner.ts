import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { installed } from "../scratch.ts";

const VERSION = "13.5.0";

const JUDGED = ["accessibility", "best-practices", "seo"] as const;
const TIMES = {
  fcp: "first-contentful-paint",
  lcp: "largest-contentful-paint",
  tbt: "total-blocking-time",
  cls: "cumulative-layout-shift",
} as const;

/** What of Lighthouse's report is read. */
interface Report {
  readonly runtimeError?: { readonly message: string };
  readonly categories: Readonly<
    Record<
      string,
      {
        readonly score: number | null;
        readonly auditRefs: readonly { readonly id: string; readonly weight: number }[];
      }
    >
  >;
  readonly audits: Readonly<Record<string, Audit>>;
}

interface Audit {
  readonly title: string;
  readonly score: number | null;
  readonly numericValue?: number;
  readonly details?: { readonly items?: readonly unknown[] };
}

type Lighthouse = (
  url: string,
  flags: object,
  config: unknown,
) => Promise<{ readonly lhr: Report } | undefined>;


/** Scores are 0 to 100, times milliseconds. */
export type Run = Readonly<Record<"performance" | keyof typeof TIMES | "painted", number>> & {
  readonly bytes: number;
  /** Of the categories that are judged by rules; they do not change from run to run. */
  readonly rules?: Readonly<Record<(typeof JUDGED)[number], number>>;
  /** What costs points, with where. */
  readonly faults: readonly string[];
};

/** Lighthouse in a Chromium that listens on `port`, with its desktop preset. */
export async function lighthouse(port: number): Promise<(url: string, judged: boolean) => Promise<Run>> {
  const folder = join(await installed({ lighthouse: VERSION }), "node_modules", "lighthouse", "core");
  const load = async (file: string) =>
    ((await import(pathToFileURL(join(folder, file)).href)) as { default: unknown }).default;
  const run = (await load("index.js")) as Lighthouse;
  const desktop = await load("config/desktop-config.js");
  return async (url, judged) => {
    const onlyCategories = ["performance", ...(judged ? JUDGED : [])];
    const result = await run(
      url,
      { port, onlyCategories, logLevel: "silent", disableFullPageScreenshot: true },
      desktop,
    );
    if (!result || result.lhr.runtimeError)
      throw new Error(`${url}: ${result?.lhr.runtimeError?.message ?? "no report"}`);
    return runOf(result.lhr, judged);
  };
}

function runOf(report: Report, judged: boolean): Run {
  const score = (category: string) => Math.round((report.categories[category]?.score ?? 0) * 100);
  const value = (audit: string) => report.audits[audit]?.numericValue ?? 0;
  const observed = report.audits["metrics"]?.details?.items?.[0] as
    { observedFirstContentfulPaint?: number } | undefined;
  return {
    performance: score("performance"),
    fcp: value(TIMES.fcp),
    lcp: value(TIMES.lcp),
    tbt: value(TIMES.tbt),
    cls: value(TIMES.cls),
    painted: observed?.observedFirstContentfulPaint ?? 0,
    bytes: value("total-byte-weight"),
    ...(judged && {
      rules: {
        accessibility: score("accessibility"),
        "best-practices": score("best-practices"),
        seo: score("seo"),
      },
    }),
    faults: faultsOf(report),
  };
}

function faultsOf({ categories, audits }: Report): string[] {
  return Object.values(categories)
    .flatMap(({ auditRefs }) => auditRefs)
    .filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
    .map(
      ({ id }) =>
        `${id}: ${audits[id]?.title ?? ""} ${JSON.stringify(audits[id]?.details?.items?.slice(0, 2) ?? []).slice(0, 500)}`,
    );
}
