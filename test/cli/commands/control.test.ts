import { existsSync, mkdirSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { CONFIG, tinyWorld, type World } from "./world.ts";

// The first question, and each of a new configuration, builds the model with all controls.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const MORE = `${CONFIG}      - { path: data/windows.csv, entity: calendar_window }
      - { path: data/exemptions.csv, entity: exemption }
`.replace("complete:\n", "complete:\n      - { entity: calendar_window, asserted_by: ana }\n");

let world: World;

beforeAll(async () => {
  world = tinyWorld({ keep: true, controls: true, config: MORE });
  world.write("data/windows.csv", "id,kind,starts_at,ends_at,reason\nw1,freeze,2026-02-01T00:00:00Z,2026-03-01T00:00:00Z,Year \u001b[2Jend\n");
  world.write(
    "data/exemptions.csv",
    `id,control,scope,requested_by,approver,reason,compensating_control,valid_from,valid_until
e1,WIN-01,d2,ana,ben,Bug,Watched,2026-02-05T00:00:00Z,2026-02-06T00:00:00Z
e2,WIN-01,api,ana,ana,Bug,Watched,2026-02-01T00:00:00Z,2026-03-01T00:00:00Z
`,
  );
  await world.run("collect");
});

afterAll(() => world.remove());

describe("explain of a control", () => {
  test("and a unit says why, by which records, which exemptions name it and what to do", async () => {
    // As the source calls it: the model knows it as data:d2.
    const { code, out, err } = await world.run("explain", "win-01", "d2");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("WIN-01 Not in a blackout: data:d2\n(deployment, api, production, 2026-02-05 10:00:00; times are those of UTC)\n");
    expect(out).toContain("exempt: Waived by data:e1 until 2026-02-05: Bug. Without that it would fail: The deployment ran in a window in which nothing may be deployed: Year \ufffd[2Jend (2026-02-01 00:00 to ");
    expect(out).toContain("What to do: nothing, while it is waived.\n");
    expect(out).toMatch(/\n {2}calendar window data:w1\n {4}collected \d{4}-\d\d-\d\d \d\d:\d\d:\d\d, batch \d+, sha256 [0-9a-f]{12} \(data calendar_window w1\)\n {4}kind: freeze\n {4}starts_at: 2026-02-01 00:00:00\n/);
    expect(out).toMatch(/\n {2}deployment data:d2\n {4}collected .*\(data deployment .*d2.*\)\n {4}native_id: d2\n/);
    expect(out).toContain("  data:e1 covers it\n    collected ");
    expect(out).toContain("  data:e2 does not cover it: who asked for it allowed it\n");
    expect(out).toContain("Looks for faults in calendar_window: known to be all collected for that time, as ana said\n");
    expect(out).toContain("Parameter kinds: freeze, blackout. Kinds of window");
    expect(out).toContain("File: controls/windows/win_01.sql (--sql prints it)\n");
  });

  test("has its SQL where that is asked for", async () => {
    const { out } = await world.run("explain", "win-01", "--sql");
    expect(out).toContain("File: controls/windows/win_01.sql\n\nwith touched as (");
  });

  test("alone is its entry in the catalogue, with all counts", async () => {
    const { out } = await world.run("explain", "WIN-01");
    expect(out).toMatch(/^WIN-01 Not in a blackout \(high\)\nQuestion: /);
    expect(out).toContain("All units: 2 pass, 1 fail, 0 unknown, 1 exempt, 0 not applicable, 0 not due\n");
    expect(out).toContain("Looks for faults in calendar_window\n");
  });

  test("is there as JSON", async () => {
    const { out } = await world.run("explain", "WIN-01", "data:d3", "--json");
    expect(JSON.parse(out)).toMatchObject({
      control: { control: "WIN-01", severity: "high" },
      result: { unit: "data:d3", status: "fail", evidence: ["data:w1"] },
      records: [{ entity: "deployment", id: "data:d3" }, { entity: "calendar_window", id: "data:w1", record: { reason: "Year \u001b[2Jend" } }],
      exemptions: [],
    });
    expect(out).not.toContain("\u001b");
  });

  test.each([
    [["WIN-01", "d9"], 'WIN-01 says nothing of "d9"; `quarterdeck check --control WIN-01` lists what it finds'],
    [["WIN-1", "d2"], 'there is no control "WIN-1"; did you mean `WIN-01`?'],
    [["WIN-01", "e1"], "WIN-01 says nothing of \"e1\"; it judges each deployment, and data:e1 is an exemption: `quarterdeck explain data:e1` says what others find"],
    [["change_fail_rate", "d2"], 'only controls judge units, and "change_fail_rate" is none'],
    [["WIN-0"], 'there is nothing named "WIN-0"; did you mean `WIN-01`?'],
  ])("%j is said to be wrong", async (args, message) => {
    expect(await world.run("explain", ...args)).toEqual({ code: 2, out: "", err: `quarterdeck: ${message}\n` });
  });
});

describe("explain of a unit", () => {
  test("says what all controls find of it, what fails first, and where to read on", async () => {
    const { code, out } = await world.run("explain", "d3");
    expect(code).toBe(0);
    expect(out).toMatch(/^deployment data:d3 \(web, production, 2026-02-\d\d \d\d:\d\d:\d\d UTC\)\n\n/);
    expect(out).toMatch(/\nfail {5}WIN-01 Not in a blackout: The deployment ran in a window /);
    expect(out).toMatch(/\nnot applicable: .*DEP-03/);
    expect(out).toMatch(/\n`quarterdeck explain [A-Z]+-\d\d data:d3` says why, record by record, and what to do\.\n$/);
    expect(out).not.toContain("\u001b");
    expect(JSON.parse((await world.run("explain", "data:d3", "--json")).out)).toContainEqual(expect.objectContaining({ control: "WIN-01", status: "fail" }));
  });

  test("says what to do about one result beside what to do from now on", async () => {
    const { out } = await world.run("explain", "WIN-01", "d3");
    expect(out).toContain("What to do: If it was allowed beforehand, the exemption for the deployment d3 must say so and have begun before it.");
    expect(out).toContain("\nFrom now on: Wait for the end of the window, or ask for an exemption before it begins.\n");
  });
});

describe("control new", () => {
  test("writes one that works, marked as a local rule, whose parameters can be set", async () => {
    const own = tinyWorld({ controls: true });
    own.write("data/deployments.csv", "id,service,environment,version,finished_at,status,labels\nd1,api,production,1.0.0,2026-01-05T10:00:00Z,success,\nd2,api,production,,2026-01-06T10:00:00Z,success,\nd3,api,production,,2026-01-07T10:00:00Z,success,rollback\n");
    expect(await own.run("control", "new", "own-01")).toEqual({
      code: 0,
      out: "Wrote queries/controls/own/own_01.sql, which works as it is. Change it, then: quarterdeck check --control OWN-01\n",
      err: "",
    });
    await own.run("collect");
    const { code, out } = await own.run("check", "--control", "OWN-01");
    expect(code).toBe(1);
    expect(out).toContain("OWN-01 Deployments name a version (low, local rule): 1 pass, 1 fail, 0 unknown, 0 exempt, 1 not applicable, 0 not due\n");
    expect(out).toContain("  fail     data:d2  api  2026-01-06 10:00\n           The deployment names no version.\n");
    own.write("quarterdeck.yaml", `${CONFIG}controls:\n  OWN-01: { parameters: { allowed: [] } }\n`);
    expect((await own.run("check", "--control", "OWN-01")).out).toContain("1 pass, 2 fail, 0 unknown, 0 exempt, 0 not applicable");
  });

  test("overwrites nothing, and takes no id twice", async () => {
    const own = tinyWorld({ controls: true });
    own.write("queries/controls/own/own_07.sql", "mine");
    const said = await own.run("control", "new", "WIN-01");
    expect(said).toEqual({ code: 2, out: "", err: expect.stringContaining("own_07.sql") as string });
    own.write("queries/controls/own/own_07.sql", "/*\ntitle: Mine\n*/\nselect 1 as one order by one");
    expect((await own.run("control", "new", "WIN-01")).err).toBe("quarterdeck: WIN-01 is there already: controls/windows/win_01.sql\n");
    expect((await own.run("control", "new", "OWN-07")).err).toBe("quarterdeck: queries/controls/own/own_07.sql is there already and is not overwritten\n");
    expect(own.read("queries/controls/own/own_07.sql")).toContain("Mine");
  });

  test.each([
    [["new", "own"], 'control: expected letters, - and a number, such as OWN-01, found "own"'],
    [["new", "../X-01"], 'control: expected letters, - and a number, such as OWN-01, found "../X-01"'],
    [["make", "OWN-01"], 'control: expected `new`, found "make"'],
    [["new"], "control needs <id>; `quarterdeck control --help` lists what it takes"],
  ])("%j is said to be wrong", async (args, message) => {
    const own = tinyWorld({ controls: true });
    mkdirSync(own.path("queries"));
    expect(await own.run("control", ...args)).toEqual({ code: 2, out: "", err: `quarterdeck: ${message}\n` });
    expect(existsSync(own.path("queries/controls"))).toBe(false);
  });
});
