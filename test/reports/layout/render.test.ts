import { beforeAll, describe, expect, test } from "vitest";
import {
  heading,
  keyValues,
  link,
  note,
  paragraph,
  table,
  type PackDocument,
} from "../../../reports/layout/nodes.ts";
import { renderPdf, type RenderedPdf } from "../../../reports/layout/render.ts";
import { hostile } from "../fixture.ts";
import { elementsOf, parseXml, readPdf, streamsOf, type ReadPdf, type StructNode } from "../read-pdf.ts";

const ROWS = 70;

const document: PackDocument = {
  title: `Pack <1> & "2" ${hostile.title}`,
  subject: "A subject & more",
  author: "Acme & Söhne",
  language: "en",
  asOf: new Date("2026-01-31T12:00:00Z"),
  runningHead: hostile.title,
  foot: "foot of the page",
  mark: "DRAFT, unsigned",
  cover: [
    heading(1, "Pack"),
    paragraph("What happened.", "lead"),
    keyValues([
      ["As of", "today"],
      ["Text", hostile.long],
    ]),
  ],
  sections: [
    {
      id: "rows",
      title: "Rows & more",
      nodes: [
        table({
          caption: "Rows",
          columns: [{ title: "Number" }, { title: "Text" }, { title: "Amount", align: "right" }],
          rows: [
            ["first", hostile.long, "1"],
            ["second", hostile.token, null],
            ["third", hostile.title, "-5"],
            ["fourth", "", ""],
            [
              link("fifth", "https://example.com/a?b=1&c=2"),
              [link("script", "javascript:alert(1)"), " then ", link("file", "file:///etc/passwd")],
              { text: "9", to: "rows.end" },
            ],
            ...Array.from({ length: ROWS - 5 }, (_, index) => [
              `row ${index}`,
              `text of row ${index}`,
              String(index * 1000),
            ]),
          ],
        }),
        note("Nothing more was collected."),
        heading(3, "The end", "rows.end"),
      ],
    },
    { id: "second", title: "Second section", nodes: [paragraph("A line.")] },
  ],
  attachments: [
    {
      name: "rows.csv",
      type: "text/csv",
      relationship: "Data",
      description: "Rows",
      content: Buffer.from("a,b\n1,2\n"),
    },
    {
      name: "rows.sql",
      type: "application/sql",
      relationship: "Source",
      description: "Query",
      content: Buffer.from("select 1\n"),
    },
  ],
};

const withoutSpace = (text: string): string => text.replace(/\s+/g, "");

describe("a document with hostile text", () => {
  let rendered: RenderedPdf;
  let pdf: ReadPdf;

  beforeAll(async () => {
    rendered = await renderPdf(document);
    pdf = await readPdf(rendered.bytes);
  });

  test("prints a text of ten thousand characters to its end, once in the list and once in the table", () => {
    const printed = withoutSpace(pdf.text);
    expect(hostile.long.length).toBeGreaterThan(10_000);
    expect(printed.split("END-OF-LONG")).toHaveLength(3);
    expect(printed.split("“quotes”").length - 1).toBe(2 * 130);
  });

  test("breaks a word of three hundred characters without losing one", () => {
    expect(hostile.token).toHaveLength(299);
    expect(withoutSpace(pdf.text)).toContain(hostile.token);
  });

  test("shows what cannot be seen or has no glyph as its code, and counts it", () => {
    expect(pdf.text).toContain("[U+202E]gnp.exe[U+202C]");
    expect(pdf.text).toContain("[U+0000][U+0007][U+001B][31m");
    expect(withoutSpace(pdf.text)).toContain("漢字");
    expect(pdf.text).not.toMatch(/[\p{Cf}]/u);
    expect(rendered.warnings).toEqual([
      expect.stringMatching(/^\d+ characters .* printed as their code: U\+0000/),
    ]);
  });

  test("draws no glyph that stands for nothing, and maps every glyph to its characters", () => {
    expect(pdf.missingGlyphs).toBe(0);
    const maps = streamsOf(rendered.bytes).filter((stream) => stream.includes("beginbfrange"));
    expect(maps.length).toBeGreaterThan(3);
    for (const map of maps) {
      const entries = [...map.matchAll(/<([0-9a-f ]*)>(?=[ \]])/g)].map(([, codes]) => codes!);
      expect(entries.filter((codes) => codes === "")).toEqual([]);
      expect(entries.slice(2).filter((codes) => /^0000$|feff|fffe/.test(codes)).length).toBeLessThanOrEqual(
        1,
      );
    }
  });

  test("tags every row and cell once, however many pages it runs over", () => {
    const elements = elementsOf(rendered.bytes);
    expect(elements.get("Table")).toBe(2);
    expect(elements.get("TR")).toBe(2 + 1 + ROWS);
    expect(elements.get("TD")).toBe(2 + ROWS * 3);
    expect(elements.get("TH")).toBe(2 + 3);
    expect(elements.get("THead")).toBe(1);
    expect(elements.get("Caption")).toBe(1);
  });

  test("repeats the table's head on every page as an artifact", () => {
    const withHead = pdf.pages.filter((text) => text.includes("Amount"));
    expect(withHead.length).toBeGreaterThan(3);
    expect(elementsOf(rendered.bytes).get("TH")).toBe(5);
  });

  test("has contents with page numbers, bookmarks and destinations", () => {
    expect(pdf.pages.find((text) => text.startsWith("Contents") || text.includes("\nContents"))).toMatch(
      /Rows & more\s+\d+[\s\S]*Second section\s+\d+/,
    );
    expect(pdf.outline.map(({ title }) => title)).toEqual(["Rows & more", "Second section"]);
    expect(pdf.outline[0]!.items.map(({ title }) => title)).toEqual(["The end"]);
    const inner = pdf.links.filter(({ dest }) => dest !== undefined).map(({ dest }) => dest);
    expect(inner).toEqual(expect.arrayContaining(["rows", "rows.end", "second"]));
    const page = Number(/Second section\s+(\d+)/.exec(pdf.text)![1]);
    expect(pdf.pages[page - 1]).toContain("A line.");
  });

  test("links to the web and to nothing else", () => {
    expect(pdf.links.flatMap(({ url }) => url ?? [])).toEqual(["https://example.com/a?b=1&c=2"]);
    expect(pdf.links.every(({ contents }) => contents !== "")).toBe(true);
    expect(elementsOf(rendered.bytes).get("Link")).toBe(pdf.links.length);
  });

  test("numbers its pages and marks each as a draft", () => {
    pdf.pages.forEach((text, index) => {
      expect(text).toContain(`page ${index + 1} of ${rendered.pages}`);
      expect(text).toContain("DRAFT, unsigned");
    });
  });

  test("states PDF/A-3a and PDF/UA-1 in metadata that is XML and agrees with the information dictionary", () => {
    const xml = parseXml(pdf.xmp);
    expect(xml.get("pdfaid:part")).toEqual(["3"]);
    expect(xml.get("pdfaid:conformance")).toEqual(["A"]);
    expect(xml.get("pdfuaid:part")).toEqual(["1"]);
    expect(xml.get("rdf:li")).toEqual(
      expect.arrayContaining([pdf.info["Title"], pdf.info["Author"], pdf.info["Subject"]]),
    );
    expect(xml.get("xmp:CreateDate")).toEqual(["2026-01-31T12:00:00Z"]);
    expect(String(pdf.info["Title"])).toContain(`Pack <1> & "2" </rdf:li>&<script>`);
    expect(pdf.info["Language"]).toBe("en");
  });

  test("carries its attachments unchanged", () => {
    expect([...pdf.attachments].map(([name, content]) => [name, Buffer.from(content).toString()])).toEqual([
      ["rows.csv", "a,b\n1,2\n"],
      ["rows.sql", "select 1\n"],
    ]);
  });

  test("gives the same bytes again", async () => {
    const again = await renderPdf(document);
    expect(Buffer.compare(rendered.bytes, again.bytes)).toBe(0);
  });

  test("nests headings without leaving out a level", () => {
    const levels: number[] = [];
    const visit = (node: StructNode): void => {
      const level = /^H([1-6])$/.exec(node.role ?? "");
      if (level) levels.push(Number(level[1]));
      node.children?.forEach(visit);
    };
    pdf.trees.forEach(visit);
    expect(levels[0]).toBe(1);
    levels.forEach((level, index) => expect(level).toBeLessThanOrEqual((levels[index - 1] ?? 0) + 1));
  });
});

test("a document with nothing in it is still one", async () => {
  const { bytes, pages, warnings } = await renderPdf({
    ...document,
    cover: [heading(1, "Pack")],
    sections: [],
    attachments: [],
  });
  expect(pages).toBeGreaterThan(0);
  expect(warnings.length).toBeLessThanOrEqual(1);
  expect((await readPdf(bytes)).text).toContain("Pack");
});

test("text with a right-to-left script keeps its order for whoever copies or hears it", async () => {
  const { bytes } = await renderPdf({
    ...document,
    sections: [{ id: "a", title: "A", nodes: [paragraph("مرحبا بالعالم")] }],
    attachments: [],
  });
  const actual = streamsOf(bytes).find((stream) => stream.includes("/ActualText"));
  expect(actual).toBeDefined();
});

describe("text in other scripts", () => {
  const words = [
    "Кириллица",
    "Ελληνικά",
    "简体中文和繁體中文",
    "日本語のひらがなとカタカナ",
    "한국어 문장",
    "العربية",
    "עברית",
  ];
  const rendered = (text: string) =>
    renderPdf({
      ...{
        title: "T",
        subject: "S",
        author: "A",
        language: "en",
        asOf: new Date(0),
        runningHead: text,
        foot: "",
      },
      cover: [heading(1, text), keyValues(words.map((word) => [word, { text: word, strong: true }]))],
      sections: [{ id: "a", title: text, nodes: [paragraph(text), paragraph("国".repeat(200))] }],
      attachments: [],
    });

  test("is printed as it is written, and read back so", async () => {
    const { bytes, warnings } = await rendered(words.join(", "));
    const pdf = await readPdf(bytes);
    const text = pdf.text.replace(/\s+/g, " ");
    for (const word of words) expect(text).toContain(word);
    expect([pdf.missingGlyphs, warnings]).toEqual([0, []]);
    // A word without a break goes on in the next line.
    expect(text.replaceAll(" ", "")).toContain("国".repeat(200));
  });

  test("is replaced visibly where no font has it, and opens no large font where none is needed", async () => {
    const { bytes, warnings } = await rendered("Shipped 🫠 ไทย");
    expect((await readPdf(bytes)).text).toContain("Shipped [U+1FAE0] [U+0E44][U+0E17][U+0E22]");
    expect(warnings.join()).toContain("U+1FAE0");
    const latin = await renderPdf({
      ...{
        title: "T",
        subject: "S",
        author: "A",
        language: "en",
        asOf: new Date(0),
        runningHead: "",
        foot: "",
      },
      ...{ cover: [heading(1, "Plain")], sections: [], attachments: [] },
    });
    expect(Buffer.from(latin.bytes).toString("latin1")).not.toContain("NotoSans");
  });
});

test("a title of a million characters is cut with a word about it, and leads nowhere else", async () => {
  const million = `<b>${"🚀ab".repeat(250_000)}`;
  const { bytes, pages } = await renderPdf({
    ...{
      title: million,
      subject: million,
      author: "A",
      language: "en",
      asOf: new Date(0),
      runningHead: million,
      foot: million,
    },
    cover: [heading(1, million), paragraph(million, "lead")],
    sections: [
      {
        id: "a",
        title: million,
        nodes: [table({ caption: "T", columns: [{ title: "A" }, { title: "B" }], rows: [[million, "end"]] })],
      },
    ],
    attachments: [],
  });
  expect(pages).toBeLessThan(120);
  const { text, outline } = await readPdf(bytes);
  expect(text.replace(/\s+/g, " ")).toContain("more characters, which the attached file has]");
  expect(outline[0]?.title.length).toBeLessThan(400 * 9);
});

test("no heading ends a page, wherever on the page it would come to stand", async () => {
  const plain = { title: "T", subject: "S", author: "A", language: "en", asOf: new Date(0), runningHead: "", foot: "" };
  const tall = "One two three four five six seven eight. ".repeat(12);
  const block = (index: number) => [
    ...Array.from({ length: index }, () => paragraph("A line.", "small")),
    heading(3, `Heading ${index}`, `heading.${index}`),
    paragraph(`Words about ${index} \u{1FAE0}.`),
    table({ caption: `Rows of ${index}`, columns: [{ title: "A" }, { title: "B" }], rows: [[tall, tall]] }),
  ];
  const { bytes, warnings } = await renderPdf({
    ...plain,
    cover: [heading(1, "Pack")],
    sections: [{ id: "a", title: "A", nodes: Array.from({ length: 24 }, (_, index) => block(index)).flat() }],
    attachments: [],
  });
  const { pages } = await readPdf(bytes);
  const body = pages.slice(2);
  for (let index = 0; index < 24; index += 1) {
    const page = body.find((text) => text.includes(`Words about ${index} `));
    expect(page).toContain(`Heading ${index}`);
    expect(page).toContain(`Rows of ${index}`);
  }
  // What was laid out again is counted once, and numbered once.
  expect(warnings.join()).toContain("U+1FAE0 (24)");
  expect(body.join(" ").match(/Table \d+\./g)).toHaveLength(24);
  expect(body.join(" ")).toContain("Table 24.");
});
