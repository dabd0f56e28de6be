import { expect, test } from "vitest";
import { judged, statuses } from "../../support/controls.ts";
import type { History } from "../../support/history.ts";

const RISKS: History = {
  asOf: "2026-04-01T00:00:00Z",
  config: { services: { api: { repository: "api", tier: 2 }, pay: { repository: "pay", tier: 1 } } },
  complete: ["commit"],
  data: {
    deployment: `
      id | service | environment | started_at           | finished_at          | status  | change_requests
      d0 | api     | production  | 2026-03-01T12:00:00Z | 2026-03-01T12:10:00Z | success |
      d1 | api     | production  | 2026-03-02T12:00:00Z | 2026-03-02T12:10:00Z | success | C5`,
    // m5 is first in production with d1, which goes by C5.
    change: `
      id | repository | merged_at            | tickets | paths | number
      m3 | api        | 2026-03-20T08:00:00Z | C3      | src/a.ts; DB/Migrations/7.sql | 83
      m4 | api        | 2026-03-20T08:00:00Z | C4; C9  | src/auth/token.ts |
      m5 | api        | 2026-03-02T08:00:00Z |         | src/a.ts; docs/author.md |
      m6 | api        | 2026-03-20T08:00:00Z | C6      | src/a.ts |
      m7 | api        | 2026-03-20T08:00:00Z | C6      | |`,
    change_request: `
      id | type      | risk    | service | created_at
      C0 |           | low     | api     | 2026-03-01T08:00:00Z
      C1 | normal    |         | api     | 2026-03-01T08:00:00Z
      C2 | normal    | low     | pay     | 2026-03-01T08:00:00Z
      C3 | normal    | low     | api     | 2026-03-01T08:00:00Z
      C4 | standard  | low     | api     | 2026-03-01T08:00:00Z
      C5 | normal    | low     | api     | 2026-03-01T08:00:00Z
      C6 | normal    | low     | api     | 2026-03-01T08:00:00Z
      C7 | normal    | low     | api     | 2026-03-01T08:00:00Z
      C8 | emergency | medium  | pay     | 2026-03-01T08:00:00Z
      C9 | normal    | high    | api     | 2026-03-01T08:00:00Z`,
  },
};

test("type and risk are set, and nothing contradicts a low risk", async () => {
  expect(await judged("AUT-06", RISKS)).toEqual([
    { unit: "data:C0", status: "fail", reason: "The request has no type." },
    { unit: "data:C1", status: "fail", reason: "The request has no risk class." },
    { unit: "data:C2", status: "fail", reason: "The request says risk low, but pay is a service of tier 1." },
    { unit: "data:C3", status: "fail", reason: "The request says risk low, but pull request #83 of api in it changes the database (DB/Migrations/7.sql)." },
    { unit: "data:C4", status: "fail", reason: "The request says risk low, but pull request data:api#m4 in it touches what security depends on (src/auth/token.ts)." },
    { unit: "data:C5", status: "pass", reason: "The request says risk low, and no file that it touches contradicts that." },
    { unit: "data:C6", status: "unknown", reason: "The request says risk low, and of a change in it nothing says which files it touches." },
    { unit: "data:C7", status: "unknown", reason: "The request says risk low, and no change is known to belong to it, so that nobody can tell which files it touches." },
    { unit: "data:C8", status: "pass", reason: "The request is of type emergency and risk medium." },
    { unit: "data:C9", status: "pass", reason: "The request is of type normal and risk high." },
  ]);
});

test("without the source of files nothing passes", async () => {
  const { change: _, ...data } = RISKS.data;
  const found = await statuses("AUT-06", { ...RISKS, data, complete: [] });
  expect(Object.values(found)).not.toContain("pass");
  expect(found).toMatchObject({ "data:C0": "fail", "data:C3": "unknown", "data:C5": "unknown", "data:C9": "unknown" });
});
