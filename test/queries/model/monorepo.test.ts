import { describe, expect, test } from "vitest";
import { changes, commits, deployments, mainAt, records, shipped, story } from "../story.ts";

const services = {
  api: { repository: "api", paths: ["services/api"], shared_paths: ["lib"] },
  web: { repository: "api", paths: ["services/web/", "*.css"] },
};

const data = {
  commit: commits(`
    sha | parents | at       | paths
    m1  |         | 05 09:00 | README.md
    m2  | m1      | 06 09:00 | services/api/main.ts
    m3  | m2      | 07 09:00 | services/web/page.ts
    m4  | m3      | 08 09:00 | services/api/main.ts; services/web/page.ts
    m5  | m4      | 09 09:00 | lib/time.ts
    m6  | m5      | 10 09:00 | docs/how.md
    m7  | m6      | 11 09:00 | services/api-client/main.ts
    m8  | m7      | 12 09:00 | theme/dark.css`),
  ref: mainAt("m8"),
};

describe("a repository of two services", () => {
  test("a change ships in every service whose paths it touches, shared paths in all", async () => {
    const warehouse = await story({ config: { services }, data });
    const rows = await warehouse.rows<{ service: string; changes: string[] }>(
      `select s.service, list_sort(list(c.native_id)) as changes
       from model.change_service as s join model.change as c on c.change_id = s.change_id group by s.service order by s.service`,
    );
    // m4 touches both, m5 what is shared. m1, m6 and m7 (services/api-client is not services/api) belong to nobody.
    expect(rows).toEqual([
      { service: "api", changes: ["m2", "m4", "m5"] },
      { service: "web", changes: ["m3", "m4", "m5", "m8"] },
    ]);
  });

  test("paths that belong to no service are listed", async () => {
    const warehouse = await story({ config: { services }, data });
    expect(await warehouse.rows("select path, changes from model.unassigned_path")).toEqual([
      { path: "README.md", changes: 1 },
      { path: "docs/how.md", changes: 1 },
      { path: "services/api-client/main.ts", changes: 1 },
    ]);
  });

  test("each service ships with its own deployments", async () => {
    const deployment = deployments(`
      id | service | sha | at
      a1 | api     | m1  | 05 12:00
      w1 | web     | m1  | 05 12:00
      a2 | api     | m4  | 08 12:00
      w2 | web     | m5  | 09 12:00
      a3 | api     | m8  | 12 12:00
      w3 | web     | m8  | 12 13:00`);
    const warehouse = await story({ config: { services }, data: { ...data, deployment } });
    expect(await shipped(warehouse, "api")).toEqual({ a1: [], a2: ["m2", "m4"], a3: ["m5"] });
    expect(await shipped(warehouse, "web")).toEqual({ w1: [], w2: ["m3", "m4", "m5"], w3: ["m8"] });
  });

  test("the organisation counts a change that two services ship as two facts and one change", async () => {
    const deployment = deployments(`
      id | service | sha | at
      a1 | api     | m3  | 07 12:00
      w1 | web     | m3  | 07 12:00
      a2 | api     | m4  | 08 12:00
      w2 | web     | m4  | 08 15:00`);
    const warehouse = await story({ config: { services }, data: { ...data, deployment } });
    const rows = await warehouse.rows(
      "select n, changes, value from metrics.metric where metric = 'change_lead_time' and scope_kind = 'organisation' and period_kind = 'all'",
    );
    // m4: authored 08 09:00, live in api after 3 h, in web after 6 h: median 4.5 h.
    expect(rows).toEqual([{ n: 2, changes: 1, value: 4.5 * 3600 }]);
  });
});

test("services that the source states win over paths", async () => {
  const warehouse = await story({
    config: { services },
    data: {
      ...data,
      change: changes(`
        number | merge_sha | services | merged_at
        2      | m2        | web      | 06 09:00`),
    },
  });
  const rows = await warehouse.rows(
    "select s.service from model.change_service as s join model.change as c on c.change_id = s.change_id where c.number = '2'",
  );
  expect(rows).toEqual([{ service: "web" }]);
});

test("services and their paths may come in as data", async () => {
  const warehouse = await story({
    config: { services: {} },
    data: {
      ...data,
      service: records(`
        name | repository | paths        | shared_paths
        api  | api        | services/api | lib
        web  | api        | services/web |`),
    },
  });
  const rows = await warehouse.rows(
    `select c.native_id as change, list_sort(list(s.service)) as services
     from model.change_service as s join model.change as c on c.change_id = s.change_id
     where c.native_id in ('m2', 'm5') group by c.native_id order by c.native_id`,
  );
  expect(rows).toEqual([
    { change: "m2", services: ["api"] },
    { change: "m5", services: ["api", "web"] },
  ]);
});
