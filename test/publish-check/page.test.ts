import fc from "fast-check";
import { expect, test } from "vitest";
import { targetOf } from "../../src/publish-check/address.ts";
import { decoded, tagsOf } from "../../src/publish-check/html.ts";
import { readPage } from "../../src/publish-check/page.ts";
import { hash, META, page, POLICY, SCRIPT } from "./page.ts";

const said = (html: string) => readPage(html).problems.map(({ check, line, message }) => `${line} ${check}: ${message}`);

test("a page as builds write it has no fault, and tells what it names", () => {
  const { ids, links, requests, scripts, problems } = readPage(
    page('<h1 id="top">A</h1>\n<a href="b.html#c">B</a> <a href=https://example.com/?a=1&#38;b=2>C</a><svg><use href="#d"/></svg><textarea><a href="no"></textarea><!-- <a href="no"> -->'),
  );
  expect(problems).toEqual([]);
  expect([...ids]).toEqual(["top"]);
  expect(links.map(({ address, line }) => [address, line])).toEqual([["b.html#c", 3], ["https://example.com/?a=1&b=2", 3]]);
  expect(requests.map(({ address, element }) => [element, address])).toEqual([["link", "data:,"], ["use", "#d"]]);
  expect(scripts).toEqual([SCRIPT]);
});

test.each([
  ["<script>alert(1)</script>", "2 policy: a script is not named in the policy by its hash"],
  ["<SCRIPT >alert(1)</SCRIPT >", "2 policy: a script is not named in the policy by its hash"],
  ["<style>p{}</style>", "2 policy: a style is not named in the policy by its hash"],
  ['<p title="a > b" onclick="x()">', "2 policy: p has an attribute onclick"],
  ['<p style="color:red">', "2 policy: p has an attribute style"],
  ["<iframe src=a.html></iframe>", "2 requests: has an element iframe"],
  ['<base href="/">', "2 requests: has an element base"],
  ['<meta http-equiv="refresh" content="0;url=x">', "2 requests: sends its reader on by a refresh"],
])("%s is a fault", (body, expected) => {
  expect(said(page(body))).toEqual([expected]);
});

test.each([
  ["fetch('x')", "a script asks the network"],
  ["new XMLHttpRequest()", "a script asks the network"],
  ["import('./x.js')", "a script asks the network"],
])("a script with %s is a fault though the policy names it", (code, expected) => {
  const html = page(`<script>${code}</script>`).replace("script-src ", `script-src ${hash(code)} `);
  expect(said(html)).toEqual([`2 requests: ${expected}`]);
});

test.each([
  ["script-src 'unsafe-inline'", "script-src allows 'unsafe-inline'"],
  ["script-src https://cdn.example", "script-src allows https://cdn.example"],
  ["style-src 'unsafe-inline'", "style-src allows 'unsafe-inline'"],
  ["img-src *", "img-src allows *"],
  ["connect-src https:", "connect-src allows https:"],
  ["base-uri 'self'", "base-uri allows 'self'"],
])("a policy with %s is weakened", (directive, expected) => {
  const [name = ""] = directive.split(" ");
  const policy = [...POLICY.split("; ").filter((part) => !part.startsWith(name)), directive].join("; ");
  expect(said(page("").replace(POLICY, policy))).toContain(`1 policy: ${expected}`);
});

test("no policy, one that lacks what nothing stands in for, and one that comes too late are faults", () => {
  expect(said(page("").replace(META, ""))).toEqual(["1 policy: has no policy"]);
  expect(said(page("").replace("; base-uri 'none'; form-action 'none'", ""))).toEqual(["1 policy: base-uri is missing", "1 policy: form-action is missing"]);
  expect(said(page("").replace(META, "").replace("</head>", `${META}</head>`)).join()).toContain("stands behind a script");
});

test.each([
  ["<img src=//cdn.example/x.png>", "//cdn.example/x.png"],
  ['<img srcset="a.png 1x, https://cdn.example/b.png 2x">', "https://cdn.example/b.png"],
  ['<link rel="preload stylesheet" href="https://cdn.example/x.css">', "https://cdn.example/x.css"],
  ['<link rel="preconnect" href="https://cdn.example">', "https://cdn.example"],
  ['<video poster="https://cdn.example/x.png"></video>', "https://cdn.example/x.png"],
  ['<form action="https://cdn.example/"></form>', "https://cdn.example/"],
  ['<a href="x.html" ping="https://cdn.example/">', "https://cdn.example/"],
  ['<svg><image xlink:href="https://cdn.example/x.png"/></svg>', "https://cdn.example/x.png"],
])("%s asks elsewhere", (body, address) => {
  const asked = readPage(page(body)).requests.map((one) => one.address);
  expect(asked).toContain(address);
  expect(["web", "wrong"]).toContain(targetOf("index.html", address).kind);
});

test.each([
  ["../a.html", "file a.html"],
  ["b.html?x=1#y%20z", "file services/b.html#y z"],
  ["", "file services/api.html"],
  ["#top", "file services/api.html#top"],
  ["https://example.com/a", "web"],
  ["data:text/html,x", "data"],
  ["../../a.html", "wrong: leads out of the folder"],
  ["/a.html", "wrong: begins with a slash: it leads elsewhere from a sub-path or a folder"],
  ["//example.com/a", "wrong: names a host without http or https"],
  ["..\\a.html", "wrong: has a backslash, which browsers take for a slash"],
  ["java\tscript:alert(1)", "wrong: leaves the site by javascript:"],
  ["file:///etc/passwd", "wrong: leaves the site by file:"],
  ["%zz", "wrong: cannot be read: a % that stands for nothing"],
])("from services/api.html, %j leads to %s", (address, expected) => {
  const target = targetOf("services/api.html", address);
  const told = {
    file: () => `file ${"path" in target ? target.path : ""}${"anchor" in target && target.anchor !== undefined ? `#${target.anchor}` : ""}`,
    wrong: () => `wrong: ${"message" in target ? target.message : ""}`,
    web: () => "web",
    data: () => "data",
  };
  expect(told[target.kind]()).toBe(expected);
});

test("character references do not hide an address", () => {
  expect(decoded("java&#115;cript&colon;&#x61;&Tab;&amp;lt;")).toBe("javascript:a\t&lt;");
});

test("any text is read in the end, and every start tag has a line of it", () => {
  const html = fc.array(fc.constantFrom("<a ", "<script>", "</script", ">", '"', "'", "href=", "<!--", "-->", "\n", "<", "x", "/", "=")).map((parts) => parts.join(""));
  fc.assert(
    fc.property(html, (text) => {
      const lines = text.split("\n").length;
      for (const { line } of tagsOf(text)) expect(line >= 1 && line <= lines).toBe(true);
    }),
    { numRuns: 300 },
  );
});
