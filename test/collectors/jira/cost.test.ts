import { expect, test } from "vitest";
import { type Issue, World } from "../../fakes/jira/world.ts";
import { said } from "../bench.ts";
import { bench, serve } from "./support.ts";

/** Asked once in each run: site, fields, types, projects, zone; issues and approvals counted or listed, approvals searched. */
const FIXED = 8;

/** Twenty minutes between issues: as many in two years as a company of this size files. */
function worldOf(issues: number): World {
  const world = new World("2024-01-01T00:00:00Z");
  const [project, desk] = [world.project("PAY"), world.project("DESK", "service_desk")];
  for (let index = 0; index < issues; index += 1)
    world.create(project, { by: "ada", type: "Task", summary: "Work", at: world.now + 20 * 60_000 });
  world.create(desk, { by: "ada", type: "[System] Change", summary: "Deploy", at: world.now - 60 * 60_000 });
  return world;
}

test(
  "a page of a hundred issues is a call, a thousand changelogs are another, and a run costs eight beside",
  { timeout: 60_000 },
  async () => {
    const world = worldOf(5_000);
    const jira = await serve({ world });
    const one = await bench(jira);
    expect(said(await one.collect())).not.toContain("failed");
    expect(jira.requests).toHaveLength(FIXED + 51 + 6 + 1);
    const issues = [...world.issues.values()] as Issue[];
    for (let index = 0; index < 25; index += 1)
      world.edit(issues[index * 190]!, { summary: "Edited" }, world.now + 60 * 60_000);
    jira.resetCounts();
    expect(said(await one.collect())).not.toContain("failed");
    // A page of issues and their changelogs; the one change request is among the last, and is looked at again.
    // The ids of more than 5,000 issues are two pages.
    expect(jira.requests).toHaveLength(FIXED + 1 + 1 + 1 + 1);
  },
);
