import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { lineToAdd } from "../../../src/config/line-to-add.ts";
import type { Warehouse } from "../../../src/warehouse/open.ts";
import type { Row } from "../../../src/warehouse/rows.ts";
import { given, type History } from "../../support/history.ts";

type Gap = Row<"reports.mapping_gap", "add_to" | "add_path" | "add_value">;

const asOf = "2026-04-01T00:00:00Z";

async function gaps(history: Omit<History, "asOf" | "without">, kind: string): Promise<Gap[]> {
  const warehouse = await given({ asOf, ...history });
  const found = await warehouse.rows<Gap>("from reports.mapping_gap where kind = ? order by rowid", [kind]);
  warehouse.close();
  return found;
}

/** Subject -> what the line to add means. */
const toAdd = (found: readonly Gap[]) =>
  Object.fromEntries(found.map((gap) => [gap.subject, parse(lineToAdd(gap) ?? "null") as unknown]));

const deployed = (...cells: readonly (readonly [service: string, environment: string])[]) =>
  `id | service | environment | finished_at          | status
  ${cells.map(([service, environment], index) => `d${index} | ${service} | ${environment} | 2026-03-01T12:00:00Z | success`).join("\n")}`;

describe("an unknown environment", () => {
  test("is guessed from its name: another name of a known one, else a kind of its own", async () => {
    const names = ["PROD-", "Prodution", "prod-eu", "prod2", "pre-prod", "UAT", "dev", "moon"];
    const config = {
      environments: {
        production: { kind: "production" as const, names: ["prod"] },
        test: { kind: "test" as const },
      },
    };
    const found = await gaps(
      { config, data: { deployment: deployed(...names.map((name) => ["api", name] as const)) } },
      "Unknown environment",
    );
    const named = (name: string) => ({
      environments: { production: { kind: "production", names: ["prod", name] } },
    });
    const own = (name: string, kind: string) => ({ environments: { [name]: { kind } } });
    expect(toAdd(found)).toEqual({
      "PROD-": named("PROD-"),
      Prodution: named("Prodution"),
      "prod-eu": own("prod-eu", "production"),
      prod2: own("prod2", "production"),
      "pre-prod": own("pre-prod", "staging"),
      UAT: own("UAT", "staging"),
      dev: own("dev", "development"),
      moon: own("moon", "test"),
    });
    expect(found.every(({ severity, is_guess }) => severity === "problem" && is_guess)).toBe(true);
  });

  test("beside the environments that hold by default, which a list of one's own replaces", async () => {
    const found = await gaps({ data: { deployment: deployed(["api", "staging"]) } }, "Unknown environment");
    expect(toAdd(found)).toEqual({
      staging: {
        environments: { production: { kind: "production", names: ["prod"] }, staging: { kind: "staging" } },
      },
    });
  });
});

describe("deployments that two sources tell of", () => {
  const config = {
    sources: {
      git: { collector: "git" as const, repositories: [{ path: "api", releases: [{ tags: "v{version}", service: "api" }] }] },
    },
  };
  const deployment = (rows: string) => `
    id | service | environment | sha | version | finished_at          | status
    ${rows}`;
  /** Tags of the commits a1 (v1.0), a2 (v1.1) and a3 (v1.2), as the git collector stores them. */
  const TAGS = `
    insert into raw.record
    select 'git', 'ref', name, 1, 1, 1, 1, timestamptz '2026-03-05T00:00:00Z', null, false,
      json_object('repository', 'api', 'name', name, 'kind', 'tag', 'sha', sha, 'tagged_at', day || 'T10:00:00Z'), sha
    from (values ('v1.0', 'a1', '2026-03-01'), ('v1.1', 'a2', '2026-03-02'), ('v1.2', 'a3', '2026-03-03')) as tag (name, sha, day)`;

  async function told(rows: string): Promise<Gap[]> {
    const warehouse = await given({ asOf, config, data: { deployment: deployment(rows) } });
    await warehouse.run(TAGS);
    const found = await warehouse.rows<Gap>("from reports.mapping_gap where kind = 'Deployments told twice'");
    warehouse.close();
    return found;
  }

  test("are counted twice: by commit, or by version where the file has none", async () => {
    const found = await told(`d1 | api | production | a1 |     | 2026-03-01T11:00:00Z | success
      d2 | api | production |    | 1.1 | 2026-03-02T11:00:00Z | success
      d3 | api | production | a0 |     | 2026-02-01T11:00:00Z | success`);
    expect(found).toMatchObject([
      {
        subject: "api in production: data and git",
        rows: 2,
        severity: "problem",
        remedy: "Take them from one source: remove `releases` of api from `git`, or leave the deployments of `data` out.",
      },
    ]);
  });

  test("not where one of three was brought there again, failed there, or stands elsewhere", async () => {
    const found = await told(`d1 | api | production | a1 | | 2026-03-05T11:00:00Z | success
      d2 | api | production | b2 | | 2026-03-04T11:00:00Z | success
      d3 | api | production | b3 | | 2026-03-04T12:00:00Z | success
      d4 | api | staging    | a2 | | 2026-03-02T09:00:00Z | success
      d5 | api | production | a3 | | 2026-03-03T09:00:00Z | failure`);
    expect(found).toEqual([]);
  });
});

test("an unknown service is a new one, or a known one written otherwise; digits tell services apart", async () => {
  const config = { services: { payments: {}, api1: {} } };
  const data = {
    deployment: deployed(["Payment_s", "production"], ["api2", "production"], ["shop", "production"]),
  };
  expect(toAdd(await gaps({ config, data }, "Unknown service"))).toEqual({
    Payment_s: { columns: { service: { from: "service", values: { Payment_s: "payments" } } } },
    api2: { services: { api2: {} } },
    shop: { services: { shop: {} } },
  });
});

test("a repository that no service has goes to the service of its name", async () => {
  const config = { services: { api: { repository: "acme/api" }, web: {} } };
  const change = `
    id | repository | number | merged_at
    c1 | acme/api   | 1      | 2026-03-01T10:00:00Z
    c2 | acme/web   | 2      | 2026-03-01T10:00:00Z
    c3 | acme/web   | 3      | 2026-03-01T10:00:00Z`;
  const found = await gaps({ config, data: { change } }, "Unknown repository");
  expect(found.map(({ rows }) => rows)).toEqual([2]);
  expect(toAdd(found)).toEqual({ "acme/web": { services: { web: { repository: "acme/web" } } } });
  // The repository that is unknown says it all: its changes are no second gap.
  expect(await gaps({ config, data: { change } }, "Changes that ship in no service")).toEqual([]);
});

describe("people", () => {
  const data = {
    change: `
      id | repository | number | merged_at            | author
      c1 | api        | 1      | 2026-03-01T10:00:00Z | ada
      c2 | api        | 2      | 2026-03-01T10:00:00Z | bob
      c3 | api        | 3      | 2026-03-01T10:00:00Z | bob`,
  };
  const person = `
    id   | logins
    ada  | ada;shared
    carl | shared`;

  test("are not asked for where there are no person records", async () => {
    expect(await gaps({ data }, "Login of nobody")).toEqual([]);
  });

  test("a login of nobody, with the record to add, and one of two people", async () => {
    const [nobody, ...others] = await gaps({ data: { ...data, person } }, "Login of nobody");
    expect(others).toEqual([]);
    expect(nobody).toMatchObject({ subject: "bob", rows: 2, add_to: "person", add_path: null });
    expect(lineToAdd(nobody as Gap)).toBe('{"id":"bob","logins":["bob"]}');
    expect(await gaps({ data: { ...data, person } }, "Login of several people")).toMatchObject([
      { subject: "shared: data:ada, data:carl", rows: 2, severity: "problem" },
    ]);
  });

  test("are published as a number only", async () => {
    const warehouse = await given({ asOf, data: { ...data, person } });
    const published = await warehouse.rows<Record<string, unknown>>(
      "from reports.site_issue where kind like 'Login%' order by kind",
    );
    expect(published).toMatchObject([
      { subject: "1 login", rows: 2 },
      { subject: "1 login", rows: 2 },
    ]);
    expect(JSON.stringify(published)).not.toMatch(/bob|shared|carl|ada/);
    warehouse.close();
  });
});

describe("services and teams", () => {
  const config = {
    services: { api: { repository: "api" }, web: {}, old: { retired_at: "2026-01-01" } },
    teams: { core: { owns: ["api"] }, empty: {} },
  };
  const data = {
    deployment: deployed(["api", "production"]),
    change: `
      id | repository | number | merged_at
      c1 | api        | 1      | 2026-02-01T10:00:00Z`,
  };

  test.each([
    ["Service without deployments", ["web"]],
    ["Service without a repository", ["web"]],
    ["Service without an owner", ["web"]],
    ["Team without a service", ["empty"]],
    ["Deployments without an incident source", ["api"]],
  ])("%s: %j; a retired one is not asked for", async (kind, subjects) => {
    const found = await gaps({ config, data }, kind);
    expect(found.map(({ subject, severity }) => [subject, severity])).toEqual(
      subjects.map((subject) => [subject, "warning"]),
    );
  });

  test("tags are asked for where there are some, files where there are none", async () => {
    const config = {
      services: { api: { repository: "api" }, web: { repository: "web" } },
      sources: {
        git: {
          collector: "git" as const,
          repositories: ["api", "web"].map((path) => ({ path, repository: path })),
        },
      },
    };
    const ref = `
      repository | name   | kind | sha
      api        | v1.0.0 | tag  | a1
      web        | main   | main | b1`;
    const found = await gaps({ config, data: { ref } }, "Service without deployments");
    expect(toAdd(found)).toEqual({
      api: { releases: [{ tags: "v{version}", service: "api" }] },
      web: {
        sources: {
          deployments: { collector: "files", files: [{ path: "data/deployments.csv", entity: "deployment" }] },
        },
      },
    });
    expect(found.find(({ subject }) => subject === "web")?.remedy).toMatch(/^web has no tags: tag its releases/);
  });

  test("the only team is the guess, with what it owns already", async () => {
    const found = await gaps(
      { config: { ...config, teams: { core: { owns: ["api"] } } }, data },
      "Service without an owner",
    );
    expect(toAdd(found)).toEqual({ web: { teams: { core: { owns: ["api", "web"] } } } });
  });

  test("without any team, nobody asks for owners", async () => {
    expect(await gaps({ config: { services: config.services }, data }, "Service without an owner")).toEqual(
      [],
    );
  });
});

test("paths of no service: the ones touched most, beside the shared paths that there are", async () => {
  const config = { services: { api: { repository: "mono", paths: ["api"], shared_paths: ["lib"] } } };
  const change = `
    id | repository | number | merged_at            | paths
    c1 | mono       | 1      | 2026-03-01T10:00:00Z | api/a
    c2 | mono       | 2      | 2026-03-01T10:00:00Z | docs/x;ci/y
    c3 | mono       | 3      | 2026-03-01T10:00:00Z | docs/x`;
  const found = await gaps({ config, data: { change } }, "Paths of no service");
  expect(toAdd(found)).toEqual({
    "mono: docs/x, ci/y": { services: { api: { shared_paths: ["lib", "docs/x", "ci/y"] } } },
  });
});

test("incidents that hit nobody knows what", async () => {
  const incident = `
    id | service | started_at
    i1 | api     | 2026-03-01T10:00:00Z
    i2 |         | 2026-03-01T10:00:00Z`;
  expect(await gaps({ data: { incident } }, "Incident without a service")).toMatchObject([
    { subject: "data", rows: 1 },
  ]);
});

test("everything known: no gap at all", async () => {
  const warehouse: Warehouse = await given({
    asOf,
    complete: ["incident"],
    config: { teams: { core: { owns: ["api"] } } },
    data: {},
  });
  const kinds = await warehouse.rows("select kind from reports.mapping_gap order by kind");
  expect(kinds).toEqual([{ kind: "Service without deployments" }]);
  warehouse.close();
});
