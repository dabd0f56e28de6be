import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { publish } from "../../../src/site/publish.ts";
import { page } from "../../publish-check/page.ts";
import { temporaryFolder, tinyWorld, type World } from "./world.ts";

const PEOPLE = `id,display_name,logins,pseudonym
p1,Jane Doe,jdoe;release,Person 7
`;

let world: World;

async function site(body: string): Promise<void> {
  const from = temporaryFolder();
  writeFileSync(`${from}/index.html`, page(body));
  await publish(from, world.path("public"));
}

beforeAll(async () => {
  world = tinyWorld({ keep: true });
  world.write("quarterdeck.yaml", world.read("quarterdeck.yaml").replace("    files:\n", "    files:\n      - { path: data/people.csv, entity: person }\n"));
  world.write("data/people.csv", PEOPLE);
  expect(await world.run("collect")).toMatchObject({ code: 0 });
  // Builds the model.
  expect(await world.run("metrics")).toMatchObject({ code: 0 });
});

afterAll(() => world.remove());

test("it looks at a folder only when it is asked to, and says what it does not do", async () => {
  expect(await world.run("publish")).toMatchObject({ code: 2, err: expect.stringContaining("publish needs --check") as string });
  expect(await world.run("publish", "--check")).toMatchObject({ code: 2, err: expect.stringContaining("there is no folder public; `quarterdeck build` makes it") as string });
  mkdirSync(world.path("empty"), { recursive: true });
  const { code, out } = await world.run("publish", "--check", "empty");
  expect(code).toBe(1);
  expect(out).toContain("fault  index.html: there is no overview\n         -> let the build end, or build anew\n");
  expect(await world.run("publish", "--check", "empty", "--people", "all")).toMatchObject({ code: 2, err: expect.stringContaining("--people: expected hidden, pseudonyms, names") as string });
});

test("a site without fault ends with 0, and notes alone do", async () => {
  await site("<p>Release 2 of the API, by Person 8</p>");
  writeFileSync(world.path("public/CNAME"), "delivery.example.com\n");
  const { code, out } = await world.run("publish", "--check");
  expect([code, out.includes("note  CNAME: was made by no build")]).toEqual([0, true]);
  expect(out).toMatch(/public: 0 faults, 1 note\.\nLooked at 1 page and 1 other file, 0\.0 MB, in 0\.0 s: \d+ pages a second\./);
  expect(out).toContain("Not looked at: names of people that are words of the data too: 1.");
  rmSync(world.path("public/CNAME"));
});

interface Said {
  readonly faults: number;
  readonly findings: readonly { readonly check: string; readonly file: string; readonly line: number; readonly message: string }[];
  readonly not_looked_at: readonly string[];
}

async function said(...args: string[]): Promise<Said> {
  return JSON.parse((await world.run("publish", "--check", "--json", ...args)).out) as Said;
}

test.each([
  ["hidden", ["name", "name", "name", "login", "address"]],
  // A pseudonym is no name where pseudonyms are published.
  ["pseudonyms", ["name", "name", "login", "address"]],
  ["names", []],
])("people that the rule %s withholds are found, whoever they are", async (people, kinds) => {
  await site(["<p>", "Person 7", "by Jane Doe", "Doe, Jane", "to jdoe", "see anybody@example.com</p>"].join("\n"));
  const { faults, findings } = await said(...(people === "hidden" ? [] : ["--people", people]));
  expect(findings.map(({ check, line, message }) => [check, line, /the (\w+) of a person/.exec(message)?.[1]])).toEqual(
    kinds.map((kind, at) => ["names", at + 8 - kinds.length, kind]),
  );
  expect(faults).toBe(kinds.length);
  expect(JSON.stringify(findings)).not.toMatch(/jane|jdoe|anybody|Person 7/i);
});

test("where the database is not, names are said not to be looked for", async () => {
  await site("<p>by Jane Doe</p>");
  world.write("other/quarterdeck.yaml", world.read("quarterdeck.yaml"));
  const { faults, not_looked_at } = await said("public", "-C", "other");
  expect([faults, not_looked_at]).toEqual([0, [expect.stringMatching(/^names of people, which the database knows:/)]]);
});
