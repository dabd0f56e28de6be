import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { eventsConfig } from "../../../collectors/events/config.ts";
import { packageRoot } from "../../../src/package-root.ts";
import { folder } from "../files/support.ts";
import { collect, staged } from "./support.ts";

const readme = readFileSync(join(packageRoot, "collectors/events/README.md"), "utf8");
const block = (language: string) => new RegExp(`\`\`\`${language}\n([^]*?)\`\`\``).exec(readme)?.[1] ?? "";

test("the example gives what the page says", async () => {
  const { sources } = parse(block("yaml")) as {
    sources: { "platform-events": z.input<typeof eventsConfig> };
  };
  const { paths, services } = eventsConfig.parse(sources["platform-events"]);
  const files = { "events/2026-03-02.ndjson": block("ndjson") };
  expect((await collect(folder(files), paths)).rejected).toEqual([]);
  const warehouse = await staged(files, { services });
  const rows = await warehouse.rows<Record<string, unknown>>(
    "select * exclude (source) from staging.events_deployment",
  );
  const known = rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
  );
  expect(known).toEqual(JSON.parse(block("json")));
});

test("the table has every type that is understood, with its entity", async () => {
  const warehouse = await staged({ "none.ndjson": "" });
  const types = await warehouse.rows<{ type: string; entity: string }>(
    "select subject_type || '.' || predicate as type, entity from staging.events_type",
  );
  const section = readme.split("## What becomes of which event")[1]?.split("\n## ")[0] ?? "";
  const rows = section.split("\n").flatMap((line) => {
    const [, events = "", becomes = ""] = line.split("|");
    const entity = /`(\w+)`/.exec(becomes)?.[1] ?? "";
    return [...events.matchAll(/`([a-z]+\.[a-z]+)`/g)].map(([, type]) => `${type ?? ""} ${entity}`);
  });
  expect(rows.sort()).toEqual(types.map(({ type, entity }) => `${type} ${entity}`).sort());
});

test("every option is on the page", () => {
  const keys = new Set<string>();
  JSON.stringify(z.toJSONSchema(eventsConfig, { io: "input" }), (name, value: unknown) => {
    if (name === "properties") for (const key of Object.keys(value as object)) keys.add(key);
    return value;
  });
  expect([...keys].filter((key) => key !== "collector" && !readme.includes(`\`${key}\``))).toEqual([]);
});
