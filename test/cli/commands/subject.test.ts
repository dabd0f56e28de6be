import { expect, test } from "vitest";
import { tinyWorld } from "./world.ts";

test("a person's records are printed, and nobody is made up", async () => {
  const world = tinyWorld();
  world.write("data/people.csv", "id,display_name,logins,emails\np1,Jane Doe,jane; jd; j-d,jane@example.com\n");
  world.write(
    "quarterdeck.yaml",
    world
      .read("quarterdeck.yaml")
      .replace(/files:\n/, "files:\n      - { path: data/people.csv, entity: person }\n"),
  );
  await world.run("collect");
  const unread = await world.run("erase", "data", "person", "--person", "jim", "--reason", "case 1", "--by", "law");
  expect(unread).toMatchObject({ code: 2, err: expect.stringContaining('nobody is known by "jim"') as string });
  const { code, out, err } = await world.run("subject", "jd");
  expect(err).toBe("");
  expect(code).toBe(0);
  const said = JSON.parse(out) as {
    names: string[];
    records: { stream: string; key: string; fields: string[] }[];
  };
  expect(said.names).toEqual(["Jane Doe", "j-d", "jane", "jane@example.com", "jd", "p1"]);
  expect(said.records.map(({ stream, fields }) => [stream, fields])).toEqual([
    ["person", ["key", "id", "display_name", "logins[]", "emails[]"]],
  ]);
  expect(await world.run("subject", "jan")).toMatchObject({
    code: 2,
    err: expect.stringContaining('nobody is known by "jan"; did you mean `jane`?') as string,
  });
  expect(await world.run("erase", "data", "person", '["p1"]')).toMatchObject({
    code: 2,
    err: expect.stringContaining("erase needs --reason") as string,
  });
  const erased = await world.run(
    "erase",
    "data",
    "person",
    "--person",
    "Jane Doe",
    "--reason",
    "case 1",
    "--by",
    "law",
  );
  expect(erased.err).toBe("");
  expect(erased).toMatchObject({ code: 0, out: expect.stringContaining("1 version of 1 record erased") as string });
  expect(await world.run("verify")).toMatchObject({ code: 0, out: expect.stringContaining("; 1 version was erased, and known by its hash alone") as string });
  expect(await world.run("subject", "jd")).toMatchObject({
    code: 2,
    err: expect.stringContaining("nobody is known") as string,
  });
});
