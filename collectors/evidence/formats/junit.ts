import type { Json } from "../../contract.ts";
import type { XmlElement } from "../xml.ts";

export const JUNIT_ELEMENTS = new Set([
  "testsuites",
  "testsuite",
  "testcase",
  "properties",
  "property",
  "failure",
  "error",
  "skipped",
  "disabled",
]);

/** Failed cases whose names are kept, of each suite. */
const MOST_NAMES = 50;

const STATED = ["name", "tests", "failures", "errors", "skipped", "disabled", "time", "timestamp"];

/** What a report says of its suites, and how many cases of each kind stand in it. Outputs and messages are left out. */
export function junitReport(root: XmlElement): Json {
  return { name: root.attributes["name"] ?? null, suites: suitesOf(root).map(suiteOf) };
}

/** Suites that hold cases, or nothing at all: those around others only repeat their numbers. */
function suitesOf(element: XmlElement): XmlElement[] {
  const inner = element.children.filter(({ name }) => name === "testsuite").flatMap(suitesOf);
  const isOwn = element.name === "testsuite" && (inner.length === 0 || casesOf(element).length > 0);
  return isOwn ? [element, ...inner] : inner;
}

const casesOf = ({ children }: XmlElement) => children.filter(({ name }) => name === "testcase");

function suiteOf(suite: XmlElement): Json {
  const cases = casesOf(suite);
  const having = (...names: string[]) =>
    cases.filter(({ children }) => children.some(({ name }) => names.includes(name)));
  const failed = having("failure", "error");
  return {
    stated: Object.fromEntries(
      STATED.flatMap((name) =>
        suite.attributes[name] === undefined ? [] : [[name, suite.attributes[name]]],
      ),
    ),
    properties: propertiesOf(suite),
    cases: cases.length,
    failed: failed.length,
    skipped: having("skipped", "disabled").filter((one) => !failed.includes(one)).length,
    failed_cases: failed.slice(0, MOST_NAMES).map(nameOf),
  };
}

const nameOf = ({ attributes }: XmlElement): string =>
  [attributes["classname"], attributes["name"]].filter((part) => part !== undefined).join(" ");

function propertiesOf(suite: XmlElement): Json {
  const listed = suite.children
    .filter(({ name }) => name === "properties")
    .flatMap(({ children }) => children);
  return Object.fromEntries(
    listed.flatMap(({ attributes, text }) =>
      attributes["name"] === undefined ? [] : [[attributes["name"], attributes["value"] ?? text.trim()]],
    ),
  );
}
