import { expect, onTestFinished, test, vi } from "vitest";
import { recordPublication } from "../../../src/warehouse/publication.ts";
import { given, goOn, modelInput, type History } from "../../support/history.ts";

// Each builds the model several times.
vi.setConfig({ testTimeout: 240_000 });

const FIRST: History = {
  asOf: "2026-04-01T00:00:00Z",
  complete: ["calendar_window"],
  whole: true,
  controls: ["WIN-01", "EXC-01"],
  only: ["reports.control_history", "reports.site_control_change", "reports.control_change", "reports.publication", "reports.published_figure", "reports.moved_figure", "reports.restatement"],
  data: {
    deployment: `
      id | service | environment | started_at           | finished_at          | status
      d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success
      d2 | api     | production  | 2026-03-10T12:00:00Z | 2026-03-10T12:10:00Z | success`,
    calendar_window: `
      id | kind     | starts_at            | ends_at              | reason
      w1 | blackout | 2026-03-10T00:00:00Z | 2026-03-12T00:00:00Z | Quarter end`,
  },
};

const window = (starts: string, ends: string): History["data"] => ({
  calendar_window: `
    id | kind     | starts_at | ends_at | reason
    w1 | blackout | ${starts} | ${ends} | Quarter end`,
});

test("the builds tell since when a unit fails, and until when; what is still as it was leaves no trace", async () => {
  const warehouse = await given(FIRST);
  onTestFinished(() => warehouse.close());
  const told = () =>
    warehouse.rows<{ publication: number; unit: string; old_status: string | null; new_status: string; is_first: boolean }>(
      "select publication, unit, old_status, new_status, is_first from reports.control_history where control = 'WIN-01' order by publication, unit",
    );
  const publish = (history: History) => recordPublication(warehouse, modelInput(history));
  const failed = { publication: 1, unit: "data:d2", old_status: null, new_status: "fail", is_first: true };
  expect(await told()).toEqual([failed]);
  expect(await publish(FIRST)).toBe("recorded");

  // The window was another: the first deployment was in it, the second was not.
  const second = { ...FIRST, asOf: "2026-04-02T00:00:00Z", data: window("2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z") };
  await goOn(warehouse, second);
  const moved = [
    { publication: 2, unit: "data:d1", old_status: null, new_status: "fail", is_first: false },
    { publication: 2, unit: "data:d2", old_status: "fail", new_status: "pass", is_first: false },
  ];
  expect(await told()).toEqual([failed, ...moved]);
  const [row] = await warehouse.rows("select began_to_fail, ceased_to_fail from reports.site_control_change where control = 'WIN-01'");
  expect(row).toEqual({ began_to_fail: 1, ceased_to_fail: 1 });
  expect(await publish(second)).toBe("recorded");

  // A day later nothing is new.
  const third = { ...FIRST, asOf: "2026-04-03T00:00:00Z", data: {} };
  await goOn(warehouse, third);
  expect(await publish(third)).toBe("recorded");
  expect(await told()).toEqual([failed, ...moved]);
  const kept = await warehouse.rows("select publication, unit, status from raw.published_result where control = 'WIN-01' order by publication, unit");
  expect(kept).toHaveLength(3);
});
