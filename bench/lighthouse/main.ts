import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { main } from "../../src/cli/main.ts";
import { realEffects } from "../../src/effects.ts";
import { launchBrowser } from "../../test/support/browser.ts";
import { serve } from "../../test/support/hosts.ts";
import { kindOf, oneOfEachKind, pagesOf } from "../../test/support/site-files.ts";
import { machine } from "../machine.ts";
import { lighthouse, type Run } from "./runner.ts";

interface Measured extends Omit<Run, "faults"> {
  readonly kind: string;
  readonly page: string;
  /** Of the page alone, compressed, as `publish --check` weighs it. */
  readonly compressed: number;
  readonly faults: readonly string[];
}

/**
 * Lighthouse (desktop preset, median of `runs`) over the heaviest page of each kind of a site that a host serves as docs/publishing/nginx.md says:
 * `npm run bench -- lighthouse [folder] [runs] [part of a kind]`. Without a folder: Acme's demo.
 */
export async function lighthouseOfSite(
  folder: string | undefined,
  runs: number,
  only: string,
): Promise<void> {
  const made = folder === undefined ? await acme() : undefined;
  const host = await serve(folder ?? join(made ?? "", "public"), "nginx");
  const port = await freePort();
  const browser = await launchBrowser(undefined, [`--remote-debugging-port=${port}`]);
  try {
    const look = await lighthouse(port);
    const pages = pagesOf(folder ?? join(made ?? "", "public"));
    const measured: Measured[] = [];
    console.log(HEAD);
    for (const page of heaviest(pages).filter((path) => kindOf(path).includes(only))) {
      const found: Run[] = [];
      for (let run = 0; run < runs; run++) found.push(await look(host.root + page, run === 0));
      const result = {
        kind: kindOf(page),
        page,
        compressed: gzipSync(pages.get(page) ?? "").length,
        ...medianOf(found),
      };
      measured.push(result);
      console.log(lineOf(result));
      for (const fault of result.faults) console.log(`    ${fault}`);
    }
    console.log(
      JSON.stringify({ machine: { ...machine(), chromium: browser.version() }, runs, pages: measured }),
    );
  } finally {
    await browser.close();
    host.close();
    if (made !== undefined) await rm(made, { recursive: true, force: true });
  }
}

async function acme(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "quarterdeck-bench-"));
  await main(["demo", folder], {
    ...realEffects,
    cwd: folder,
    isTerminal: false,
    stdout: () => undefined,
    stderr: () => undefined,
  });
  return folder;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The first of a kind is its heaviest. */
const heaviest = (pages: ReadonlyMap<string, string>): string[] =>
  [
    ...new Map(
      oneOfEachKind(pages)
        .toReversed()
        .map((path) => [kindOf(path), path]),
    ).values(),
  ].toSorted();

function medianOf(runs: readonly Run[]): Run {
  const median = (value: (run: Run) => number) =>
    runs.map(value).toSorted((a, b) => a - b)[Math.floor(runs.length / 2)] ?? 0;
  const first = runs[0]!;
  return {
    performance: median((run) => run.performance),
    fcp: median((run) => run.fcp),
    lcp: median((run) => run.lcp),
    tbt: median((run) => run.tbt),
    cls: median((run) => run.cls),
    painted: median((run) => run.painted),
    bytes: median((run) => run.bytes),
    ...(first.rules && { rules: first.rules }),
    faults: first.faults,
  };
}

const HEAD = "perf a11y best  seo  FCP ms  LCP ms  TBT ms    CLS  painted ms  sent KB  page KB  page";

function lineOf({ rules, page, ...run }: Measured): string {
  const scores = [run.performance, rules?.accessibility, rules?.["best-practices"], rules?.seo].map((score) =>
    String(score ?? "").padStart(4),
  );
  const times = [run.fcp, run.lcp, run.tbt].map((time) => time.toFixed(0).padStart(7));
  const rest = [
    run.cls.toFixed(3).padStart(6),
    run.painted.toFixed(0).padStart(11),
    kilobytes(run.bytes),
    kilobytes(run.compressed),
  ];
  return [scores.join(" "), ...times, ...rest, ` ${page}`].join(" ");
}

const kilobytes = (bytes: number) => (bytes / 1024).toFixed(1).padStart(8);
