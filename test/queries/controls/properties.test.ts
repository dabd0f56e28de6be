import fc from "fast-check";
import { expect, test } from "vitest";
import { queryFiles } from "../../../src/warehouse/model.ts";
import { given } from "../../support/history.ts";
import { historyOf, processes, type Asked, type Process } from "./random-process.ts";

const SLOW = 300_000;

/** The seed is fixed: a failure is the same failure everywhere. */
const RUNS = { seed: 20_260_331, numRuns: 1, endOnFailure: true };

interface Result {
  readonly control: string;
  readonly unit_kind: string;
  readonly unit: string;
  readonly service: string | null;
  readonly status: string;
  readonly reason: string;
}

const keyOf = ({ control, unit_kind, unit }: Result) => `${control} ${unit_kind} ${unit}`;

/** Results of all controls, unit by unit. */
async function results(all: readonly Process[], asked?: Asked): Promise<Map<string, Result>> {
  const warehouse = await given(historyOf(all, asked));
  const rows = await warehouse.rows<Result>(
    `select control, unit_kind, unit, service, status, reason from controls.result
     order by control, unit_kind, unit`,
  );
  warehouse.close();
  return new Map(rows.map((row) => [keyOf(row), row]));
}

/** What each control needs, and whether its absence can only hurt. */
const needs = queryFiles().flatMap(({ header }) =>
  header.control === undefined
    ? []
    : (header.needs ?? []).map(({ of, as }) => ({ control: header.control, of, as })),
);

const isNeeded = (control: string, entity: string, as?: string) =>
  needs.some((need) => need.control === control && need.of === entity && (as ?? need.as) === need.as);

/** The process that a result is about; none for what is not of one service. */
const processOf = (all: readonly Process[], { service }: Result) =>
  all.find(({ services }) => services.includes(service ?? ""));

interface Step {
  readonly was: Result;
  readonly is: Result;
  readonly of: Process;
}

/** Units of both whose status is not the same. */
function changes(all: readonly Process[], before: Map<string, Result>, after: Map<string, Result>): Step[] {
  return [...before].flatMap(([key, was]) => {
    const is = after.get(key);
    const of = processOf(all, was);
    return is === undefined || of === undefined || is.status === was.status ? [] : [{ was, is, of }];
  });
}

const arrow = ({ was, is }: Step) => `${was.status} > ${is.status}`;
const isGood = (status: string) => status === "pass" || status === "exempt";

test(
  "one row per unit for each control, each with its reason, and no evidence without a name",
  () =>
    fc.assert(
      fc.asyncProperty(processes, async (all) => {
        const warehouse = await given(historyOf(all));
        const twice = await warehouse.rows(
          `select control, unit_kind, unit from controls.result
           group by control, unit_kind, unit having count(*) > 1`,
        );
        const bare = await warehouse.rows(
          `select control, unit, status, reason from controls.result
           where coalesce(reason, '') not like '%.' or unit is null or status is null
              or len(evidence) <> list_count(evidence)`,
        );
        const missed = await warehouse.rows(
          `with unit as (
             select 'deployment' as unit_kind, deployment_id as unit from controls.production_deployment
             union all
             select 'change_request', change_request_id from model.change_request
             union all
             select 'release', release_id from controls.production_release
             union all
             select 'incident', incident_id from model.incident
           )
           select c.control, u.unit_kind, u.unit
           from controls.control as c
           join unit as u on list_contains(c.units, u.unit_kind)
           left join controls.result as r
             on r.control = c.control and r.unit_kind = u.unit_kind and r.unit = u.unit
           where r.unit is null`,
        );
        warehouse.close();
        expect({ twice, bare, missed }).toEqual({ twice: [], bare: [], missed: [] });
      }),
      RUNS,
    ),
  SLOW,
);

test(
  "removing supporting evidence never improves a status",
  () =>
    fc.assert(
      fc.asyncProperty(processes, async (all) => {
        const before = await results(all);
        const after = await results(all, {
          without: ({ cut }, entity, row) => entity === cut.entity && row % 4 !== cut.part,
        });
        const steps = changes(all, before, after).filter(
          ({ was, of }) => !isNeeded(was.control, of.cut.entity, "adverse"),
        );
        const better = steps.filter(({ was, is }) => !isGood(was.status) && isGood(is.status));
        expect(better.filter(({ was }) => was.status !== "not_applicable")).toEqual([]);
        expect(new Set(steps.map(arrow))).toContain("pass > fail");
      }),
      RUNS,
    ),
  SLOW,
);

test(
  "disconnecting a source turns what needs it to unknown, never to pass or fail",
  () =>
    fc.assert(
      fc.asyncProperty(processes, async (all) => {
        const before = await results(all);
        const after = await results(all, {
          complete: ({ complete, disconnected }) => complete.filter((entity) => entity !== disconnected),
          without: ({ disconnected }, entity) => entity === disconnected,
        });
        const steps = changes(all, before, after).filter(({ was, of }) =>
          isNeeded(was.control, of.disconnected),
        );
        expect(steps.filter(({ is }) => is.status === "pass" || is.status === "fail")).toEqual([]);
        const arrows = new Set(steps.map(arrow));
        expect([arrows.has("pass > unknown"), arrows.has("fail > unknown")]).toEqual([true, true]);
      }),
      RUNS,
    ),
  SLOW,
);

const kindOf = (words: string) =>
  words === "pieces of evidence"
    ? "evidence"
    : words.replace(/ies$/, "y").replace(/s$/, "").replaceAll(" ", "_");

/** The kinds of record that a reason says nobody asserts of the unit's service. */
function unsaid(reason: string): string[] | undefined {
  const [, words] = /nothing says that all (.+) of \w+ were collected for that time\./.exec(reason) ?? [];
  return words?.split(" and ").map(kindOf);
}

/** What an unknown becomes when all that it wants is asserted. */
const settled = (reason: string) =>
  reason.startsWith("Nothing was found against the ")
    ? "pass"
    : reason.includes("Nobody knows whether that is all")
      ? "not_applicable"
      : "fail";

test(
  "a completeness assertion turns exactly the unknowns that want it into failures, or into passes where they want what is adverse",
  () =>
    fc.assert(
      fc.asyncProperty(processes, async (all) => {
        const before = await results(all, { complete: () => [] });
        const after = await results(all);
        const due = (was: Result) => {
          const wanted = was.status === "unknown" ? unsaid(was.reason) : undefined;
          const said: readonly string[] = processOf(all, was)?.complete ?? [];
          return wanted?.every((kind) => said.includes(kind)) === true ? settled(was.reason) : was.status;
        };
        const ofServices = [...before].filter(([, was]) => processOf(all, was) !== undefined);
        expect(ofServices.map(([key]) => [key, after.get(key)?.status])).toEqual(
          ofServices.map(([key, was]) => [key, due(was)]),
        );
        const arrows = new Set(changes(all, before, after).map(arrow));
        expect([arrows.has("unknown > fail"), arrows.has("unknown > pass")]).toEqual([true, true]);
      }),
      RUNS,
    ),
  SLOW,
);

const waiver = ({ control, unit }: Result, index: number, from: string, until: string) => ({
  id: `x${index}`,
  control,
  scope: unit,
  requested_by: "ana",
  approver: "ben",
  reason: "Law",
  compensating_control: "Watched",
  valid_from: from,
  valid_until: until,
});

test(
  "an expired exemption exempts nothing, one that holds exactly what it names",
  () =>
    fc.assert(
      fc.asyncProperty(processes, async (all) => {
        const bare = await results(all);
        const failing = [...bare.values()].filter(
          ({ status, unit_kind }, index) => status === "fail" && unit_kind !== "exemption" && index % 3 === 0,
        );
        const waived = (from: string, until: string) =>
          results(all, {
            beside: { exemption: failing.map((row, index) => waiver(row, index, from, until)) },
          });
        const status = (rows: Map<string, Result>) =>
          [...bare.keys()].map((key) => [key, rows.get(key)?.status]);
        const expired = await waived("2025-06-01T00:00:00Z", "2025-11-01T00:00:00Z");
        expect(status(expired)).toEqual(status(bare));
        const held = await waived("2025-11-01T00:00:00Z", "2026-04-20T00:00:00Z");
        const named = new Set(failing.map(keyOf));
        expect(status(held)).toEqual(
          [...bare].map(([key, row]) => [key, named.has(key) ? "exempt" : row.status]),
        );
        expect(named.size).toBeGreaterThan(20);
      }),
      RUNS,
    ),
  SLOW,
);
