import { expect, test } from "vitest";
import { folder } from "../files/support.ts";
import { collect, event, exampleLines, line, staged } from "./support.ts";

const TEXTS = [
  "\u0000",
  "%zz",
  "pkg:oci/%zz@%",
  "@",
  "pkg:a/b@?vcs_url=%%%",
  "'; drop table raw.run; --",
  "//..~1",
  "😀",
];
const VALUES = [null, 1, true, [], [1], {}, "x"];

interface Said {
  readonly context: { readonly id: string };
  readonly subject: { readonly content: object };
}

/** The event with another subject, content and links, as another event. */
const altered = (said: Said, id: number, subject: string, content: unknown, links: unknown) =>
  line({ ...said, context: { ...said.context, id: `h${id}`, links }, subject: { id: subject, content } });

/** Every example with every odd text in place of every value, and with content and links of every other form. */
function oddLog(): string {
  let id = 0;
  return exampleLines
    .map((text) => JSON.parse(text) as Said)
    .flatMap((said) => {
      const members = Object.keys(said.subject.content);
      const filled = (value: unknown) => Object.fromEntries(members.map((name) => [name, value]));
      return [
        ...TEXTS.map((odd) => altered(said, (id += 1), odd, filled(odd), odd)),
        ...VALUES.map((odd) => altered(said, (id += 1), "s", odd, [odd])),
        ...VALUES.map((odd) => altered(said, (id += 1), "s", filled(odd), odd)),
      ];
    })
    .join("");
}

test("whatever stands in an event, the model is built and every event is there", async () => {
  const log = oddLog();
  const warehouse = await staged({ "a.ndjson": log }, { fields: { service: "subject.content" } }, [
    "reports",
    "publish",
  ]);
  const [counts] = await warehouse.rows<{ events: number; timed: number }>(
    'select count(*) as events, count("at") as timed from staging.events_event',
  );
  const sent = log.split("\n").length - 1;
  expect(sent).toBe(exampleLines.length * (TEXTS.length + 2 * VALUES.length));
  expect(counts).toEqual({ events: sent, timed: sent });
});

test("a batch that is nested without measure is rejected, and what else is there is read", async () => {
  const deep = "[".repeat(200_000) + "]".repeat(200_000);
  const { records, rejected } = await collect(folder({ "a.json": deep, "b.ndjson": line(event()), "c.ndjson": `${deep}\n` }));
  expect(records).toHaveLength(1);
  expect(rejected.map(({ file, line, text }) => [file, line, text])).toEqual([
    ["a.json", 1, ""],
    ["c.ndjson", 1, ""],
  ]);
});
