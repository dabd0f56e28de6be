import { describe, expect, test } from "vitest";
import { asOf, givenAccounts, peopleOf, reasonsOf } from "./accounts.ts";

const jane = { login: "jane", email: "Jane@Acme.example", name: "Jane Doe" };

/** What is in doubt, as the platform engineer is told. */
const doubts = "select kind, subject, rows from expectations.identity_is_one_person order by kind, subject";

describe("by address", () => {
  test("logins that sources give the same address are one person, in any case", async () => {
    const warehouse = await givenAccounts({
      accounts: { one: [jane], two: [{ account: "5b10:ac", email: "jane@acme.EXAMPLE" }] },
    });
    expect(await peopleOf(warehouse)).toEqual({
      "5b10:ac": "identity/5b10:ac",
      jane: "identity/5b10:ac",
      "Jane@Acme.example": "identity/5b10:ac",
      "jane@acme.EXAMPLE": "identity/5b10:ac",
    });
    warehouse.close();
  });

  test("a person record that has any of them has all, through several hands", async () => {
    const warehouse = await givenAccounts({
      data: { person: "id | emails\np7 | jane@home.example" },
      accounts: {
        one: [jane, { login: "jane", email: "jane@home.example" }],
        two: [{ login: "jdoe", email: "jane@acme.example" }],
      },
    });
    expect(await peopleOf(warehouse)).toMatchObject({ jane: "data:p7", jdoe: "data:p7", "jane@home.example": "data:p7" });
    expect(await reasonsOf(warehouse)).toMatchObject({ jane: "address", p7: "person record" });
    expect(await warehouse.rows(doubts)).toEqual([]);
    warehouse.close();
  });

  test("an address that hides another is the login in it, and no address", async () => {
    const warehouse = await givenAccounts({
      data: {
        commit: `
          repository | sha  | committed_at         | author
          api        | ${"a".repeat(40)} | 2026-03-01T10:00:00Z | 12345+Jane@users.noreply.github.com
          api        | ${"b".repeat(40)} | 2026-03-01T10:00:00Z | 77-jane@users.noreply.gitlab.com
          api        | ${"c".repeat(40)} | 2026-03-01T10:00:00Z | noreply@github.com`,
      },
      accounts: { one: [jane, { login: "bob", email: "noreply@github.com" }] },
    });
    expect(await peopleOf(warehouse)).toMatchObject({
      "12345+Jane@users.noreply.github.com": "identity/jane",
      "77-jane@users.noreply.gitlab.com": "identity/jane",
      "noreply@github.com": "identity/noreply@github.com",
      bob: "identity/bob",
    });
    warehouse.close();
  });

  test("one that several logins of a source have joins nobody, until a record says whose it is", async () => {
    const accounts = {
      one: [
        { login: "ada", email: "team@acme.example" },
        { login: "bob", email: "team@acme.example" },
      ],
      two: [{ login: "carl", email: "team@acme.example" }],
    };
    const warehouse = await givenAccounts({ accounts });
    expect(new Set(Object.values(await peopleOf(warehouse))).size).toBe(4);
    expect(await warehouse.rows(doubts)).toEqual([
      { kind: "Address of several logins", subject: "team@acme.example (one: ada, bob)", rows: 3 },
    ]);
    warehouse.close();
    const said = await givenAccounts({ accounts, data: { person: "id | emails\np1 | team@acme.example" } });
    expect(new Set(Object.values(await peopleOf(said)))).toEqual(new Set(["data:p1"]));
    expect(await said.rows(doubts)).toEqual([]);
    said.close();
  });

  test("a login to which two sources give no common address may be two people's", async () => {
    const accounts = { one: [jane], two: [{ login: "jane", email: "jane@other.example" }] };
    const warehouse = await givenAccounts({ accounts });
    expect(await peopleOf(warehouse)).toMatchObject({
      jane: "identity/jane",
      "Jane@Acme.example": "identity/jane@acme.example",
      "jane@other.example": "identity/jane@other.example",
    });
    expect(await warehouse.rows(doubts)).toMatchObject([{ kind: "Login of different addresses", rows: 2 }]);
    warehouse.close();
    const known = await givenAccounts({ accounts, data: { person: "id | emails\np1 | jane@acme.example;jane@other.example" } });
    expect(new Set(Object.values(await peopleOf(known)))).toEqual(new Set(["data:p1"]));
    known.close();
  });
});

describe("in doubt", () => {
  test("what two person records have is neither's", async () => {
    const warehouse = await givenAccounts({ data: { person: "id | logins\np1 | jane\np2 | JANE;bob" } });
    expect(await peopleOf(warehouse)).toMatchObject({ jane: "identity/jane", JANE: "identity/jane", bob: "data:p2" });
    expect(await warehouse.rows("select subject, rows from expectations.login_of_one_person")).toEqual([
      { subject: "jane: data:p1, data:p2", rows: 2 },
    ]);
    warehouse.close();
  });

  test("what is linked to two people is neither's; what a record has stays with it", async () => {
    const warehouse = await givenAccounts({
      data: { person: "id | logins | emails\np1 | jane |\np2 | | old@acme.example" },
      accounts: { one: [jane, { login: "jane", email: "old@acme.example" }, { login: "jane", email: "new@acme.example" }] },
    });
    expect(await peopleOf(warehouse)).toMatchObject({
      jane: "data:p1",
      "old@acme.example": "data:p2",
      "new@acme.example": "identity/new@acme.example",
    });
    expect(await warehouse.rows(doubts)).toMatchObject([{ kind: "Login or address of several people" }]);
    warehouse.close();
  });

  test("a name joins nobody: it is listed, also where a person record has it", async () => {
    const warehouse = await givenAccounts({
      data: { person: "id | display_name | logins\np1 | Ada  Love | ada\np2 | Max | max" },
      accounts: { one: [jane, { login: "jd", email: "jd@home.example", name: "JANE DOE" }, { login: "m2", name: "max" }] },
    });
    expect(await peopleOf(warehouse)).toMatchObject({ jane: "identity/jane", jd: "identity/jd", m2: "identity/m2" });
    expect(await warehouse.rows(doubts)).toEqual([
      { kind: "Name of several identities", subject: "jane doe: jane, jd", rows: 2 },
      { kind: "Name of several identities", subject: "max: data:p2, m2", rows: 1 },
    ]);
    warehouse.close();
  });

  test("namesakes of whom each has a record are in no doubt", async () => {
    const warehouse = await givenAccounts({
      data: { person: "id | display_name | logins\np1 | Jane Doe | jane\np2 | Jane Doe | jd" },
      accounts: { one: [jane, { login: "jd", name: "Jane Doe" }] },
    });
    expect(await warehouse.rows(doubts)).toEqual([]);
    warehouse.close();
  });
});

describe("by rule", () => {
  const rules = [{ source: "one", login: "(.+)-acme", is: "\\1@acme.example" }];

  test("a rule for a source says what stands for the same person", async () => {
    const warehouse = await givenAccounts({
      people: { rules },
      data: { person: "id | emails\np1 | jane@acme.example" },
      accounts: { one: [{ login: "Jane-ACME" }, { login: "bob-acme" }], two: [{ login: "jane-acme" }, { login: "eve-acme" }] },
    });
    expect(await peopleOf(warehouse)).toMatchObject({
      "Jane-ACME": "data:p1",
      "jane-acme": "data:p1",
      "bob-acme": "identity/bob-acme",
      "eve-acme": "identity/eve-acme",
    });
    expect(await reasonsOf(warehouse)).toMatchObject({ "Jane-ACME": "rule", "bob-acme": "rule", "eve-acme": "alone" });
    warehouse.close();
  });

  test("a person record goes before it; two that disagree place nothing", async () => {
    const warehouse = await givenAccounts({
      people: { rules: [...rules, { login: "x-(.+)", is: "\\1" }] },
      data: { person: "id | logins\np1 | jane-acme\np2 | bob@acme.example\np3 | bob-acme" },
      accounts: { one: [{ login: "jane-acme" }, { login: "x-bob-acme" }] },
    });
    expect(await peopleOf(warehouse)).toMatchObject({ "jane-acme": "data:p1", "x-bob-acme": "identity/x-bob-acme" });
    expect(await warehouse.rows(doubts)).toEqual([
      { kind: "Login that rules place differently", subject: "x-bob-acme: bob-acme, x-bob@acme.example", rows: 1 },
    ]);
    warehouse.close();
  });
});

describe("bots", () => {
  test("by the vendor's word, by [bot], by configuration; a person record goes before them", async () => {
    const warehouse = await givenAccounts({
      people: { bots: [{ login: "svc_*", owner: "platform" }, { login: "ci[1]", owner: "platform" }] },
      data: { person: "id | logins | is_bot | owner\np1 | svc_real | false |\np2 | deployer | true | bob\nbob | bob | |" },
      accounts: {
        one: [
          { account: "app", type: "app" },
          { login: "renovate[bot]" },
          { login: "svc_deploy" },
          { login: "svc_real" },
          { login: "svcXdeploy" },
          { login: "ci[1]" },
          { login: "ci1" },
          { login: "deployer" },
        ],
      },
    });
    expect(await warehouse.rows("select distinct login, is_bot, owner from model.identity order by login")).toEqual([
      { login: "app", is_bot: true, owner: null },
      { login: "ci1", is_bot: false, owner: null },
      { login: "ci[1]", is_bot: true, owner: "platform" },
      { login: "deployer", is_bot: true, owner: "bob" },
      { login: "renovate[bot]", is_bot: true, owner: null },
      { login: "svcXdeploy", is_bot: false, owner: null },
      { login: "svc_deploy", is_bot: true, owner: "platform" },
      { login: "svc_real", is_bot: false, owner: "platform" },
    ]);
    expect(await warehouse.rows("select kind, subject, rows from expectations.bot_has_an_owner")).toEqual([
      { kind: "Bot without an owner", subject: "app", rows: 1 },
      { kind: "Bot without an owner", subject: "renovate[bot]", rows: 1 },
    ]);
    warehouse.close();
  });

  test("have no owner any more when that has left", async () => {
    const person = (until: string) => `id | logins | is_bot | owner | active_until\nci | ci | true | bob |\nbob | bob | | | ${until}`;
    const accounts = { one: [{ login: "ci" }] };
    const left = await givenAccounts({ accounts, data: { person: person("2026-06-30") } });
    expect(await left.rows("select kind, subject from expectations.bot_has_an_owner")).toEqual([
      { kind: "Bot whose owner has left", subject: "ci" },
    ]);
    left.close();
    const there = await givenAccounts({ accounts, data: { person: person("2026-07-01") } });
    expect(await there.rows("from expectations.bot_has_an_owner")).toEqual([]);
    there.close();
  });
});

test("first and last occurrence end at as-of", async () => {
  const at = (day: string) => ({ ...jane, at: `${day}T10:00:00Z` });
  const warehouse = await givenAccounts({ accounts: { one: [at("2026-03-02"), at("2026-01-05"), at("2026-07-01")] } });
  expect(
    await warehouse.rows("select first_at::date::varchar as first, last_at::date::varchar as last, records from model.identity"),
  ).toEqual([{ first: "2026-01-05", last: "2026-03-02", records: 2 }]);
  warehouse.close();
});

test("what was done before somebody came or after they left is listed, the days themselves in the organisation's time zone", async () => {
  const warehouse = await givenAccounts({
    data: {
      person: "id | display_name | logins | active_from | active_until\np1 | Jane Doe | jane;jd | 2026-03-01 | 2026-04-01",
      deployment: `
        id | service | environment | status  | started_at           | deployer
        d1 | api     | prod        | success | 2026-02-28T23:59:59Z | jane
        d2 | api     | prod        | success | 2026-03-01T00:00:00Z | jane
        d3 | api     | prod        | success | 2026-03-31T23:59:59Z | jd
        d4 | api     | prod        | success | 2026-04-01T00:00:00Z | jd
        d5 | api     | prod        | success | 2026-04-02T00:00:00Z | jane`,
    },
  });
  expect(await warehouse.rows("select subject, rows from expectations.person_was_active")).toEqual([
    { subject: "Jane Doe before 2026-03-01", rows: 1 },
    { subject: "Jane Doe from 2026-04-01 on", rows: 2 },
  ]);
  warehouse.close();
});

test("a review of one's own change is none, also with another login", async () => {
  const warehouse = await givenAccounts({
    data: {
      change: "id | repository | number | author | opened_at | merged_at\nc1 | api | 1 | jane | 2026-03-01T08:00:00Z | 2026-03-01T12:00:00Z",
      change_review: `
        id | change | repository | reviewer          | state    | submitted_at
        r1 | c1     | api        | jane@acme.example | approved | 2026-03-01T09:00:00Z
        r2 | c1     | api        | bob               | approved | 2026-03-01T11:00:00Z`,
    },
    accounts: { one: [jane] },
  });
  expect(await warehouse.rows("select reviewer from model.change_review")).toEqual([{ reviewer: "bob" }]);
  warehouse.close();
});

describe("published", () => {
  const accounts = { one: [jane, { login: "jd", email: "jd@home.example", name: "Jane Doe" }] };
  const issues = "select kind, subject, effect, remedy, add_value from reports.site_issue where kind like 'Name of%'";

  test.each(["hidden", "pseudonyms"] as const)("as a number where people are %s", async (people) => {
    const warehouse = await givenAccounts({ accounts, publish: { people } });
    const found = await warehouse.rows(issues);
    expect(found).toMatchObject([{ subject: "1, named by `quarterdeck doctor`", add_value: null }]);
    expect(JSON.stringify(found)).not.toMatch(/jane|jd|home|acme/i);
    warehouse.close();
  });

  test("by name where people are, without where they get their mail", async () => {
    const warehouse = await givenAccounts({
      accounts: { one: [jane], two: [{ login: "jane", email: "jane@home.example" }] },
      publish: { people: "names" },
    });
    expect(await warehouse.rows("select subject from reports.site_issue where kind = 'Login of different addresses'")).toEqual([
      { subject: "jane (one: jane@...; two: jane@...)" },
    ]);
    warehouse.close();
  });
});

test("hostile text is text", async () => {
  const login = "'; drop table raw.run; --";
  const email = '=cmd|"\\%_*@x.example';
  const warehouse = await givenAccounts({
    accounts: { one: [{ login, email, name: "<script>" }, { login: "  ", name: "x" }, { login: "a@", email: "@" }] },
    people: { shared_addresses: ["\\%_\\*@x.example"] },
  });
  expect(await peopleOf(warehouse)).toMatchObject({ [login]: `identity/${login}`, [email]: `identity/${login}` });
  expect(await warehouse.rows("select count(*) as n from model.identity where last_at > ?", [asOf])).toEqual([{ n: 0 }]);
  warehouse.close();
});
