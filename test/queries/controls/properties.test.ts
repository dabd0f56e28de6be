import fc from "fast-check";
import { expect, test } from "vitest";
import type { EntityName } from "../../../collectors/files/entities.ts";
import { queryFiles } from "../../../src/warehouse/model.ts";
import { given } from "../../support/history.ts";
import { NEVER_SUPPORTING, processHistory, SUPPORTING, tables, type ProcessHistory } from "./random-process.ts";

const SLOW = 300_000;

/** The seed is fixed: a failure is the same failure everywhere. */
const runs = (numRuns: number) => ({ seed: 20_260_331, numRuns, endOnFailure: true });

interface Result {
  readonly control: string;
  readonly unit_kind: string;
  readonly unit: string;
  readonly service: string | null;
  readonly status: string;
  readonly is_not_due: boolean;
  readonly reason: string;
}

interface Asked {
  readonly complete?: readonly EntityName[];
  readonly without?: (entity: EntityName, row: number) => boolean;
}

/** Results of all controls, unit by unit. */
async function results(history: ProcessHistory, { complete = history.complete, without = () => false }: Asked = {}) {
  const warehouse = await given({
    asOf: history.asOf,
    complete,
    config: history.config,
    data: tables(history, without),
  });
  const rows = await warehouse.rows<Result>(
    "select control, unit_kind, unit, service, status, is_not_due, reason from controls.result order by control, unit_kind, unit",
  );
  warehouse.close();
  return new Map(rows.map((row) => [`${row.control} ${row.unit_kind} ${row.unit}`, row]));
}

/** What each control needs, and whether its absence can only hurt. */
const needs = queryFiles().flatMap(({ header }) =>
  header.control === undefined ? [] : header.needs.map(({ of, as }) => ({ control: header.control, of, as })),
);
const controls = [...new Set(needs.map(({ control }) => control))];
const needersOf = (entities: readonly string[]) => new Set(needs.filter(({ of }) => entities.includes(of)).map(({ control }) => control));

const isGood = (status: string | undefined) => status === "pass" || status === "exempt";
const isBad = (status: string | undefined) => status === "fail" || status === "unknown";

test(
  "one row per unit for each control, and each has its reason",
  () =>
    fc.assert(
      fc.asyncProperty(processHistory, async (history) => {
        const warehouse = await given({ asOf: history.asOf, complete: history.complete, config: history.config, data: tables(history) });
        const twice = await warehouse.rows(
          "select control, unit_kind, unit from controls.result group by control, unit_kind, unit having count(*) > 1",
        );
        const bare = await warehouse.rows(
          "select control, unit, status, reason from controls.result where reason is null or not ends_with(reason, '.') or unit is null or status is null",
        );
        const missed = await warehouse.rows(
          `select d.deployment_id, c.control from controls.production_deployment as d cross join controls.control as c
           left join controls.result as r on r.control = c.control and r.unit_kind = 'deployment' and r.unit = d.deployment_id
           where list_contains(c.units, 'deployment') and r.unit is null
           union all
           select q.change_request_id, c.control from model.change_request as q cross join controls.control as c
           left join controls.result as r on r.control = c.control and r.unit_kind = 'change_request' and r.unit = q.change_request_id
           where list_contains(c.units, 'change_request') and r.unit is null
           union all
           select l.release_id, c.control from controls.production_release as l cross join controls.control as c
           left join controls.result as r on r.control = c.control and r.unit_kind = 'release' and r.unit = l.release_id
           where list_contains(c.units, 'release') and r.unit is null`,
        );
        warehouse.close();
        expect({ twice, bare, missed }).toEqual({ twice: [], bare: [], missed: [] });
      }),
      runs(4),
    ),
  SLOW,
);

test(
  "removing supporting evidence never improves a status",
  () =>
    fc.assert(
      fc.asyncProperty(processHistory, fc.constantFrom(...SUPPORTING), fc.nat(3), async (history, entity, part) => {
        const before = await results(history);
        const after = await results(history, { without: (kind, row) => kind === entity && row % 4 !== part });
        const adverse = new Set(needs.filter(({ of, as }) => of === entity && as === "adverse").map(({ control }) => control));
        for (const [unit, was] of before) {
          if (adverse.has(was.control)) continue;
          const is = after.get(unit);
          expect(isBad(was.status) && isGood(is?.status) ? { unit, entity, was, is } : null).toBeNull();
        }
      }),
      runs(10),
    ),
  SLOW,
);

test(
  "disconnecting a source turns what needs it to unknown, never to pass or fail",
  () =>
    fc.assert(
      fc.asyncProperty(processHistory, fc.constantFrom(...SUPPORTING, ...NEVER_SUPPORTING), async (history, entity) => {
        const before = await results(history);
        const after = await results(history, {
          complete: history.complete.filter((kind) => kind !== entity),
          without: (kind) => kind === entity,
        });
        const concerned = needersOf([entity]);
        for (const [unit, was] of before) {
          const is = after.get(unit);
          if (is === undefined || was.status === is.status || !concerned.has(was.control)) continue;
          expect(is.status === "unknown" || is.status === "not_applicable" ? null : { unit, entity, was, is }).toBeNull();
        }
      }),
      runs(10),
    ),
  SLOW,
);

test(
  "a completeness assertion turns only unknowns, those whose evidence is missing to failures and those without a finding to passes",
  () =>
    fc.assert(
      fc.asyncProperty(processHistory, async (history) => {
        const [without, within] = [await results(history, { complete: [] }), await results(history)];
        expect([...within.keys()]).toEqual([...without.keys()]);
        for (const [unit, was] of without) {
          const is = within.get(unit);
          if (was.status === is?.status) continue;
          const told = was.reason.includes(" Nobody knows whether there is one: ")
            ? ["fail", "exempt"]
            : was.reason.startsWith("Nothing was found against it, but ")
              ? ["pass"]
              : [];
          expect(was.status === "unknown" && told.includes(is?.status ?? "") ? null : { unit, was, is }).toBeNull();
        }
        for (const [unit, { status, reason }] of within)
          expect(reason.includes("nothing says that the") && everythingIsSaid(reason, history.complete) ? { unit, status, reason } : null).toBeNull();
      }),
      runs(6),
    ),
  SLOW,
);

/** Whether all kinds of record that a reason misses an assertion of were asserted. */
function everythingIsSaid(reason: string, complete: readonly string[]): boolean {
  const words = /nothing says that the (.+?)s(?: of (?:api|web))? are complete/.exec(reason)?.[1] ?? "";
  const isOfService = /are complete/.test(reason) && / of (?:api|web) are complete/.test(reason);
  return isOfService && words.split("s and ").every((kind) => complete.includes(kind.replaceAll(" ", "_")));
}

test(
  "an expired exemption exempts nothing",
  () =>
    fc.assert(
      fc.asyncProperty(processHistory, async (history) => {
        const bare = await results(history, { without: (kind) => kind === "exemption" });
        const failing = [...bare.values()].filter(({ status }) => status === "fail").slice(0, 12);
        const waived = (from: string, until: string): ProcessHistory => ({
          ...history,
          rows: {
            ...history.rows,
            exemption: failing.map(({ control, unit }, index) => ({
              id: `x${index}`, control, scope: unit, requested_by: "ana", approver: "ben", reason: "Law", compensating_control: "Watched", valid_from: from, valid_until: until,
            })),
          },
        });
        const key = ({ control, unit_kind, unit }: Result) => `${control} ${unit_kind} ${unit}`;
        const expired = await results(waived("2025-06-01T00:00:00Z", "2025-11-01T00:00:00Z"));
        for (const row of failing.filter(({ control }) => control !== "EXC-01"))
          expect([key(row), expired.get(key(row))?.status]).toEqual([key(row), "fail"]);
        const holding = await results(waived("2025-12-01T00:00:00Z", "2026-04-15T00:00:00Z"));
        const dated = failing.filter(({ control, unit_kind }) => control !== "EXC-01" && unit_kind === "deployment");
        for (const row of dated) expect([key(row), holding.get(key(row))?.status]).toEqual([key(row), "exempt"]);
      }),
      runs(4),
    ),
  SLOW,
);

test("there are controls to ask", () => {
  expect(controls.length).toBeGreaterThanOrEqual(17);
});
