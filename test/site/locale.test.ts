import { afterEach, describe, expect, test } from "vitest";
import { configSchema } from "../../src/config/schema.ts";
import { periodTicks, valueTicks } from "../../src/site/charts/axis.ts";
import { change, Clock, count, decimal, duration, intervalOf, monthName, percentMeasure, quantity, valueOf } from "../../src/site/format.ts";
import { inWeekOrder, localeFor, marks, weekdayName } from "../../src/site/locale.ts";
import type { FigureRow } from "../../src/site/rows.ts";
import { CATALOGUE, ENGLISH } from "../../src/site/text/catalogue.ts";

afterEach(() => {
  CATALOGUE.current = undefined;
});

const WEEK = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday }));
const figure = { unit: "ratio", value: 0.1234, n: 500, numerator: 62, interval_low: 0.1, interval_high: 0.155 } as FigureRow;

/** What pages write in a locale; spaces that do not break are shown as ordinary ones. */
function written(locale: string | undefined) {
  CATALOGUE.current = { ...ENGLISH, formats: locale === undefined ? undefined : localeFor(locale) };
  const clock = new Clock("Europe/Berlin");
  const texts = {
    count: count(1_234_567),
    decimal: [decimal(12.34), decimal(1234.5), decimal(-0.5), decimal(-0.01), decimal(99.96)],
    percent: [quantity(0.125, "ratio"), valueOf(figure), intervalOf(figure), change({ unit: "seconds", change: 0.12 })],
    duration: duration(277_000),
    day: clock.day("2026-11-21T13:05:00Z"),
    minute: clock.minute("2026-11-21T13:05:00Z"),
    month: [monthName("2026-03"), monthName("2026-03", "LLL yyyy"), monthName("2026-03", "LLL")],
    week: inWeekOrder(WEEK).map(({ weekday }) => weekday),
    monday: weekdayName(1),
    axis: valueTicks([0.03], percentMeasure()).map(({ label }) => label),
    months: periodTicks(
      ["2026-01", "2026-02", "2026-03", "2026-04"].map((month) => ({ period_start: `${month}-05T00:00:00Z`, period_label: month }) as FigureRow),
      "month",
      clock,
    ).map(({ label }) => label),
  };
  return JSON.parse(JSON.stringify(texts).replaceAll(/[\u00a0\u202f]/g, " ")) as object;
}

describe("numbers, dates and weeks", () => {
  test("are as in packs where no locale is named", () => {
    expect(written(undefined)).toEqual({
      count: "1,234,567",
      decimal: ["12.3", "1,235", "−0.5", "0", "100"],
      percent: ["12.5 %", "12.3 %", "10 to 15.5 %", "+12 %"],
      duration: "3.2 d",
      day: "21 Nov 2026",
      minute: "21 Nov 2026 14:05",
      month: ["March 2026", "Mar 2026", "Mar"],
      week: [1, 2, 3, 4, 5, 6, 7],
      axis: ["0 %", "1 %", "2 %", "3 %"],
      months: ["Jan 2026", "Apr"],
    });
  });

  test("are German", () => {
    expect(written("de-DE")).toEqual({
      count: "1.234.567",
      decimal: ["12,3", "1.235", "−0,5", "0", "100"],
      percent: ["12,5 %", "12,3 %", "10 to 15,5 %", "+12 %"],
      duration: "3,2 d",
      day: "21. Nov. 2026",
      minute: "21. Nov. 2026, 14:05",
      month: ["März 2026", "März 2026", "Mär"],
      week: [1, 2, 3, 4, 5, 6, 7],
      monday: "Montag",
      axis: ["0 %", "1 %", "2 %", "3 %"],
      months: ["Jan. 2026", "Apr"],
    });
  });

  test("are American, where a week begins on Sunday", () => {
    expect(written("en-US")).toMatchObject({
      percent: ["12.5%", "12.3%", "10 to 15.5%", "+12%"],
      day: "Nov 21, 2026",
      minute: "Nov 21, 2026, 02:05 PM",
      week: [7, 1, 2, 3, 4, 5, 6],
      monday: "Monday",
    });
  });

  test("have percent signs where the language puts them, and the digits of the files", () => {
    expect(written("tr")).toMatchObject({ percent: ["%12,5", "%12,3", "%10 to 15,5", "+%12"] });
    expect(written("ar-EG")).toMatchObject({ count: "1,234,567", week: [6, 7, 1, 2, 3, 4, 5] });
    expect(written("th-TH")).toMatchObject({ day: "21 พ.ย. 2026" });
  });

  test("tell tables their marks", () => {
    CATALOGUE.current = { ...ENGLISH, formats: "de-DE" };
    expect(marks()).toEqual({ group: ".", decimal: "," });
  });
});

test("a locale that nothing is known of is refused", () => {
  const of = (locale: string) => configSchema.safeParse({ organisation: "Acme", publish: { locale } }).success;
  expect(["de-DE", "pt-BR", "en-US-u-hc-h23", "xx", "de_DE", "German", ""].map(of)).toEqual([true, true, true, false, false, false, false]);
});
