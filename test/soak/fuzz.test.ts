import { readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { edited } from "./fuzz/edits.ts";
import { fuzz } from "./fuzz/fuzz.ts";
import type { Reader } from "./fuzz/reader.ts";
import { proveReaders } from "./fuzz/prove.ts";
import { READERS } from "./fuzz/readers.ts";

proveReaders(READERS.filter(({ isSlow }) => isSlow !== true));

test("docs/soak.md says of every reader what was run", () => {
  const text = readFileSync(join(packageRoot, "docs/soak.md"), "utf8");
  expect(
    READERS.map(({ name }) => name).filter((name) => !new RegExp(`^\\| \`${name}\` +\\|`, "m").test(text)),
  ).toEqual([]);
});

test("the one input that brings a reader down is found, with no more edits than it takes", async () => {
  const fussy: Reader = {
    name: "fussy",
    test: 0,
    together: 40,
    open: () =>
      Promise.resolve({
        samples: [{ name: "a", bytes: Buffer.from('{"a":[1,2,3],"b":{"c":"d"}}') }],
        isJson: true,
        read: (inputs) => {
          if (inputs.some(({ bytes }) => bytes.includes('"b":null'))) throw new Error("b is null");
          return Promise.resolve();
        },
      }),
  };
  const { inputs, failures } = await fuzz(fussy, { inputs: 1500, seed: 5 });
  expect(inputs).toBe(1500);
  expect(failures.map(({ message }) => message.split("\n")[0])).toEqual(["Error: b is null"]);
  expect(failures[0]?.input?.bytes.toString()).toMatch(/^.{0,40}"b":null.{0,40}$/);
});

test("an edit is the same every time", () => {
  const bytes = Buffer.from("abcdef");
  const flip = { kind: "flip", at: 0.5, span: 1, choice: 0 } as const;
  expect(edited(bytes, [flip], { samples: [bytes] }).toString()).toBe("abceef");
  expect(edited(bytes, [{ ...flip, kind: "cut" }], { samples: [bytes] }).toString()).toBe("abc");
});

const TYPES = "(?:timestamptz|timestamp|date|bigint|integer|double|boolean|varchar\\[\\])";

/** Of these staging reads what can be computed with: src/warehouse/sql/readable.sql. */
const MEASURED = "(?:timestamptz|timestamp|date|bigint|integer|double)";

/** Forms that end a build where one record says something else. */
const STRICT = [
  new RegExp(`(?<![a-z_])cast\\([^()]*->>?[^()]*as ${TYPES}\\)`, "g"),
  new RegExp(`->>?[^()]*\\)::${TYPES}`, "g"),
  /(?<!try\()(?:to_timestamp|make_timestamptz)\(staging\./g,
  // It reads a year of six digits, a number of nineteen and infinity too, which end what is computed with them.
  new RegExp(`try_cast\\((?:[^()]|\\([^()]*\\))*as ${MEASURED}\\)`, "g"),
];

test("staging casts nothing of a record so that one value may end a build", () => {
  const strict = globSync("queries/staging/*/*.sql", { cwd: packageRoot })
    .filter((path) => !path.includes("/config/"))
    .flatMap((path) => {
      const sql = readFileSync(join(packageRoot, path), "utf8");
      const casts = STRICT.flatMap((pattern) => sql.match(pattern) ?? []);
      return casts.map((cast) => `${path}: ${cast}`);
    });
  expect(strict).toEqual([]);
});
