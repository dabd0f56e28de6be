import { expect, onTestFinished, test } from "vitest";
import { given } from "../../support/history.ts";

const DAY = 86_400_000;

/** A deployment from Monday to Friday at 23:30 UTC, which is the next day in Berlin; those of the first three Mondays fail. */
function weeks(count: number) {
  const monday = Date.parse("2026-01-05T23:30:00Z");
  const at = Array.from({ length: count * 5 }, (_, index) =>
    new Date(monday + (Math.floor(index / 5) * 7 + (index % 5)) * DAY).toISOString(),
  );
  const deployments = at.map((time, index) => `d${index} | api | production | v${index} | ${time} | success`);
  const incidents = [0, 5, 10].map(
    (index) => `i${index} | api | ${at[index] ?? ""} | ${at[index] ?? ""} | d${index}`,
  );
  return {
    deployment: ["id | service | environment | version | finished_at | status", ...deployments].join("\n"),
    incident: ["id | service | started_at | resolved_at | caused_by", ...incidents].join("\n"),
  };
}

async function weekdays(count: number) {
  const warehouse = await given({
    asOf: "2026-06-01T00:00:00Z",
    config: { time_zone: "Europe/Berlin" },
    complete: ["incident"],
    data: weeks(count),
  });
  onTestFinished(() => warehouse.close());
  return warehouse.rows<Record<string, unknown>>("select * from reports.site_weekday order by weekday");
}

test("failures by weekday of the organisation's time zone, with Wilson's interval", async () => {
  const rows = await weekdays(10);
  expect(rows.map(({ weekday_name, n, failed }) => [weekday_name, n, failed])).toEqual([
    ["Tuesday", 10, 3],
    ["Wednesday", 10, 0],
    ["Thursday", 10, 0],
    ["Friday", 10, 0],
    ["Saturday", 10, 0],
  ]);
  // Wilson for 3 of 10: 10.8 % to 60.3 %
  expect(rows[0]).toMatchObject({ value: 0.3, n_of_service: 50, failed_of_service: 3, is_shown: true });
  expect(rows[0]?.["interval_low"]).toBeCloseTo(0.1078, 4);
  expect(rows[0]?.["interval_high"]).toBeCloseTo(0.6032, 4);
});

test("too few deployments have counts and no rate", async () => {
  const [tuesday] = await weekdays(9);
  expect(tuesday).toMatchObject({ n: 9, failed: 3, value: null, interval_low: null, is_shown: false });
});
