import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import { given, onlyControls, type History } from "../../support/history.ts";

const FROZEN: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["calendar_window"],
  data: {
    deployment: `
      id | service | environment | started_at           | finished_at          | status
      d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success
      d2 | api     | production  | 2026-03-10T12:00:00Z | 2026-03-10T12:10:00Z | success
      d3 | api     | production  | 2026-03-11T12:00:00Z | 2026-03-11T12:10:00Z | success
      d4 | other   | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success`,
    calendar_window: `
      id | kind     | starts_at            | ends_at              | reason
      w1 | blackout | 2026-03-10T00:00:00Z | 2026-03-12T00:00:00Z | Quarter end`,
    exemption: `
      id | control | scope | requested_by | approver | reason | compensating_control | valid_from           | valid_until
      e1 | WIN-01  | d2    | ana          | ben      | Bug    | Watched              | 2026-03-10T00:00:00Z | 2026-03-11T00:00:00Z
      e2 | WIN-01  | api   | ana          | ana      | Bug    | Watched              | 2026-03-10T00:00:00Z | 2026-03-13T00:00:00Z`,
  },
};

test("an exemption covers what it names while it holds, and one that does not hold covers nothing", async () => {
  expect(await judged("WIN-01", FROZEN)).toEqual([
    { unit: "data:d1", status: "pass", reason: "The deployment touches no window in which nothing may be deployed." },
    {
      unit: "data:d2",
      status: "exempt",
      reason:
        "Waived by data:e1 until 2026-03-10: Bug. Without that it would fail: The deployment ran in a window in which nothing may be deployed: Quarter end (2026-03-10 00:00 to 2026-03-12 00:00 UTC). Exemption data:e2 does not cover it: who asked for it allowed it.",
    },
    {
      unit: "data:d3",
      status: "fail",
      reason:
        "The deployment ran in a window in which nothing may be deployed: Quarter end (2026-03-10 00:00 to 2026-03-12 00:00 UTC). Exemption data:e2 does not cover it: who asked for it allowed it.",
    },
    {
      unit: "data:d4",
      status: "unknown",
      reason:
        "Nothing was found against the deployment, but nothing says that all calendar windows of other were collected for that time.",
    },
  ]);
});

test("without the source of what tells against a unit nothing passes and nothing fails", async () => {
  const { calendar_window: _, exemption: __, ...data } = FROZEN.data;
  expect(new Set(Object.values(await statuses("WIN-01", { ...FROZEN, complete: [], data })))).toEqual(new Set(["unknown"]));
});

test("an exemption that had ended exempts nothing", async () => {
  const late = { ...FROZEN.data, exemption: FROZEN.data.exemption?.toString().replace("2026-03-11T00", "2026-03-10T11") ?? "" };
  expect(await statuses("WIN-01", { ...FROZEN, data: late })).toMatchObject({ "data:d2": "fail" });
});

test("a scope and parameters of the configuration hold", async () => {
  const config = (settings: object) => ({ ...FROZEN, config: { controls: { "WIN-01": settings } } });
  expect(await statuses("WIN-01", config({ scope: { services: ["other"] } }))).toMatchObject({
    "data:d3": "not_applicable",
    "data:d4": "unknown",
  });
  expect(await statuses("WIN-01", config({ parameters: { kinds: ["freeze"] } }))).toMatchObject({ "data:d3": "pass" });
});

test("a control or parameter that there is not is refused by name", async () => {
  const config = (controls: Record<string, object>) => judged("WIN-01", { ...FROZEN, config: { controls } });
  await expect(config({ "WIN-99": {} })).rejects.toThrow(
    "quarterdeck.yaml: controls.WIN-99: there is no such control",
  );
  await expect(config({ "WIN-01": { parameters: { kind: ["x"] } } })).rejects.toThrow(
    "controls.WIN-01.parameters.kind: it has no such parameter; it has kinds",
  );
  await expect(config({ "WIN-01": { parameters: { kinds: 3 } } })).rejects.toThrow(
    "controls.WIN-01.parameters.kinds: expected a list",
  );
});

test("adherence is what passes of what was judged, with Wilson's limits; of nothing there is no rate and no limit", async () => {
  const controls = { ...onlyControls(["WIN-01"]), "WIN-01": { scope: { services: ["api"] }, severity: "low" as const, reason: "Others have no windows", since: "2026-01-01" } };
  const warehouse = await given({ ...FROZEN, config: { controls } });
  const rows = await warehouse.rows(
    `select scope, passed, failed, unknown, exempt, not_applicable, outside, rate, round(rate_low, 4) as low, round(rate_high, 4) as high
     from controls.adherence where scope_kind = 'service' and month is null order by scope`,
  );
  // 1 of 2: Wilson gives 0.0945 to 0.9055.
  const counts = { passed: 0, failed: 0, unknown: 0, exempt: 0, not_applicable: 0, outside: 0 };
  expect(rows).toEqual([
    { ...counts, scope: "api", passed: 1, failed: 1, exempt: 1, rate: 0.5, low: 0.0945, high: 0.9055 },
    { ...counts, scope: "other", outside: 1, rate: null, low: null, high: null },
  ]);
  expect(await warehouse.rows("select controls, judged_services, outside_services, units, units_inside, decided_because, decided_since from reports.site_control_scope")).toEqual([
    {
      ...{ controls: ["WIN-01"], judged_services: ["api"], outside_services: ["other"], units: 1, units_inside: 3 },
      ...{ decided_because: "Others have no windows", decided_since: "2026-01-01" },
    },
  ]);
  expect(await warehouse.rows("select control, setting, value from reports.site_control_setting")).toEqual([
    { control: "WIN-01", setting: "severity", value: "low" },
  ]);
  warehouse.close();
});
