import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Warehouse } from "../../src/warehouse/open.ts";
import { given, type History } from "../support/history.ts";
import { kindsByReachability, shippedByReachability } from "./oracle.ts";
import { asData, randomHistory, tell, type RandomHistory, type Told } from "./random-history.ts";
import { shipped, waves } from "./story.ts";

const SLOW = 180_000;

/** Building the model takes the same time for one service as for eight. */
const several = fc.array(randomHistory, { minLength: 8, maxLength: 8 });

/** Each history under a service of its own. */
function sideBySide(histories: readonly RandomHistory[]) {
  const told = histories.map((history, index) => [`s${index}`, tell(history, `s${index}`)] as const);
  const services = Object.fromEntries(told.map(([service]) => [service, { repository: service }]));
  return { told, config: { services }, data: asData(together(told.map(([, { tables }]) => tables))) };
}

/** The rows of all, entity by entity. */
const together = (all: readonly Told["tables"][]) =>
  Object.fromEntries(
    Object.keys(all[0] ?? {}).map((entity) => [
      entity,
      all.flatMap((tables) => tables[entity as keyof Told["tables"]]),
    ]),
  ) as Told["tables"];

/** The seed is fixed: a failure is the same failure everywhere. */
const runs = (numRuns: number) => ({ seed: 20_260_131, numRuns, endOnFailure: true });

/** What the model says of a history; the database is closed again. */
async function asked<T>(history: Partial<History>, ask: (warehouse: Warehouse) => Promise<T>): Promise<T> {
  const warehouse = await given({
    asOf: "2026-01-31T00:00:00Z",
    complete: ["deployment", "incident"],
    data: {},
    ...history,
  });
  try {
    return await ask(warehouse);
  } finally {
    warehouse.close();
  }
}

const RELATIONS = [
  "model.wave",
  "model.wave_change",
  "model.withdrawn_wave",
  "correlation.incident_link",
  "metrics.lead_time_fact",
  "metrics.wave_outcome",
  "metrics.recovery_fact",
  "metrics.waiting_change",
  "metrics.metric",
];

/** Everything that the relations say, in their own order. */
const everything = async (warehouse: Warehouse) =>
  Object.fromEntries(
    await Promise.all(
      RELATIONS.map(async (name) => [name, await warehouse.rows(`select * from ${name}`)] as const),
    ),
  );

describe("a history says the same", () => {
  test(
    "in whatever order it was collected, in one run or in two that overlap",
    { timeout: SLOW },
    async () => {
      const property = fc.asyncProperty(
        several,
        fc.infiniteStream(fc.nat(999)),
        async (histories, random) => {
          const { config, data } = sideBySide(histories);
          const dice = () => Number(random.next().value);
          const mixed = Object.entries(data)
            .map(([entity, table]) => ({ order: dice(), entry: [entity, inTwoRuns(table, dice)] as const }))
            .toSorted((a, b) => a.order - b.order);
          const again: History["data"] = Object.fromEntries(mixed.map(({ entry }) => entry));
          expect(await asked({ config, data: again }, everything)).toEqual(
            await asked({ config, data }, everything),
          );
        },
      );
      await fc.assert(property, runs(2));
    },
  );

  test("of one service, whatever happens to others", { timeout: SLOW }, async () => {
    const property = fc.asyncProperty(several, async (histories) => {
      const { config, data } = sideBySide(histories);
      const alone = sideBySide(histories.slice(0, 3));
      const all = await asked({ config, data }, ofTheFirstThree);
      expect(all).toEqual(await asked({ config: alone.config, data: alone.data }, ofTheFirstThree));
    });
    await fc.assert(property, runs(3));
  });
});

// The period of everything begins with the first service of all: it is the one period that is not the same for a service alone.
const ofTheFirstThree = (warehouse: Warehouse) =>
  warehouse.rows(
    `select * exclude (period_start), case when period_kind <> 'all' then period_start end as period_start
     from metrics.metric where scope_kind = 'service' and scope in ('s0', 's1', 's2') order by all`,
  );

describe("any history", () => {
  test(
    "ships by the first deployment in time that reaches a change, and rolls back to what is reached",
    { timeout: SLOW },
    async () => {
      const property = fc.asyncProperty(several, async (histories) => {
        const { told, config, data } = sideBySide(histories);
        await asked({ config, data }, async (warehouse) => {
          for (const [service, history] of told) {
            expect(await shipped(warehouse, service)).toEqual(shippedByReachability(history));
            expect(await waves(warehouse, service)).toEqual(kindsByReachability(history));
          }
        });
      });
      await fc.assert(property, runs(5));
    },
  );

  test("has one first deployment at most for each change and service", { timeout: SLOW }, async () => {
    const property = fc.asyncProperty(several, async (histories) => {
      const { config, data } = sideBySide(histories);
      const twice = "select change_id from model.wave_change group by service, change_id having count(*) > 1";
      const found = await asked({ config, data }, (warehouse) =>
        warehouse.rows(twice),
      );
      expect(found).toEqual([]);
    });
    await fc.assert(property, runs(3));
  });

  test(
    "has stages that sum to the lead time, of each change and of each figure",
    { timeout: SLOW },
    async () => {
      const property = fc.asyncProperty(several, async (histories) => {
        const { config, data } = sideBySide(histories);
        await asked({ config, data }, async (warehouse) => {
          expect(await warehouse.rows(STAGES_OF_FACTS_THAT_DIFFER)).toEqual([]);
          expect(await warehouse.rows(STAGES_OF_FIGURES_THAT_DIFFER)).toEqual([]);
        });
      });
      await fc.assert(property, runs(5));
    },
  );
});

const STAGES_OF_FACTS_THAT_DIFFER = `
  select change_id from metrics.lead_time_fact
  where
    coding_seconds + pickup_seconds + review_seconds + no_review_seconds + merge_to_live_seconds <> lead_seconds
    or least(coding_seconds, pickup_seconds, review_seconds, no_review_seconds, merge_to_live_seconds) < 0`;

const STAGES_OF_FIGURES_THAT_DIFFER = `
  select m.scope, m.period_label, m.basis, m.value, sum(s.value_seconds) as stages
  from metrics.metric as m
  join metrics.lead_time_stage as s
    on s.scope_kind = m.scope_kind and s.scope = m.scope and s.period_kind = m.period_kind
      and s.period_start = m.period_start and s.basis = m.basis
  where m.metric = 'change_lead_time'
  group by all
  having abs(sum(s.value_seconds) - m.value) > 1e-6 * m.value`;

/** The rows in another order, some in a first run, the rest and some of the first in a second one. */
function inTwoRuns(table: string, dice: () => number): string[] {
  const [head = "", ...rows] = table.split("\n");
  const drawn = rows.map((row) => ({ row, order: dice(), run: dice() % 3 }));
  const shuffled = drawn.toSorted((a, b) => a.order - b.order);
  const first = shuffled.filter(({ run }) => run !== 0);
  const second = shuffled.filter(({ run }) => run !== 1);
  return [first, second]
    .filter((part) => part.length > 0)
    .map((part) => [head, ...part.map(({ row }) => row)].join("\n"));
}
