import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { parseConfig } from "../../src/config/load.ts";
import { secret, serverAddress } from "../../src/config/scalars.ts";
import { withoutSecretsOf } from "../../src/config/secret.ts";
import { shapeOf } from "../../src/config/shape.ts";

const schema = z.strictObject({
  url: z.string(),
  token: secret("Token of the service account."),
  users: z.array(z.strictObject({ password: secret("Password.") })).default([]),
});

const VALUE = "s3cr3t-value";
const environment = { TOKEN: VALUE, PASSWORD: VALUE, EMPTY: "" };

const parse = (text: string, env: Record<string, string> | undefined = environment) =>
  parseConfig(text, "test.yaml", schema, env);

describe("secrets", () => {
  test("are read from the environment", () => {
    expect(parse("url: x\ntoken: ${TOKEN}\n").token.reveal()).toBe(VALUE);
  });

  test("are never printed", () => {
    const config = parse("url: x\ntoken: ${TOKEN}\nusers: [{ password: '${PASSWORD}' }]\n");
    const printed = [
      JSON.stringify(config),
      inspect(config, { depth: 9, showHidden: true }),
      String(config.token),
    ];
    expect(printed.join("\n")).not.toContain(VALUE);
    expect(String(config.token)).toBe("${TOKEN}");
  });

  test("name the variable that is not set", () => {
    expect(() => parse("url: x\ntoken: ${TOKN}\nusers:\n  - password: ${EMPTY}\n")).toThrow(
      [
        "test.yaml:2: token: the environment variable TOKN is not set",
        "test.yaml:4: users.0.password: the environment variable EMPTY is not set",
      ].join("\n"),
    );
  });

  test("do not stand in the file, and are not repeated when they do", () => {
    const run = () => parse(`url: x\ntoken: ${VALUE}\nusers: [{ password: "${VALUE}\${TOKEN}" }]\n`);
    expect(run).toThrow(/test\.yaml:2: token: expected \$\{NAME\}.*; what was found is not shown/);
    expect(run).toThrow(/test\.yaml:3: users\.0\.password: expected \$\{NAME\}/);
    expect(run).not.toThrow(new RegExp(VALUE));
  });

  test("nothing else may use variables", () => {
    expect(() => parse("url: https://${TOKEN}@host\ntoken: ${TOKEN}\n")).toThrow(
      "test.yaml:1: url: only secrets may use ${TOKEN}; write the value itself",
    );
  });

  test("are not needed by commands that ask no source", () => {
    const { token } = parseConfig("url: x\ntoken: ${TOKEN}\n", "test.yaml", schema, undefined);
    expect(() => token.reveal()).toThrow("the environment variable TOKEN is not set");
  });

  test.each(["", "a", "ab", "abc"])(
    "are taken out of texts, also as Basic sends them behind the user %j",
    (user) => {
      const without = withoutSecretsOf(parse("url: x\ntoken: ${TOKEN}\n"));
      expect(without(`sent ${VALUE}, refused`)).toBe("sent ${TOKEN}, refused");
      const sent = Buffer.from(`${user}:${VALUE}`).toString("base64");
      expect(without(`Authorization: Basic ${sent}`)).toContain("${TOKEN}");
      expect(without("nothing of it")).toBe("nothing of it");
    },
  );

  test("do not stand in addresses, and are not repeated when they do", () => {
    const run = (url: string) => () =>
      parseConfig(`url: ${url}`, "test.yaml", z.strictObject({ url: serverAddress }), undefined);
    expect(run("https://example.com/api")()).toEqual({ url: "https://example.com/api" });
    for (const url of [`https://ada:${VALUE}@example.com`, `https://${VALUE}@example.com`]) {
      expect(run(url)).toThrow("test.yaml:1: url: give the credentials by keys of the source");
      expect(run(url)).not.toThrow(new RegExp(VALUE));
    }
  });

  test("are marked in the schema for editors", () => {
    expect(shapeOf(schema).properties?.["token"]).toMatchObject({ type: "string", writeOnly: true });
  });
});
