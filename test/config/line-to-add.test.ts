import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { lineToAdd } from "../../src/config/line-to-add.ts";
import { readYaml } from "../../src/config/yaml.ts";

const HOSTILE = [
  "plain",
  "a: b # c",
  "null",
  "1e3",
  "0x1f",
  "- item",
  "? key",
  "*alias",
  "&anchor",
  "!tag",
  "{x}",
  " blanks ",
  "two\nlines",
  "tab\there",
  "quote\"s and 'quotes'",
  "back\\slash",
  "\u202Egnp.exe",
  "bell\u0007",
  "line\u2028separator",
  "tag\u{E0041}",
  "Größe 😀",
  "=cmd()",
];

describe("a line for quarterdeck.yaml", () => {
  test.each(HOSTILE)("means %j and nothing else", (name) => {
    const line = lineToAdd({
      add_to: "quarterdeck.yaml",
      add_path: ["services", name],
      add_value: JSON.stringify({ repository: name, paths: [name] }),
      is_guess: true,
    });
    const { value, problems } = readYaml(line ?? "");
    expect(problems).toEqual([]);
    expect(value).toEqual({ services: { [name]: { repository: name, paths: [name] } } });
    // What a terminal or an editor would hide or obey stands there as an escape.
    expect(line).toMatch(/^[^\p{Cf}\p{Zl}\p{Zp}\p{Co}]*$/u);
    expect(line?.replaceAll("\n", "")).toMatch(/^\P{Cc}*$/u);
  });

  test("a name that objects have already is a key like others", () => {
    const addition = {
      add_to: "quarterdeck.yaml",
      add_path: ["services", "__proto__"],
      add_value: "{}",
      is_guess: false,
    };
    expect(lineToAdd(addition)).toBe("services:\n  __proto__: {}");
  });

  test("a suggestion says that it is one", () => {
    const addition = { add_to: "quarterdeck.yaml", add_path: ["output"], add_value: '"x"', is_guess: true };
    expect(lineToAdd(addition)).toBe("# a suggestion: look at it before you take it over\noutput: x");
  });
});

test.each(HOSTILE)("a record with %j is one line of JSON", (name) => {
  const line = lineToAdd({
    add_to: "person",
    add_path: null,
    add_value: JSON.stringify({ id: name }),
    is_guess: true,
  });
  expect(line).not.toContain("\n");
  expect(line).toMatch(/^[^\p{Cf}\p{Zl}\p{Zp}\p{Co}]*$/u);
  expect(parse(line ?? "")).toEqual({ id: name });
  expect(JSON.parse(line ?? "")).toEqual({ id: name });
});

test("nothing to add", () => {
  expect(lineToAdd({ add_to: null, add_path: null, add_value: null, is_guess: false })).toBeNull();
});
