import { describe, expect, test } from "vitest";
import { labelled, light } from "../../src/site/styles/light.ts";
import { blocksOf, rulesFor, shortened } from "../../src/site/styles/rules.ts";

describe("markup", () => {
  test("leaves out ends that HTML knows, and quotes around plain words", () => {
    expect(light('<table><thead><tr><th scope="col" class="n">A</th></tr></thead><tbody><tr><td class="n worse">1</td><td class="n">2</td></tr></tbody></table>')).toBe(
      '<table><thead><tr><th scope=col class=n>A<tbody><tr><td class="n worse">1<td class=n>2</tbody></table>',
    );
    expect(light("<ul><li>a</li><li>b</li></ul><p>c</p>")).toBe("<ul><li>a<li>b</ul><p>c</p>");
  });

  test("stays as it is where an attribute says such an end", () => {
    const hostile = '<td title="a</td><td>b">c</td>';
    expect(light(hostile)).toBe(hostile);
  });

  test("says a label once where many cells have it, and where few have it in each", () => {
    const cells = (label: string, times: number) => `<td data-label="${label}">1`.repeat(times);
    expect(labelled(cells("Live", 4) + cells("Train", 3))).toEqual({
      html: `${"<td data-l=0>1".repeat(4)}${cells("Train", 3)}`,
      rules: '[data-l="0"]{--l:"Live"}',
    });
  });

  const row = (...cells: string[]) => `<tr><th>a${cells.map((label) => `<td${label && ` data-label="${label}"`}>1`).join("")}`;
  const table = (...rows: string[]) => `<table class="stack"><thead><tr><th>A<th>B<th>C<tbody>${rows.join("")}</tbody></table>`;

  test("says a label once for its column, and once for all tables with the same columns", () => {
    const some = table(...Array.from({ length: 4 }, () => row("Live", "")));
    const { html, rules } = labelled(some + some + table(...Array.from({ length: 5 }, () => row("Live", "Train"))));
    expect(html.match(/<table[^>]*>/g)).toEqual(['<table data-c=0 class="stack">', '<table data-c=0 class="stack">', '<table data-c=1 class="stack">']);
    expect(html).not.toContain("data-l");
    expect(rules).toBe('[data-c="0"] td:nth-child(2){--l:"Live"}[data-c="1"] td:nth-child(2){--l:"Live"}[data-c="1"] td:nth-child(3){--l:"Train"}');
  });

  test.each([
    ["a row has others", table(row("Live"), row("Live"), row("Live"), row("Live"), row("Train"))],
    ["a row has none", table(row("Live"), row("Live"), row("Live"), row("Live"), row(""))],
    ["a cell spans others", table(row("Live"), row("Live"), row("Live"), row("Live"), '<tr><th colspan="2">a')],
  ])("cells say their labels where %s", (_, some) => {
    const { html, rules } = labelled(some);
    expect([html, rules]).toEqual([some.replaceAll('data-label="Live"', "data-l=0"), '[data-l="0"]{--l:"Live"}']);
  });

  test("a label ends neither its rule nor the style", () => {
    const { rules } = labelled('<td data-label="&#34;}a{</style>\\&#38;">'.repeat(4));
    expect(rules).toBe(String.raw`[data-l="0"]{--l:"\22 }a{\3c /style\3e \5c &"}`);
  });
});

describe("the style of a page", () => {
  const style = (css: string, ...there: string[]) => rulesFor(blocksOf(shortened(css)), (name) => there.includes(name));

  test.each([
    ["a { color: red; } .b a, p { margin: 0; }", ["a", "p"], "a{color:red}p{margin:0}"],
    [".b :is(c, .d e) { top: 0.5em; }", [".b", "c"], ".b :is(c,.d e){top:.5em}"],
    [".b :is(c, .d e) { top: 0; }", [".b", "e"], ""],
    ["a:has(.b) { top: 0; }", ["a"], ""],
    ["a > b:not(:has(c d:nth-child(4))), a:not([x], :hover) { top: 0; }", ["a", "b"], "a>b:not(:has(c d:nth-child(4))),a:not([x],:hover){top:0}"],
    ['[x="y"]::after { content: "a b"; }', ["[x]"], '[x="y"]::after{content:"a b"}'],
    ["* { top: 0; } :focus-visible { left: 0; }", [], "*{top:0}:focus-visible{left:0}"],
    ["@page overview { size: a4; }", [".overview"], "@page overview{size:a4}"],
    ["@media print { a { top: 0; } .b { top: 0; } } @media print { p { top: 0; } }", ["a", "p"], "@media print{a{top:0}p{top:0}}"],
    ["@media print { .b { top: 0; } } a { top: 0; }", ["a"], "a{top:0}"],
  ])("%s with %j", (css, there, expected) => {
    expect(style(css, ...there)).toBe(expected);
  });
});
