import { expect, test } from "vitest";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogueOf } from "../../src/controls/catalogue.ts";
import { packageRoot } from "../../src/package-root.ts";
import { queryFiles } from "../../src/warehouse/model.ts";
import { readFrameworks } from "../../src/controls/frameworks.ts";

const supplied = queryFiles().filter(({ header }) => header.control !== undefined);

test("each control that comes with the product says what to do about its results, by words that its reasons say", () => {
  expect(supplied).toHaveLength(48);
  expect(() => catalogueOf(supplied, [], readFrameworks())).not.toThrow();
  expect(supplied.filter(({ header }) => (header.steps ?? []).length === 0).map(({ name }) => name)).toEqual([]);
});

test("a step for words that no reason says is refused with its file", () => {
  const [first] = supplied;
  const odd = { ...first, header: { ...first?.header, steps: [{ when: "nothing of the sort", do: "Rest." }] } } as (typeof supplied)[number];
  expect(() => catalogueOf([odd], [], readFrameworks())).toThrow(
    'controls/artifacts/art_01.sql: steps: no reason in its SELECT says "nothing of the sort": name words of one',
  );
});

test("what is said of all that nobody knows to be complete is found by words that judgements say", () => {
  const read = (file: string) => readFileSync(join(packageRoot, file), "utf8");
  const [, words] = /'([^']+)' as words/.exec(read("queries/controls/engine/control_step.sql")) ?? [];
  const told = read("src/controls/judgement.sql").match(/then .*unknown_words .*/g) ?? [];
  const reasons = told.filter((line) => line.includes("service"));
  expect(reasons).toHaveLength(3);
  expect(reasons.filter((line) => !line.includes(words ?? "?"))).toEqual([]);
});
