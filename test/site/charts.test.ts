import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { afterAll, describe, expect, test } from "vitest";
import { makeCharts } from "../../src/site/charts/index.ts";
import { kept } from "../../src/site/charts/kept.ts";
import type { Draw } from "../../src/site/charts/render.ts";
import { slim } from "../../src/site/charts/slim.ts";
import { printTheme, siteSize, siteTheme } from "../../src/site/charts/theme.ts";
import { Clock } from "../../src/site/format.ts";
import type { FigureRow, MetricKey } from "../../src/site/rows.ts";
import { fixtureRows, HOSTILE } from "./fixture.ts";

const clock = new Clock("Europe/Berlin");
const charts = makeCharts(clock, { ...printTheme, fontSize: 13 }, siteSize);
const rows = fixtureRows();

function figures(scope: string, metric: MetricKey, period: FigureRow["period_kind"]): FigureRow[] {
  return rows.figures.filter(
    (row) => row.scope === scope && row.metric === metric && row.period_kind === period,
  );
}

/** Every other period without data, and only one or two facts in the rest. */
const withGaps = (list: readonly FigureRow[]) =>
  list.map((row, index) =>
    index % 4 === 1 || index % 4 === 3
      ? { ...row, value: null, n: 0, interval_low: null, interval_high: null }
      : { ...row, n: 2 },
  );

describe("a trend", () => {
  const cases: Record<string, FigureRow[]> = {
    "frequency-by-quarter": figures("payments", "deployment_frequency", "quarter"),
    "lead-time-by-quarter": figures("payments", "change_lead_time", "quarter"),
    "lead-time-by-week": figures("payments", "change_lead_time", "week").slice(-52),
    "fail-rate-by-month": figures("shop", "change_fail_rate", "month").slice(-18),
    "recovery-with-gaps": withGaps(figures("shop", "failed_deployment_recovery_time", "month").slice(-18)),
    "one-point": figures("payments", "change_fail_rate", "quarter").slice(-2, -1),
  };
  test.each(Object.entries(cases))("%s", async (name, list) => {
    await expect(await charts.trend(list)).toMatchFileSnapshot(`charts/${name}.svg`);
  });

  test("is marked with what happened, on the side that has room", async () => {
    const marks = rows.annotations.filter((row) => row.period_kind === "quarter");
    const list = figures("payments", "change_lead_time", "quarter");
    const [service, team] = [marks.slice(0, 2), marks.slice(2)];
    await expect(await charts.trend(list, service)).toMatchFileSnapshot("charts/annotated.svg");
    expect(await charts.trend(list, team)).toContain("&lt;img");
    expect(await charts.trend(list.slice(-2), service)).not.toContain("new owner");
    // What has no room on the drawing is listed below it.
    expect(await charts.trend(list, service)).not.toContain("moved");
  });

  test("is empty where there is no value", async () => {
    expect(await charts.trend(figures("new-thing", "change_lead_time", "quarter"))).toBe("");
    expect(await charts.trend([])).toBe("");
  });

  test("starts counts and ratios at zero", async () => {
    const svg = await charts.trend(figures("payments", "change_fail_rate", "quarter"));
    expect(svg).toMatch(/>0\u202f%</);
  });

  test("names landmarks of time", async () => {
    const svg = await charts.trend(figures("payments", "change_lead_time", "quarter"));
    expect(svg).toContain(">1 d<");
    expect(svg).toContain(">1 w<");
  });

  test("draws zero seconds at the foot of the axis instead of nowhere", async () => {
    const svg = await charts.trend(
      figures("payments", "change_lead_time", "quarter").map((row) => ({
        ...row,
        value: 0,
        interval_low: 0,
        interval_high: 0,
        year_earlier: null,
      })),
    );
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(svg).toContain(">1 min<");
  });
});

test("stages", async () => {
  const all = rows.stages.filter((row) => row.scope === "payments" && row.period_kind === "quarter");
  const starts = [...new Set(all.map((row) => row.period_start))].slice(-2);
  const [before, now] = starts.map((start) => all.filter((row) => row.period_start === start));
  await expect(await charts.stages(now ?? [], before ?? [])).toMatchFileSnapshot("charts/stages.svg");
  expect(await charts.stages([], [])).toBe("");
});

test("weekdays", async () => {
  await expect(await charts.weekdays(rows.weekdays)).toMatchFileSnapshot("charts/weekdays.svg");
  expect(await charts.weekdays(rows.weekdays.slice(5))).toBe("");
});

test("relative risks: what reaches beyond the scale is cut there, what has none is left out", async () => {
  await expect(await charts.forest(rows.risk.patterns)).toMatchFileSnapshot("charts/forest.svg");
  expect(await charts.forest(rows.risk.patterns.slice(2))).toBe("");
});

test("quick check", async () => {
  const checks = rows.quickChecks.filter((row) => row.scope === "payments");
  await expect(await charts.quickCheck(checks)).toMatchFileSnapshot("charts/quick-check.svg");
});

test("spark", async () => {
  await expect(
    charts.spark(withGaps(figures("payments", "change_lead_time", "quarter"))),
  ).toMatchFileSnapshot("charts/spark.svg");
});

test("a figure over its own past, with gaps and the band of its intervals", async () => {
  await expect(
    charts.past(withGaps(figures("payments", "change_lead_time", "quarter"))),
  ).toMatchFileSnapshot("charts/past.svg");
});

describe("the markup of charts", () => {
  test("holds nothing that a strict policy refuses", async () => {
    const site = makeCharts(clock, siteTheme, siteSize);
    const svg = await site.trend(figures("payments", "change_fail_rate", "quarter"));
    expect(svg).not.toMatch(/ style=| class=|<style|<script|href/);
    expect(svg).toContain(siteTheme.accent);
  });

  test("shows hostile labels as text", async () => {
    const list = figures("payments", "change_lead_time", "quarter")
      .slice(-3)
      .map((row) => ({ ...row, period_label: `Q1 ${HOSTILE}` }));
    const svg = await charts.trend(list);
    expect(svg).toContain("&lt;img");
    expect(svg).not.toContain("<img");
  });

  test("names the font of its texts once, leaves out texts of nothing, and changes no word", () => {
    const font = ' font-family="sans-serif" font-size="13px"';
    expect(slim(`<svg width="9"><text x="1"${font}/><text x="2"${font}>a${font}</text><text x="3" font-family="serif" font-size="9px">b</text><text x="4"${font}></text></svg>`)).toBe(
      `<svg${font} width="9"><text x="2">a${font}</text><text x="3" font-family="serif" font-size="9px">b</text></svg>`,
    );
  });

  test("keeps text as it is while it shortens attributes", () => {
    expect(slim('<text x="1.23456" style="a:b">1.23456 class="x"</text>')).toBe(
      '<text x="1.2">1.23456 class="x"</text>',
    );
  });
});

describe("charts kept from build to build", () => {
  const folder = mkdtempSync(join(tmpdir(), "quarterdeck-charts-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const entries = () => globSync("**/*", { cwd: folder, absolute: true });
  const refuse = () => Promise.reject(new Error("drawn"));
  const chartsFrom = (draw: Draw) => makeCharts(clock, siteTheme, siteSize, draw);
  const series = figures("payments", "change_fail_rate", "quarter");
  const [last] = series.slice(-1);
  const [before, other] = [series, series.map((row) => (row === last ? { ...row, value: 0.5 } : row))];
  const anew = () => makeCharts(clock, siteTheme, siteSize).trend(before);

  test("are the same bytes, without being drawn", async () => {
    expect(await chartsFrom(kept(folder).draw).trend(before)).toBe(await anew());
    expect(await chartsFrom(kept(folder, undefined, refuse).draw).trend(before)).toBe(await anew());
  });

  test("are drawn anew where data, theme or words differ", async () => {
    const { draw } = kept(folder, undefined, refuse);
    await expect(chartsFrom(draw).trend(other)).rejects.toThrow("drawn");
    await expect(makeCharts(clock, printTheme, siteSize, draw).trend(before)).rejects.toThrow("drawn");
  });

  test.each(["", "half", "<script>alert(1)</script>", `${"0".repeat(64)}\n<svg>`])("are drawn anew where an entry is damaged: %j", async (text) => {
    for (const file of entries()) writeFileSync(file, text);
    expect(await chartsFrom(kept(folder).draw).trend(before)).toBe(await anew());
    expect(await chartsFrom(kept(folder, undefined, refuse).draw).trend(before)).toBe(await anew());
  });

  test("take no more room than they may, and what was used last stays", async () => {
    await chartsFrom(kept(folder).draw).trend(other);
    expect(entries()).toHaveLength(2);
    const { draw, tidy } = kept(folder, 3_000);
    await chartsFrom(draw).trend(other);
    tidy();
    expect(entries()).toHaveLength(1);
    expect(await chartsFrom(kept(folder, undefined, refuse).draw).trend(other)).not.toBe(await anew());
    rmSync(folder, { recursive: true });
    await chartsFrom(kept(folder, 100).draw).trend(before);
    expect(entries()).toEqual([]);
  });

  test("are drawn where the folder cannot be one", async () => {
    writeFileSync(folder, "in the way");
    const { draw, tidy } = kept(folder);
    expect(await chartsFrom(draw).trend(before)).toBe(await anew());
    tidy();
    expect(readFileSync(folder, "utf8")).toBe("in the way");
  });
});
