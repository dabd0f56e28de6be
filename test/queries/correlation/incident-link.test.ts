import { expect, test } from "vitest";
import { given, metric } from "../../support/history.ts";
import { accepted, links } from "../../support/outcomes.ts";

const asOf = "2026-04-01T00:00:00Z";

// By time alone: 0.9 * d / (d + 3.3 * r), looked at for 24 h; threshold 0.5. d, the density of a delay with a median of 4 h: ln 2 / 4 h * 0.5^(hours / 4). r, half
// of two a week and half of what the service's own are in four weeks or longer: of one (0.25 + 2) / 2 / 168 h = 0.0066964 an hour.
// After 6 h: d = 0.0612663, and 0.9 * 0.0612663 / (0.0612663 + 0.0220982) = 0.661428.

test("two incidents may come from one deployment", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success`,
      incident: `
        id | service | started_at           | resolved_at
        i1 | api     | 2026-03-02T13:00:00Z | 2026-03-02T14:00:00Z
        i2 | api     | 2026-03-02T19:00:00Z | 2026-03-02T21:00:00Z`,
    },
  });
  expect(await accepted(warehouse)).toEqual(["i1 -> d1", "i2 -> d1"]);
});

test("an incident that states two deployments has two causes", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success
        d2 | api     | production  | 1.1     | 2026-03-03T12:00:00Z | success
        d3 | api     | production  | 1.2     | 2026-03-04T12:00:00Z | success`,
      incident: `
        id | service | started_at           | caused_by
        i1 | api     | 2026-03-04T13:00:00Z | d1;d2`,
    },
  });
  // d3 went live an hour before, but where the incident states its causes, nearness does not add one.
  expect(await accepted(warehouse)).toEqual(["i1 -> d1", "i1 -> d2"]);
  expect(await links(warehouse)).toContainEqual(
    expect.objectContaining({ deployment: "d3", class: "likely", is_accepted: false }),
  );
});

test("an incident has one cause, the best link", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T06:00:00Z | success
        d2 | api     | production  | 1.1     | 2026-03-02T12:00:00Z | success
        d3 | api     | production  | 1.2     | 2026-03-02T19:00:00Z | success`,
      incident: `
        id | service | started_at
        i1 | api     | 2026-03-02T18:00:00Z`,
    },
  });
  // Three in four weeks: r = (0.75 + 2) / 2 / 168. d1: 12 h, 0.9 * 0.0216609 / (0.0216609 + 0.0270089). d2: 6 h. d3 came after the incident began.
  expect(await links(warehouse)).toEqual([
    { incident: "i1", deployment: "d1", class: "weak", confidence: 0.400552, is_accepted: false },
    { incident: "i1", deployment: "d2", class: "likely", confidence: 0.624633, is_accepted: true },
  ]);
  expect(await warehouse.rows("select words from correlation.incident_link_reason order by wave_id")).toEqual([
    { words: ["began 12 h after the deployment of the same service"] },
    { words: ["began 6 h after the deployment of the same service"] },
  ]);
});

test("a link under the threshold is shown and does not count", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    config: { metrics: { link_threshold: 0.7 } },
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success`,
      incident: `
        id | service | started_at
        i1 | api     | 2026-03-02T18:00:00Z`,
    },
  });
  // 6 h: 0.661 < 0.7
  expect(await links(warehouse)).toEqual([
    { incident: "i1", deployment: "d1", class: "weak", confidence: 0.661428, is_accepted: false },
  ]);
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({ value: 0, n: 1 });
});

test("an incident beyond the window comes from nothing that is known", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success`,
      incident: `
        id | service | started_at
        i1 | api     | 2026-03-03T12:00:01Z`,
    },
  });
  expect(await links(warehouse)).toEqual([]);
});

test("an incident before any deployment is nobody's failure", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T12:00:00Z | success`,
      incident: `
        id | service | started_at           | resolved_at
        i1 | api     | 2026-03-01T12:00:00Z | 2026-03-02T13:00:00Z`,
    },
  });
  expect(await links(warehouse)).toEqual([]);
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({ value: 0, n: 1 });
});

test("an incident in a service that was never deployed links to nothing and gives no data", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      incident: `
        id | service | started_at
        i1 | api     | 2026-03-01T12:00:00Z`,
    },
  });
  expect(await links(warehouse)).toEqual([]);
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({ value: null, status: "no data", n: 0 });
  expect(await metric(warehouse, "failed_deployment_recovery_time")).toMatchObject({
    value: null,
    status: "no data",
  });
});

test("an incident names its cause by change, number, commit, version or ticket", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id   | repository | number | merge_sha                                | merged_at            | tickets
        pr-a | api        | 11     | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | 2026-03-01T10:00:00Z | SHOP-7
        pr-b | api        | 12     | bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb | 2026-03-02T10:00:00Z |`,
      deployment: `
        id | service | environment | version | sha                                      | finished_at          | status
        d1 | api     | production  | 1.0     | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 1.1     | bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb | 2026-03-02T12:00:00Z | success`,
      incident: `
        id       | service | started_at           | caused_by
        change   | api     | 2026-03-10T00:00:00Z | pr-a
        commit   | api     | 2026-03-10T00:00:00Z | BBBBBBB
        nothing  | api     | 2026-03-10T00:00:00Z | bbbbbb
        number   | api     | 2026-03-10T00:00:00Z | #12
        other    | shop    | 2026-03-10T00:00:00Z | 1.1
        ticket   | api     | 2026-03-10T00:00:00Z | SHOP-7
        version  | api     | 2026-03-10T00:00:00Z | 1.1`,
    },
  });
  // Eight days later nothing links by time. Six digits are too few for a commit; a version belongs to its service.
  expect(await accepted(warehouse)).toEqual([
    "change -> d1",
    "commit -> d2",
    "number -> d2",
    "ticket -> d1",
    "version -> d2",
  ]);
  expect((await links(warehouse)).every((link) => link.class === "stated" && link.confidence === 1)).toBe(
    true,
  );
});

test("an incident of one service may state a deployment of another", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    config: { services: { api: { repository: "api" }, web: { repository: "web" } } },
    data: {
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-02T12:00:00Z | success
        w1 | web     | production  | 2026-03-02T12:30:00Z | success`,
      incident: `
        id | service | started_at           | caused_by
        i1 | web     | 2026-03-02T13:00:00Z | d1`,
    },
  });
  // users saw it in web half an hour after w1; the incident says that it was d1
  expect(await accepted(warehouse)).toEqual(["i1 -> d1"]);
  expect(await metric(warehouse, "change_fail_rate")).toMatchObject({ value: 1 });
  expect(await metric(warehouse, "change_fail_rate", { scope: "web" })).toMatchObject({ value: 0 });
});

test("a version that went live twice names the time before the incident", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status  | rollback_of
        d1 | api     | production  | 1.0     | 2026-03-01T12:00:00Z | success |
        d2 | api     | production  | 1.1     | 2026-03-05T12:00:00Z | success |
        d3 | api     | production  | 1.0     | 2026-03-05T13:00:00Z | success | d2
        d4 | api     | production  | 1.1     | 2026-03-09T12:00:00Z | success |
        d5 | api     | production  | 1.1     | 2026-03-20T12:00:00Z | success |`,
      incident: `
        id | service | started_at           | caused_by
        i1 | api     | 2026-03-11T00:00:00Z | 1.1`,
    },
  });
  // Live when it began was d4; d2 was long out of service and d5 had not happened.
  expect(await accepted(warehouse)).toEqual(["i1 -> d4"]);
});

test("what is the id of a deployment is not also read as the number of a change", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at
        c7 | api        | 7      | 2026-03-01T10:00:00Z`,
      deployment: `
        id | service | environment | version | finished_at          | status
        6  | api     | production  | 1.0     | 2026-03-01T12:00:00Z | success
        7  | api     | production  | 1.1     | 2026-03-02T12:00:00Z | success`,
      incident: `
        id | service | started_at           | caused_by
        i1 | api     | 2026-03-10T00:00:00Z | 7
        i2 | api     | 2026-03-10T00:00:00Z | #7`,
    },
  });
  // Change 7 was shipped by deployment 6. One reference states one cause.
  expect(await accepted(warehouse)).toEqual(["i1 -> 7", "i2 -> 6"]);
});

test("without a service, a number could be a change of any repository and states nothing", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    config: { services: { api: { repository: "api" }, web: { repository: "web" } } },
    data: {
      change: `
        id | repository | number | merged_at
        a7 | api        | 7      | 2026-03-01T10:00:00Z
        w7 | web        | 7      | 2026-03-01T10:00:00Z`,
      deployment: `
        id | service | environment | finished_at          | status
        da | api     | production  | 2026-03-01T12:00:00Z | success
        dw | web     | production  | 2026-03-01T12:00:00Z | success`,
      incident: `
        id | service | started_at           | caused_by
        i1 |         | 2026-03-10T00:00:00Z | #7
        i2 | web     | 2026-03-10T00:00:00Z | #7`,
    },
  });
  expect(await accepted(warehouse)).toEqual(["i2 -> dw"]);
});

test("the deployment that was rolled back while the incident was open is likelier than a nearer one", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | finished_at          | status  | rollback_of
        d0 | api     | production  | 1.0     | 2026-03-01T10:00:00Z | success |
        d1 | api     | production  | 1.1     | 2026-03-02T10:00:00Z | success |
        d2 | api     | production  | 1.2     | 2026-03-02T16:00:00Z | success |
        d3 | api     | production  | 1.0     | 2026-03-02T23:00:00Z | success | d1`,
      incident: `
        id | service | started_at           | resolved_at
        i1 | api     | 2026-03-02T22:00:00Z | 2026-03-03T00:00:00Z`,
    },
  });
  // Four in four weeks: r = 1.5 / 168. d1: rolled back 0.9, and 12 h, 0.381315: 1 - 0.1 * 0.618685. d2: 6 h.
  expect(await links(warehouse)).toEqual([
    { incident: "i1", deployment: "d1", class: "strong", confidence: 0.938132, is_accepted: true },
    { incident: "i1", deployment: "d2", class: "likely", confidence: 0.607729, is_accepted: false },
  ]);
});

test("a fix that names incident and change links the two", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: `
        id | repository | number | merged_at            | fixes
        c1 | api        | 1      | 2026-03-01T10:00:00Z |
        c2 | api        | 2      | 2026-03-09T10:00:00Z | i1;#1`,
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-03-01T12:00:00Z | success
        d2 | api     | production  | 2026-03-09T12:00:00Z | success`,
      incident: `
        id | service | started_at           | resolved_at
        i1 | api     | 2026-03-08T00:00:00Z | 2026-03-10T00:00:00Z`,
    },
  });
  // 0.85 for the fix that names both; nothing was reverted and d1 is a week old.
  expect(await links(warehouse)).toEqual([
    { incident: "i1", deployment: "d1", class: "strong", confidence: 0.85, is_accepted: true },
  ]);
});

test("a deployment of an upstream service is a candidate, by itself too weak to count", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    config: { services: { api: { repository: "api", upstream: ["auth"] }, auth: { repository: "auth" } } },
    data: {
      deployment: `
        id | service | environment | finished_at          | status
        d1 | api     | production  | 2026-02-01T12:00:00Z | success
        u1 | auth    | production  | 2026-03-02T12:00:00Z | success`,
      incident: `
        id | service | started_at
        i1 | api     | 2026-03-02T13:00:00Z
        i2 | auth    | 2026-03-02T14:00:00Z`,
    },
  });
  expect(await links(warehouse)).toEqual([
    expect.objectContaining({ incident: "i1", deployment: "u1", class: "weak", is_accepted: false }),
    expect.objectContaining({ incident: "i2", deployment: "u1", class: "likely", is_accepted: true }),
  ]);
});

test("what went live after somebody noticed is no cause, whenever users are said to have felt it", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | version | started_at           | finished_at          | status
        d1 | api     | production  | 1.0     | 2026-03-02T10:00:00Z | 2026-03-02T10:05:00Z | success
        d2 | api     | production  | 1.1     | 2026-03-02T12:00:00Z | 2026-03-02T12:05:00Z | success`,
      incident: `
        id | service | started_at           | detected_at
        i1 | api     | 2026-03-02T12:30:00Z | 2026-03-02T11:30:00Z`,
    },
  });
  expect(await accepted(warehouse)).toEqual(["i1 -> d1"]);
});

test("near says more in a service that is hardly ever deployed", async () => {
  const weekly = Array.from({ length: 40 }, (_, index) => {
    const at = new Date(Date.UTC(2025, 5, 1) + index * 3.5 * 86_400_000).toISOString();
    return `w${index} | web | production | 1.${index} | ${at} | success`;
  });
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    config: { services: { api: { repository: "api" }, web: { repository: "web" } } },
    data: {
      deployment: `
        id | service | environment | version | finished_at | status
        a1 | api | production | 1.0 | 2025-06-01T00:00:00Z | success
        ${weekly.join("\n        ")}`,
      incident: `
        id | service | started_at
        i1 | api     | 2025-06-01T09:00:00Z
        i2 | web     | 2025-06-01T09:00:00Z
        i3 | web     | 2025-06-01T07:00:00Z`,
    },
  });
  // 9 h. api, once in four weeks: counts for 10 h 36 min. web, twice a week: for 7 h 17 min.
  expect(await accepted(warehouse)).toEqual(["i1 -> a1", "i3 -> w0"]);
});
