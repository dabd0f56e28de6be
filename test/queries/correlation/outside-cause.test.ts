import { expect, test } from "vitest";
import { given, metric } from "../../support/history.ts";
import { accepted, links } from "../../support/outcomes.ts";

const incident_classes = { provider: { words: ["Third party"], outside: true }, "faulty change": ["bug"] };

const data = {
  deployment: `
    id | service | environment | version | finished_at          | status
    u1 | auth    | production  | 2.0     | 2026-03-02T12:00:00Z | success
    d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success`,
  incident: `
    id | service | started_at           | classification | caused_by
    i1 | api     | 2026-03-02T12:30:00Z | bug            |
    i2 | api     | 2026-03-02T12:30:00Z | third PARTY    |
    i3 | api     | 2026-03-02T12:30:00Z | provider       | 1.0
    i4 | api     | 2026-03-02T12:30:00Z | something else |`,
};
const services = { api: { repository: "api", upstream: ["auth"] }, auth: { repository: "auth" } };
const history = (config: object) =>
  given({
    ...{ asOf: "2026-04-01T00:00:00Z", complete: ["incident"], data },
    config: { services, incident_classes, ...config },
  });

test("what is classified as none of a deployment's is linked by what it names, and not by time alone", async () => {
  const warehouse = await history({});
  expect(await accepted(warehouse)).toEqual(["i1 -> d1", "i3 -> d1", "i4 -> d1"]);
  expect(await links(warehouse)).toContainEqual(
    expect.objectContaining({ incident: "i2", deployment: "d1", class: "weak", is_accepted: false }),
  );
  const [row] = await warehouse.rows<{ words: string[] }>(
    "select words from correlation.incident_link_reason where incident_id like '%i2' and wave_id like '%:d1'",
  );
  expect(row?.words).toEqual([
    "began 30 min after the deployment of the same service; classified as third PARTY, so that time alone says nothing",
  ]);
});

test("near as it may be, and however low the threshold: all that is near in time together stays below it", async () => {
  const metrics = { link_threshold: 0.05 };
  const strengths = { same_service: 0.99, upstream: 0.99, release_train: 0.99 };
  const warehouse = await history({ metrics, links: strengths });
  expect((await accepted(warehouse)).filter((one) => one.startsWith("i2"))).toEqual([]);
});

test("an outside cause is no failure of the deployment before it", async () => {
  const incident = `
    id | service | started_at           | classification
    i2 | api     | 2026-03-02T12:30:00Z | provider`;
  const only = (config: object) =>
    given({
      ...{ asOf: "2026-04-01T00:00:00Z", complete: ["incident"], config: { services, ...config } },
      data: { ...data, incident },
    });
  expect(await metric(await only({}), "change_fail_rate", { scope: "api" })).toMatchObject({ value: 1 });
  expect(await metric(await only({ incident_classes }), "change_fail_rate", { scope: "api" })).toMatchObject({
    value: 0,
  });
});
