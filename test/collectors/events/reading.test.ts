import { UNREAD } from "../../../collectors/reading/fingerprint.ts";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { SourceError } from "../../../src/errors.ts";
import { eventsConfig } from "../../../collectors/events/config.ts";
import { events } from "../../../collectors/events/index.ts";
import { folder, write } from "../files/support.ts";
import { collect, event, EXAMPLES, exampleLines, line } from "./support.ts";
import { nothingAsked, type Page } from "../../../collectors/contract.ts";

const envelope = (rest: object) => ({
  specversion: "1.0",
  id: "1",
  source: "/ci",
  type: "dev.cdevents.service.deployed.0.3.0",
  ...rest,
});

const read = (text: string | Buffer, name = "log.ndjson") => collect(folder({ [name]: text }));

/** The one reason for which a value is rejected, with the member at fault. */
async function reasonFor(value: object | string): Promise<string> {
  const { rejected, records } = await read(typeof value === "string" ? `${value}\n` : line(value));
  expect(records).toEqual([]);
  expect(rejected).toHaveLength(1);
  return [rejected[0]?.column, rejected[0]?.reason].filter((part) => part !== undefined).join(": ");
}

const filesOf = ({ files }: Page) => files?.map(({ file }) => file);

test("of two values under one key neither is taken", async () => {
  const twice = JSON.stringify(event()).replace('"id":"1"', '"id":"0","id":"1"');
  const reason = 'expected each key once, found "id" again';
  const { records, rejected } = await read(`${line(event({ id: "2" }))}${twice}`);
  expect(records).toHaveLength(1);
  expect(rejected).toMatchObject([{ file: "log.ndjson", line: 2, reason }]);
  expect(await read(twice, "log.json")).toMatchObject({ records: [], rejected: [{ file: "log.json", line: 1, reason }] });
});

describe("an event", () => {
  test("is kept as it was said, under its producer and id", async () => {
    const { records } = await read(line(event()));
    expect(records).toEqual([{ key: '["/ci","1"]', updatedAt: "2026-03-02T10:00:00Z", payload: event() }]);
  });

  test("in an envelope keeps the envelope, and the same key", async () => {
    const said = envelope({ data: event(), traceparent: "00-1" });
    const { records } = await read(line(said));
    expect(records).toEqual([{ key: '["/ci","1"]', updatedAt: "2026-03-02T10:00:00Z", payload: said }]);
  });

  test("as base64 is decoded, and so are its custom data", async () => {
    const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64");
    const packed = event({}, { customData: base64({ app: "x" }), customDataContentType: "application/json" });
    const { records } = await read(line(envelope({ data_base64: base64(packed) })));
    expect(records[0]?.payload).toEqual(envelope({ data: { ...packed, customData: { app: "x" } } }));
  });

  test("has the time of its envelope where it has none of its own", async () => {
    const { records } = await read(
      line(envelope({ time: "2026-03-02T11:00:00+01:00", data: event({ timestamp: undefined }) })),
    );
    expect(records[0]?.updatedAt).toBe("2026-03-02T10:00:00Z");
  });

  test("of another vocabulary is kept too, with or without a time", async () => {
    const foreign = envelope({ type: "com.example.push", data: { ref: "main" } });
    const binary = envelope({ id: "2", type: "com.example.photo", data_base64: "AP8=" });
    const { records, rejected } = await read(line(foreign) + line(binary));
    expect(records).toEqual([
      { key: '["/ci","1"]', payload: foreign },
      { key: '["/ci","2"]', payload: binary },
    ]);
    expect(rejected).toEqual([]);
  });
});

describe("batches", () => {
  test("stand on a line or fill a .json file", async () => {
    const batch = [event(), envelope({ id: "2", data: event({ id: "2" }) })];
    const directory = folder({
      "a.ndjson": line(batch),
      "b.json": JSON.stringify([event({ id: "3" })], null, 2),
    });
    const { records } = await collect(directory);
    expect(records.map(({ key }) => key)).toEqual(['["/ci","1"]', '["/ci","2"]', '["/ci","3"]']);
  });

  test("lose only the member that is wrong", async () => {
    const { records, rejected } = await read(line([event(), 7]));
    expect(records).toHaveLength(1);
    expect(rejected.map(({ line: at, text }) => [at, text])).toEqual([[1, "7"]]);
  });
});

describe("a second delivery", () => {
  test("is passed over, in whatever envelope it comes", async () => {
    const { records, rejected, reports } = await read(
      line(event()) + line(event()) + line(envelope({ data: event() })),
    );
    expect(records).toHaveLength(1);
    expect(rejected).toEqual([]);
    expect(reports[0]).toBe("log.ndjson: 2 events delivered more than once");
  });

  test("that says something else is rejected", async () => {
    const { rejected } = await read(line(event()) + line(event({ timestamp: "2026-03-02T10:00:01Z" })));
    expect(rejected).toMatchObject([
      {
        file: "log.ndjson",
        line: 2,
        reason: "an event of this source and id was there already, at log.ndjson:1, and said something else",
      },
    ]);
  });

  test("of the same id by another producer is another event", async () => {
    const { records } = await read(line(event()) + line(event({ source: "/cd" })));
    expect(records.map(({ key }) => key)).toEqual(['["/ci","1"]', '["/cd","1"]']);
  });
});

describe("rejected, with line and reason:", () => {
  test("a line that is no JSON", async () => {
    const { records, rejected } = await read(`${line(event())}{"context":{"id\n${line(event({ id: "2" }))}`);
    expect(records).toHaveLength(2);
    expect(rejected).toEqual([
      { file: "log.ndjson", line: 2, reason: "expected JSON on the line", text: '{"context":{"id' },
    ]);
  });

  test.each([
    ["what is no event", { hello: "world" }, /^expected an event: `context` and `subject` \(CDEvents\), or/],
    ["a plain value", "null", /^expected an event: .*; found null$/],
    ["no id", event({ id: "" }), /^context\.id: expected a text, found ""$/],
    ["no producer", event({ source: undefined }), /^context\.source: expected a text, found null$/],
    ["no type", event({ type: 3 }), /^context\.type: expected a text, found 3$/],
    [
      "a time without offset",
      event({ timestamp: "2026-03-02T10:00:00" }),
      /^context\.timestamp: expected an instant with offset/,
    ],
    [
      "an impossible day",
      event({ timestamp: "2026-02-31T10:00:00Z" }),
      /^context\.timestamp: .*found "2026-02-31T10:00:00Z"$/,
    ],
    ["no subject", event({}, { subject: {} }), /^subject\.id: expected the id of a subject, found none$/],
    [
      "an envelope without a CDEvent",
      envelope({ data: { a: 1 } }),
      /^data: expected a CDEvent in the envelope/,
    ],
    [
      "an envelope whose base64 is none",
      envelope({ data_base64: "%%%" }),
      /^data: expected a CDEvent in the envelope/,
    ],
  ])("%s", async (_, value, reason) => {
    expect(await reasonFor(value)).toMatch(reason);
  });

  test.each([
    [
      "an unknown entity",
      { deploymnt: {} },
      /^customData\.quarterdeck\.deploymnt: expected artifact, .*did you mean `deployment`\?/,
    ],
    [
      "an unknown column",
      { deployment: { branche: "x" } },
      /^customData\.quarterdeck\.deployment\.branche: expected a column of deployment.*did you mean `branch`\?/,
    ],
    [
      "a wrong value",
      { deployment: { status: "PERHAPS" } },
      /^customData\.quarterdeck\.deployment\.status: expected .*PERHAPS/,
    ],
    [
      "a text for a list",
      { deployment: { labels: "a;b" } },
      /^customData\.quarterdeck\.deployment\.labels: expected a list, found "a;b"$/,
    ],
    [
      "no columns",
      { deployment: "x" },
      /^customData\.quarterdeck\.deployment: expected columns of deployment, found "x"$/,
    ],
    ["no entities", [], /^customData\.quarterdeck: expected entity -> columns, found a list$/],
  ])("custom data with %s", async (_, quarterdeck, reason) => {
    expect(await reasonFor(event({}, { customData: { quarterdeck } }))).toMatch(reason);
  });

  test("nesting that no database would take", async () => {
    const deep = `${"[".repeat(5000)}${"]".repeat(5000)}`;
    expect(await reasonFor(JSON.stringify(event()).replace('"pkg:generic/api@1.0"', deep))).toMatch(/levels/);
  });
});

describe("files", () => {
  test("packed with gzip are unpacked; a broken archive is not half read", async () => {
    const packed = gzipSync(EXAMPLES);
    expect((await read(packed, "log.ndjson.gz")).records).toHaveLength(exampleLines.length);
    const broken = await read(packed.subarray(0, packed.length - 20), "log.ndjson.gz");
    expect(broken.records).toEqual([]);
    expect(broken.rejected[0]?.reason).toBe("expected gzip, found an archive that is cut off or broken");
  });

  test("that hold one broken document are not half read, and are tried again", async () => {
    const directory = folder({ "a.json": "[{" });
    const first = await collect(directory);
    expect(first.rejected[0]?.reason).toBe("expected one JSON document; a file of lines ends in .ndjson");
    write(directory, { "a.json": JSON.stringify([event()]) });
    expect((await collect(directory, ["*"], first.cursor)).records).toHaveLength(1);
  });

  test("are read again only when they changed", async () => {
    const directory = folder({ "a.ndjson": line(event()), "b.ndjson": line(event({ id: "2" })) });
    const first = await collect(directory);
    expect(first.pages.map(filesOf)).toEqual([["a.ndjson"], ["b.ndjson"]]);
    expect((await collect(directory, ["*"], first.cursor)).pages).toEqual([]);
    write(directory, { "b.ndjson": line(event({ id: "2" })) + line(event({ id: "3" })) });
    const third = await collect(directory, ["*"], first.cursor);
    expect(third.pages.map((page) => [filesOf(page), page.records.length])).toEqual([[["b.ndjson"], 2]]);
  });

  test("that are still written end in half a line, which is read once it is whole", async () => {
    const [one, two] = [line(event()), line(event({ id: "2" }))];
    const directory = folder({ "log.ndjson": one + two.slice(0, 40) });
    const first = await collect(directory);
    expect(first.records).toHaveLength(1);
    expect(first.rejected).toEqual([]);
    expect(first.warnings).toEqual([
      "log.ndjson:2: the last line is not complete yet; it is read once it is",
    ]);
    write(directory, { "log.ndjson": one + two });
    const second = await collect(directory, ["*"], first.cursor);
    expect(second.records.map(({ key }) => key)).toEqual(['["/ci","1"]', '["/ci","2"]']);
    expect(second.warnings).toEqual([]);
  });

  test.each([
    ["emptied", (directory: string) => write(directory, { "b.ndjson": "" })],
    ["deleted", (directory: string) => rmSync(join(directory, "b.ndjson"))],
  ])("that are %s have nothing rejected any more", async (_, happen) => {
    const directory = folder({ "a.ndjson": line(event()), "b.ndjson": "no event\n" });
    const first = await collect(directory);
    expect(first.rejected).toHaveLength(1);
    happen(directory);
    const second = await collect(directory, ["*"], first.cursor);
    expect(second.pages.flatMap(({ files = [] }) => files)).toEqual([{ file: "b.ndjson", accepted: 0 }]);
    expect([second.records, second.rejected]).toEqual([[], []]);
    expect((await collect(directory, ["*"], second.cursor)).pages).toEqual([]);
  });

  test("that are long are stored in parts, and count as read with the last one", async () => {
    const log = Array.from({ length: 20_001 }, (_, index) => line(event({ id: String(index) }))).join("");
    const { pages } = await read(log);
    const isRead = (cursor: unknown) => (cursor as Record<string, unknown>)["log.ndjson"] !== UNREAD;
    expect(pages.map(({ records, cursor }) => [records.length, isRead(cursor)])).toEqual([
      [20_000, false],
      [1, true],
    ]);
  });

  test("that are not there are said", async () => {
    await expect(collect(folder(), ["logs/*.ndjson"])).rejects.toThrow(SourceError);
    const { warnings } = await collect(folder({ "a.ndjson": line(event()) }), ["a.ndjson", "b.ndjson"]);
    expect(warnings[0]).toMatch(/^b\.ndjson: no such file in /);
  });

  test("are listed before a run", async () => {
    const directory = folder({ "a.ndjson": line(event()) });
    const context = { baseDirectory: directory, report: () => undefined, warn: () => undefined, usage: nothingAsked() };
    const config = eventsConfig.parse({ collector: "events", paths: ["a.ndjson", "b.ndjson"] });
    const lines = (cursor: Record<string, never> | object) => events.plan(config, context, cursor as never);
    expect(await lines({})).toEqual([
      `a.ndjson, ${line(event()).length} B, new`,
      `b.ndjson, no such file in ${directory}`,
    ]);
    const { cursor } = await collect(directory);
    expect((await lines({ event: cursor }))[0]).toMatch(/unchanged$/);
  });
});

test("a path into an event is checked", () => {
  const issues = (fields: object) =>
    eventsConfig
      .safeParse({ collector: "events", paths: ["a"], fields })
      .error?.issues.map(({ message }) => message);
  expect(issues({ service: "customData.app" })).toBeUndefined();
  expect(issues({ service: "customData..app" })).toEqual([
    "expected a dotted path, such as customData.app.name",
  ]);
  expect(issues({ servce: "x" })).toHaveLength(1);
});
