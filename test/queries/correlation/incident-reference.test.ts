import { expect, test } from "vitest";
import { given } from "../../support/history.ts";
import { accepted, links } from "../../support/outcomes.ts";

const asOf = "2026-04-01T00:00:00Z";

const CHANGES = `
  id   | repository | number | merge_sha                                | merged_at            | tickets | url
  pr-a | api        | 11     | aaaaaaa1aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | 2026-03-01T10:00:00Z | SHOP-7  | https://git.example/pr/11
  pr-b | api        | 12     | bbbbbbb2bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb | 2026-03-02T10:00:00Z |         |`;

const DEPLOYMENTS = `
  id   | service | environment | version | sha                                      | finished_at          | status  | change_requests
  run1 | api     | production  | v1.0.0  | aaaaaaa1aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | 2026-03-01T12:00:00Z | success | CHG-1
  run2 | api     | production  | v1.1.0  | bbbbbbb2bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb | 2026-03-02T12:00:00Z | success | CHG-2
  run3 | api     | production  | v1.2.0  | ccccccc3cccccccccccccccccccccccccccccccc | 2026-03-12T12:00:00Z | success |`;

// All incidents begin a week after run2 and before run3: time links nothing.

test("texts name causes by deployment, version, commit, change, ticket, change request or address", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: CHANGES,
      deployment: DEPLOYMENTS,
      change_request: `
        id    | service
        CHG-1 | api
        CHG-2 | api`,
      incident: `
        id         | service | started_at           | title                        | description                                | post_mortem                    | links                     | labels
        address    | api     | 2026-03-10T00:00:00Z | Slow                         |                                            |                                | https://git.example/pr/11 |
        commit     | api     | 2026-03-10T00:00:00Z |                              | Looks like BBBBBBB2 did it.                |                                |                           |
        deployment | api     | 2026-03-10T00:00:00Z | Errors since run1            |                                            |                                |                           |
        fixed      | api     | 2026-03-10T00:00:00Z | Errors                       | Rolled back to 1.0.0, fixed by pr-b        |                                |                           |
        label      | api     | 2026-03-10T00:00:00Z | Errors                       |                                            |                                |                           | caused-by:run1
        later      | api     | 2026-03-10T00:00:00Z | Gone with version 1.2.0      |                                            |                                |                           |
        line       | api     | 2026-03-10T00:00:00Z |                              | Root cause: 1.0.0                          |                                |                           |
        number     | api     | 2026-03-10T00:00:00Z | 12 users, 11 s, since #12    |                                            |                                |                           |
        request    | api     | 2026-03-10T00:00:00Z |                              |                                            | It came with CHG-1 we believe. |                           |
        ticket     | api     | 2026-03-10T00:00:00Z |                              | SHOP-7 changed the discount                |                                |                           |
        two        | api     | 2026-03-10T00:00:00Z | Not 1.1.0 maybe              | Caused by: 1.0.0                           |                                |                           |
        version    | api     | 2026-03-10T00:00:00Z | Broken in 1.1.0!             |                                            |                                |                           |`,
    },
  });
  expect(await accepted(warehouse)).toEqual([
    "address -> run1",
    "commit -> run2",
    "deployment -> run1",
    "label -> run1",
    "line -> run1",
    "number -> run2",
    "request -> run1",
    "ticket -> run1",
    "two -> run1",
    "version -> run2",
  ]);
  // A text names, 0.85; a label, or a line that says cause, states. What is stated leaves no room for what is only named.
  const found = await links(warehouse);
  const stated = found.filter((link) => link.class === "stated").map(({ incident }) => incident);
  expect(stated).toEqual(["label", "line", "two"]);
  expect(found).toContainEqual({
    incident: "two",
    deployment: "run2",
    class: "strong",
    confidence: 0.85,
    is_accepted: false,
  });
  expect(
    await warehouse.rows(
      "select words from correlation.incident_link_reason where incident_id in ('data:address', 'data:line') order by incident_id",
    ),
  ).toEqual([
    { words: ["names change https://git.example/pr/11 (link)"] },
    { words: ["names version 1.0.0"] },
  ]);
});

test("the same reference in two places is one piece of evidence, and odd texts are none", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: DEPLOYMENTS,
      incident: `
        id   | service | started_at           | title        | description                                                        | cause
        both | api     | 2026-03-10T00:00:00Z | 1.1.0 broken | 1.1.0 is broken                                                    | v1.1.0
        odd  | api     | 2026-03-10T00:00:00Z | 1 2 3 #0 !!! | %_'";-- 10.0.0.1 bbbbbb <b>run9</b> ${"9".repeat(600)} ünï¢ode 1.1 |`,
    },
  });
  expect(await links(warehouse)).toEqual([
    { incident: "both", deployment: "run2", class: "strong", confidence: 0.85, is_accepted: true },
  ]);
});

test("a release train makes a deployment of another service a weak candidate", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    config: {
      services: { api: { repository: "api" }, web: { repository: "web" }, other: { repository: "other" } },
    },
    data: {
      deployment: `
        id | service | environment | finished_at          | status  | train
        a1 | api     | production  | 2026-03-02T12:00:00Z | success | spring
        w1 | web     | production  | 2026-03-02T12:00:00Z | success | spring
        o1 | other   | production  | 2026-03-02T12:00:00Z | success |`,
      incident: `
        id | service | started_at
        i1 | api     | 2026-03-02T12:00:00Z`,
    },
  });
  // At once, once in four weeks: 0.1732868 / (0.1732868 + 0.0220982) = 0.886899 of 0.9, and of 0.45.
  expect(await links(warehouse)).toEqual([
    { incident: "i1", deployment: "a1", class: "likely", confidence: 0.798209, is_accepted: true },
    { incident: "i1", deployment: "w1", class: "weak", confidence: 0.399105, is_accepted: false },
  ]);
});

test("a dependency that had ended links nothing", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    config: { services: { api: { repository: "api" }, auth: { repository: "auth" } } },
    data: {
      service_dependency: `
        service | upstream | depends_from | depends_until
        api     | auth     | 2026-01-01   | 2026-03-05`,
      deployment: `
        id | service | environment | finished_at          | status
        u1 | auth    | production  | 2026-03-02T12:00:00Z | success
        u2 | auth    | production  | 2026-03-09T12:00:00Z | success`,
      incident: `
        id | service | started_at
        i1 | api     | 2026-03-03T00:00:00Z
        i2 | api     | 2026-03-09T13:00:00Z`,
    },
  });
  // 12 h, two in four weeks: 0.5 * 0.0216609 / (0.0216609 + 3.3 * 1.25 / 168)
  expect(await links(warehouse)).toEqual([
    { incident: "i1", deployment: "u1", class: "weak", confidence: 0.234352, is_accepted: false },
  ]);
});

test("an incident during a rollout longer than the window belongs to it", async () => {
  const warehouse = await given({
    asOf,
    complete: ["incident"],
    data: {
      deployment: `
        id | service | environment | started_at           | finished_at          | status
        d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-06T12:00:00Z | success`,
      incident: `
        id | service | started_at
        i1 | api     | 2026-03-04T00:00:00Z`,
    },
  });
  expect(await links(warehouse)).toEqual([
    { incident: "i1", deployment: "d1", class: "likely", confidence: 0.798209, is_accepted: true },
  ]);
});

test("a number in a line that says the cause is a change only where it stands as one", async () => {
  const row = (id: string, description: string) => `${id} | api | 2026-03-10T00:00:00Z | ${description}`;
  const warehouse = await given({
    asOf,
    complete: ["incident", "deployment"],
    data: {
      change: CHANGES,
      deployment: DEPLOYMENTS,
      incident: [
        "id | service | started_at | description",
        row("alone", "Caused by: 12"),
        row("begins", "Root cause: 12 (it took a lock for 11 minutes)"),
        row("called", "Cause: change 12 took a lock for 11 minutes"),
        row("ends", "Cause: a lock that came with pull request no. 11."),
        row("list", "Caused by: 11 and 12"),
        row("minutes", "Cause: the migration took a lock for 11 minutes"),
        row("nodes", "Cause: 12 of 40 nodes were full, 11 % of calls failed"),
        row("version", "Cause: load of 1.1 times the usual"),
      ].join("\n"),
    },
  });
  expect(await accepted(warehouse)).toEqual(["alone -> run2", "begins -> run2", "called -> run2", "ends -> run1", "list -> run1", "list -> run2"]);
});
