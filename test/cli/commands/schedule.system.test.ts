import { expect, test } from "vitest";
import { loadConfig } from "../../../src/config/load.ts";
import { buildInOwnProcess } from "../../../src/schedule/build-process.ts";
import { saysInUse } from "../../../src/warehouse/database-error.ts";
import { recordedEffects } from "../effects.ts";
import { CONFIG, tinyWorld } from "./world.ts";

test("schedule writes the site of what it read, with the packs that are asked for, and no token reaches the build", async () => {
  const notice = 'notice: { url: "${HOOK}" }';
  const world = tinyWorld({ config: `schedule: { default: "0 * * * *", ${notice} }\npublish: { packs: latest }\n${CONFIG}` });
  const witness = `import{appendFileSync}from"node:fs";appendFileSync("seen.txt",process.argv[2]+":"+("HOOK"in process.env)+";")`;
  const said = await world.spawn(["schedule", "--once"], {
    HOOK: "https://chat.example.com/hook",
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(witness)}`,
  });
  expect(world.read("seen.txt")).toBe("schedule:true;build:false;");
  expect(said).toMatchObject({ code: 0, out: expect.stringMatching(/Run 1\n[^]*\d+ pages and 2 release packs as of/) as string });
  expect(world.read("public/index.html")).toContain("Tiny");
  const { build } = JSON.parse(world.read("quarterdeck-health.json")) as { build: object };
  expect(build).toMatchObject({ consecutive_failures: 0, last_message: null });
});

test("a build that finds the database in use says so, so that it is tried again, and prints nothing else", async () => {
  const world = tinyWorld();
  await world.run("collect");
  const effects = recordedEffects(world.folder);
  const loaded = await loadConfig(undefined, effects);
  const failure = await world.inside(() => buildInOwnProcess(loaded, effects).catch((error: unknown) => error), "write");
  expect(failure).toMatchObject({ message: expect.stringMatching(/^quarterdeck\.duckdb is in use by another process \(PID \d+\): /) as string });
  expect(saysInUse(failure)).toBe(true);
  expect(effects.printed).toEqual({ out: "", err: "" });
});

test("a site that cannot be written is said, kept in the health file, and ends with 2", async () => {
  const world = tinyWorld({ config: `schedule: { default: "0 * * * *" }\noutput: data/deployments.csv\n${CONFIG}` });
  const said = await world.spawn(["schedule", "--once"]);
  expect(said.code).toBe(2);
  expect(said.err).toMatch(/Z build: failed \(1 in a row\): the site cannot be written to .*data\/deployments\.csv: /);
  const { build } = JSON.parse(world.read("quarterdeck-health.json")) as { build: { last_message: string } };
  expect(build.last_message).toContain("the site cannot be written to");
});
