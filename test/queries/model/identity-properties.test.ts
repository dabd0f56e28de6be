import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { packageRoot } from "../../../src/package-root.ts";
import { openWarehouse, type Warehouse } from "../../../src/warehouse/open.ts";
import { type Account, givenAccounts, peopleOf } from "./accounts.ts";

const PEOPLE = ["a", "b", "c", "d", "e", "f", "g", "h"];

const account = fc.record({
  login: fc.constantFrom(...PEOPLE.map((one) => `l-${one}`)),
  email: fc.option(fc.constantFrom(...PEOPLE.map((one) => `${one}@x.example`)), { nil: undefined }),
});

const person = fc.record({
  logins: fc.uniqueArray(fc.constantFrom(...PEOPLE.map((one) => `l-${one}`)), { maxLength: 2 }),
  emails: fc.uniqueArray(fc.constantFrom(...PEOPLE.map((one) => `${one}@x.example`)), { maxLength: 2 }),
});

const world = fc.record({
  one: fc.array(account, { maxLength: 6 }),
  two: fc.array(account, { maxLength: 6 }),
  people: fc.array(person, { maxLength: 3 }),
});

interface World {
  readonly one: readonly Account[];
  readonly two: readonly Account[];
  readonly people: readonly { readonly logins: readonly string[]; readonly emails: readonly string[] }[];
}

const given = ({ one, two, people }: World): Promise<Warehouse> =>
  givenAccounts({
    accounts: { one, two },
    data:
      people.length === 0
        ? {}
        : {
            person: [
              "id | logins | emails",
              ...people.map(({ logins, emails }, index) => `p${index} | ${logins.join(";")} | ${emails.join(";")}`),
            ].join("\n"),
          },
  });

const answers = async (warehouse: Warehouse) => ({
  people: await peopleOf(warehouse),
  doubts: await warehouse.rows("from expectations.identity_is_one_person order by kind, subject"),
});

test("the order of records never changes who is who", async () => {
  await fc.assert(
    fc.asyncProperty(world, async (said) => {
      const first = await given(said);
      const turned = await given({ ...said, one: said.one.toReversed(), two: said.two.toReversed() });
      const expected = await answers(first);
      const found = await answers(turned);
      first.close();
      turned.close();
      expect(found).toEqual(expected);
    }),
    { seed: 5, numRuns: 6 },
  );
}, 120_000);

/** Logins and addresses that are linked, joined one by one. */
function joined(links: readonly { key: string; other: string }[]): Map<string, string> {
  const label = new Map<string, string>();
  for (const { key } of links) label.set(key, key);
  for (let isMoved = true; isMoved;) {
    isMoved = false;
    for (const { key, other } of links) {
      const least = [label.get(key) ?? key, label.get(other) ?? other].sort()[0] ?? key;
      if (label.get(key) !== least || label.get(other) !== least) isMoved = true;
      label.set(key, least).set(other, least);
    }
  }
  return label;
}

const GROUPS = readFileSync(join(packageRoot, "queries/model/identity_group.sql"), "utf8");

test("what is linked through any number of hands is one group, called by its least", async () => {
  const warehouse = await openWarehouse(":memory:", { mode: "write", threads: 1 });
  await warehouse.run("create schema if not exists model");
  const key = fc.integer({ min: 0, max: 30 }).map((number) => `k${number}`);
  const pairs = fc.array(fc.record({ key, other: key }), { maxLength: 40 }).map((all) => all.filter((one) => one.key !== one.other));
  await fc.assert(
    fc.asyncProperty(pairs, async (said) => {
      const links = [...said, ...said.map((one) => ({ key: one.other, other: one.key }))];
      await warehouse.run("create or replace table model.identity_link(key varchar, other varchar)");
      for (const { key, other } of links) await warehouse.run("insert into model.identity_link values (?, ?)", [key, other]);
      const groups = await warehouse.rows<{ key: string; group_key: string }>(GROUPS);
      expect(Object.fromEntries(groups.map((one) => [one.key, one.group_key]))).toEqual(Object.fromEntries(joined(links)));
    }),
    { seed: 6, numRuns: 40 },
  );
  warehouse.close();
}, 60_000);

test("a chain through two hundred hands is one person", async () => {
  const hand = (index: number): Account[] => [
    { login: `l${index}`, email: `a${index}@x.example` },
    { login: `l${index}`, email: `b${index}@x.example` },
  ];
  // The other source knows each by an address of its own and one of the neighbour's.
  const bridge = (index: number): Account[] => [
    { login: `m${index}`, email: `b${index}@x.example` },
    { login: `m${index}`, email: `a${index + 1}@x.example` },
  ];
  const numbers = Array.from({ length: 100 }, (_, index) => index);
  const warehouse = await givenAccounts({
    accounts: { one: numbers.flatMap(hand), two: numbers.slice(0, -1).flatMap(bridge) },
    data: { person: "id | logins\np1 | l57" },
  });
  expect(new Set(Object.values(await peopleOf(warehouse)))).toEqual(new Set(["data:p1"]));
  warehouse.close();
}, 60_000);
