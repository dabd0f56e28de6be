import { expect, test } from "vitest";
import type { Json } from "../../../collectors/contract.ts";
import { allowLists, reduced } from "../../../reports/evidence/fields.ts";
import { queryFiles } from "../../../src/warehouse/model.ts";

const lists = allowLists(queryFiles());

function kept(
  collector: string,
  stream: string,
  value: Json,
  options = "{}",
): { rest: Json; left: string[] } {
  const left: string[] = [];
  return { rest: reduced(value, lists({ collector, stream, options }), (path) => left.push(path)), left };
}

test("what no query reads is left out, at any depth, and named by its path", () => {
  const said = {
    title: "x",
    files: {
      nodes: [
        { path: "a", secretNote: 1 },
        { path: "b", secretNote: 2 },
      ],
    },
    nickname: "y",
  };
  expect(kept("github", "pull_request", said)).toEqual({
    rest: { title: "x", files: { nodes: [{ path: "a" }, { path: "b" }] } },
    left: ["files.nodes[].secretNote", "files.nodes[].secretNote", "nickname"],
  });
});

test("what is taken as it is stays whole", () => {
  const said = { id: "1", attributes: { anything: { at: "all" } } };
  expect(kept("files", "evidence", said)).toEqual({ rest: said, left: [] });
  expect(kept("github", "ruleset", { own: { words: 1 } }).left).toEqual([]);
});

test("fields that were asked for by name stay, whatever they are called; of people only what is read", () => {
  const said = {
    fields: { customfield_10010: { child: [1] }, assignee: { name: "jane", birthday: "1.1." } },
    rendered: "x",
  };
  expect(kept("jira", "issue", said)).toEqual({
    rest: { fields: { customfield_10010: { child: [1] }, assignee: { name: "jane" } } },
    left: ["fields.assignee.birthday", "rendered"],
  });
});

test("fields that the configuration names stay", () => {
  const said = { subject: { content: { kept: 1 } }, deep: { team: "a", other: "b" } };
  expect(kept("events", "event", said, '{"fields":{"service":"deep.team"}}').left).toEqual(["deep.other"]);
});

test("names of JavaScript are names as others are", () => {
  const said = JSON.parse('{"title":"x","__proto__":{"title":"y"},"constructor":1}') as Json;
  expect(kept("github", "pull_request", said).left).toEqual(["__proto__", "constructor"]);
});

test("what nests deeper than anything can read is cut", () => {
  const deep = JSON.parse(`{"attributes":${"[".repeat(5_000)}${"]".repeat(5_000)}}`) as Json;
  const { rest, left } = kept("files", "evidence", deep);
  expect(JSON.stringify(rest).length).toBeLessThan(500);
  expect(left).toEqual([expect.stringContaining("deeper than 200")]);
});
