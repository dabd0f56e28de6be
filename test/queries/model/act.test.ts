import { describe, expect, test } from "vitest";
import { given, type History } from "../../support/history.ts";

const asOf = "2026-04-01T00:00:00Z";

/** A record of each kind that names somebody beside delivery; each names another login. */
const data: History["data"] = {
  action: "id | title | owner\na1 | Alarm | u-action",
  archived_record: "id | record_class | subject | disposed_at | disposed_by\nr1 | artifact | x | 2026-03-01T00:00:00Z | u-disposer",
  booking: "id | environment | starts_at | ends_at | booked_by\nb1 | prod | 2026-05-01T00:00:00Z | 2026-05-02T00:00:00Z | u-booker",
  change_request: "id | title | created_at | requested_by | owner\nc1 | X | 2026-03-01T00:00:00Z | u-asker | u-owner",
  change_template: "id | title | approver | approved_at\nt1 | X | u-template | 2026-03-01T00:00:00Z",
  data_copy: "id | dataset | to_environment | copied_at | actor\nd1 | x | prod | 2026-03-01T00:00:00Z | u-copier",
  exemption: "id | control | reason | requested_by | approver | approved_at\ne1 | SOD-02 | X | u-applicant | u-allower | 2026-03-01T00:00:00Z",
  flag: "name | at | is_on | actor\nf1 | 2026-03-01T00:00:00Z | true | u-switcher",
  masking_job: "id | started_at | finished_at | outcome | actor\nm1 | 2026-03-01T00:00:00Z | 2026-03-02T00:00:00Z | passed | u-masker",
  pipeline_registration: "id | workflow | owner\np1 | deploy | u-pipeline",
  post_implementation_review: "id | change_request | held_at | reviewer | outcome\np1 | c1 | 2026-03-01T00:00:00Z | u-afterwards | successful",
  readiness_review: "id | service | reviewed_at | reviewer | outcome\nr1 | api | 2026-03-01T00:00:00Z | u-ready | ready",
  retention_policy: "id | record_class | keep_for | keep_unit | owner | approver\nr1 | artifact | 7 | years | u-keeper | u-policy",
  rollback_plan: "id | service | recorded_at | author\nr1 | api | 2026-03-01T00:00:00Z | u-planner",
  rollback_rehearsal: "id | service | environment | started_at | finished_at | outcome | actor\nr1 | api | prod | 2026-03-01T00:00:00Z | 2026-03-01T01:00:00Z | passed | u-rehearser",
  runbook_revision: "id | service | revised_at | author\nr1 | api | 2026-03-01T00:00:00Z | u-writer",
};

/** Those who do not say when they did it, or of whom it is still to come. */
const TIMELESS = ["u-action", "u-applicant", "u-booker", "u-keeper", "u-owner", "u-pipeline", "u-policy"];
const everybody = [...JSON.stringify(data).matchAll(/u-[a-z]+/g)].map(([login]) => login).sort();

describe("who is named beside delivery", () => {
  test("is listed with the time, where there is one before as-of", async () => {
    const warehouse = await given({ asOf, data });
    const rows = await warehouse.rows<{ login: string; at: string | null }>(
      "select login, happened_at::date::varchar as at from model.act order by login",
    );
    expect(rows.map(({ login }) => login)).toEqual(everybody);
    expect(rows.filter(({ at }) => at === null).map(({ login }) => login)).toEqual(TIMELESS);
    expect(new Set(rows.map(({ at }) => at))).toEqual(new Set(["2026-03-01", null]));
    expect(await warehouse.rows("select distinct login from model.identity order by login")).toEqual(everybody.map((login) => ({ login })));
    warehouse.close();
  });

  test("and did it at as-of or later is not there yet", async () => {
    const warehouse = await given({ asOf: "2026-03-01T00:00:00Z", data });
    expect(await warehouse.rows("select login from model.act order by login")).toEqual(
      TIMELESS.filter((login) => login !== "u-owner").map((login) => ({ login })),
    );
    warehouse.close();
  });

  test.each(["hidden", "pseudonyms", "names"] as const)("is shown as people are: %s", async (people) => {
    const person = "id | logins | pseudonym | display_name\np1 | u-ready;u-masker | Heron | Jane Doe";
    const config = { publish: { people } } as NonNullable<History["config"]>;
    const warehouse = await given({ asOf, config, data: { ...data, person } });
    const shown = await warehouse.rows("select login, shown_as from model.actor where login in ('u-masker', 'u-ready', 'u-writer') order by login");
    const [jane, writer] = { hidden: [null, null], pseudonyms: ["Heron", null], names: ["Jane Doe", "u-writer"] }[people];
    expect(shown).toEqual([
      { login: "u-masker", shown_as: jane },
      { login: "u-ready", shown_as: jane },
      { login: "u-writer", shown_as: writer },
    ]);
    warehouse.close();
  });

  test("is nobody's login where no person record leads to it, and may have left before", async () => {
    const person = "id | display_name | logins | active_until\np1 | Jane Doe | u-ready;u-rehearser;u-booker | 2026-03-01";
    const warehouse = await given({ asOf, data: { ...data, person } });
    const unknown = everybody.filter((login) => !["u-ready", "u-rehearser", "u-booker"].includes(login));
    expect(await warehouse.rows("select subject from expectations.known_person order by subject")).toEqual(unknown.map((subject) => ({ subject })));
    // That she booked says nothing of when.
    expect(await warehouse.rows("select subject, rows from expectations.person_was_active")).toEqual([
      { subject: "Jane Doe from 2026-03-01 on", rows: 2 },
    ]);
    warehouse.close();
  });
});

test("who holds a role and what proved a step may be shown, and need no record", async () => {
  const warehouse = await given({
    asOf,
    config: { publish: { people: "names" } },
    data: {
      person: "id\np1",
      role_grant: "person | role\nu-holder | approver",
      evidence: "id | kind | subject | actor\ne1 | smoke_test | api | u-pipeline",
    },
  });
  expect(await warehouse.rows("select login, shown_as from model.actor order by login")).toEqual([
    { login: "u-holder", shown_as: "u-holder" },
    { login: "u-pipeline", shown_as: "u-pipeline" },
  ]);
  expect(await warehouse.rows("from expectations.known_person")).toEqual([]);
  warehouse.close();
});

test.each(["hidden", "names"] as const)("a row that was rejected may name people: %s", async (people) => {
  const warehouse = await given({ asOf, config: { publish: { people } }, data: {} });
  await warehouse.run("insert into raw.read_file values (1, 'data', 'readiness_review', 'r.csv', 0, 1)");
  await warehouse.run("insert into raw.rejected_row values (1, 'data', 'readiness_review', 'r.csv', 2, 'outcome', 'unknown', 'jane,maybe')");
  const text = people === "names" ? "jane,maybe" : null;
  for (const relation of ["publish.rejected_rows", "reports.site_rejected"])
    expect(await warehouse.rows(`select line, row_text from ${relation}`)).toEqual([{ line: 2, row_text: text }]);
  warehouse.close();
});
