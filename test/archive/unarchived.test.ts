import { expect, test } from "vitest";
import { LONG, collectedWorld } from "./support.ts";

const RETENTION = `
retention:
  deployment log: { keep: 2 months, basis: Schedule 4.2, streams: [deployment] }
  incident record: { keep: 1 month, basis: Schedule 4.3, streams: [incident] }
`;

test(
  "what is gone for good is no data, not zero, and nothing claims to be complete for its time",
  async () => {
    const world = await collectedWorld(RETENTION);
    world.write(
      "quarterdeck.yaml",
      world
        .read("quarterdeck.yaml")
        .replace("api: { repository: api }", "api: { repository: api, active_from: 2025-12-01 }"),
    );
    const months = async () => {
      const rows = await world.json(
        "query",
        "select period_label, span_from from metrics.scope_period where scope_kind = 'service' and scope = 'api' and period_kind = 'month' order by 1",
      );
      return rows.map(({ period_label }) => period_label);
    };
    const before = await months();
    expect(before).toHaveLength(4);
    await world.run(
      "dispose",
      "--confirm",
      "--unarchived",
      "--reason",
      "order of 3 May",
      "--by",
      "records office",
    );
    // d1 of 5 January is gone: December and the first days of January are unknown. i1 of 5 February is gone: incidents are complete from then on only.
    expect(
      await world.json("query", "select source, stream, records from staging.gone order by stream"),
    ).toEqual([
      { source: "data", stream: "deployment", records: 1 },
      { source: "data", stream: "incident", records: 1 },
    ]);
    expect(await months()).toEqual(before.filter((label) => !["2025-12", "2026-01"].includes(String(label))));
    const assertions = await world.json(
      "query",
      "select distinct entity, asserted_from from model.completeness_assertion",
    );
    expect(assertions).toEqual([{ entity: "incident", asserted_from: "2026-02-05T13:00:01Z" }]);
    const [gap] = await world.json(
      "query",
      "select subject, rows, effect from reports.mapping_gap where kind = 'Disposed of, and in no archive here' order by subject",
    );
    expect(gap).toMatchObject({
      subject: "data deployment",
      rows: 1,
      effect: expect.stringContaining("figures up to 2026-01-05 are made without them") as string,
    });
    expect(
      await world.json(
        "query",
        "select record_class, system, disposed_by, disposal_reason from model.archived_record order by 1",
      ),
    ).toEqual([
      {
        record_class: "deployment",
        system: "data",
        disposed_by: "records office",
        disposal_reason: "deployment log, by Schedule 4.2: order of 3 May",
      },
      {
        record_class: "incident",
        system: "data",
        disposed_by: "records office",
        disposal_reason: "incident record, by Schedule 4.3: order of 3 May",
      },
    ]);
    expect(
      await world.json(
        "query",
        "select record_class, keep_for, keep_unit, basis from model.retention_policy order by 1",
      ),
    ).toEqual([
      { record_class: "deployment", keep_for: 2, keep_unit: "months", basis: "Schedule 4.2" },
      { record_class: "incident", keep_for: 1, keep_unit: "months", basis: "Schedule 4.3" },
    ]);
  },
  LONG,
);

test(
  "the preset disposes of nothing young and is nobody's policy",
  async () => {
    const world = await collectedWorld();
    expect((await world.run("dispose")).out).toBe("nothing is past its time at 2026-04-01T00:00:00Z\n");
    expect(await world.json("query", "select * from model.retention_policy")).toEqual([]);
  },
  LONG,
);
