import { readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { readArguments } from "../../src/cli/command.ts";
import { type CommandName, commandOf, isCommandName } from "../../src/cli/commands.ts";
import { packageRoot } from "../../src/package-root.ts";

const CALL =
  /^(?:if |! )*(?:(?:npx|podman run) (?:--?[\w-]+(?:[ =][^\s-]\S*)? )*?)?(?:npm run )?quarterdeck(?: --(?= ))? (?<rest>[a-z-].*)$/;

/** The arguments of every call of quarterdeck in a shell text. */
function calls(text: string): string[][] {
  return text
    .split(/\n|&&|\|\||;/)
    .map((line) => CALL.exec(line.trim())?.groups?.["rest"])
    .filter((rest) => rest !== undefined)
    .map((rest) => (rest.split(/ #| [<>|] ?/)[0] ?? "").match(/"[^"]*"|'[^']*'|\S+/g) ?? []);
}

/** What is wrong with one call; nothing where the command line would be accepted. */
function complaint([name = "", ...rest]: readonly string[]): string | undefined {
  if (name === "--version" || name === "--help") return undefined;
  if (!isCommandName(name)) return `there is no command ${name}`;
  try {
    readArguments(commandOf(name), rest);
    return undefined;
  } catch (error) {
    return String(error);
  }
}

const read = (path: string) => readFileSync(join(packageRoot, path), "utf8");
const shellBlocks = (page: string) =>
  [...read(page).matchAll(/```(?:sh|bash|console)\n(.*?)```/gs)].map(([, text]) => text ?? "");

const pages = globSync(["*.md", "docs/*.md", "docs/publishing/*.md", "{collectors,examples}/*/README.md"], {
  cwd: packageRoot,
}).sort();

test.each(pages)("every call of quarterdeck in %s is one that it takes", (page) => {
  const found = shellBlocks(page).flatMap(calls);
  expect(found.map(complaint).filter((said) => said !== undefined)).toEqual([]);
});

test("calls are found however they are written, and a wrong one is seen", () => {
  const text = `
    quarterdeck build --as-of 2026-06-30   # the site
    npx --no-install quarterdeck collect || code=$?
    npm run quarterdeck -- verify
    podman run --rm --volume ./data:/data quarterdeck collect
    cp a b && quarterdeck verify -C "$config"
    podman build --tag quarterdeck .`;
  expect(calls(text).map(([name]) => name)).toEqual(["build", "collect", "verify", "collect", "verify"]);
  expect(complaint(["collekt"])).toContain("no command");
  expect(complaint(["build", "--outptu", "x"])).toContain("no option --outptu");
});

interface Workflow {
  readonly jobs: Record<string, { readonly steps: readonly { readonly run?: string }[] }>;
}

test("so are those of the examples for schedulers", () => {
  const workflow = parse(read("docs/deploy/github-actions.yml")) as Workflow;
  const steps = Object.values(workflow.jobs).flatMap(({ steps }) => steps.map(({ run }) => run ?? ""));
  const found = [read("docs/deploy/run.sh"), ...steps].flatMap(calls);
  expect(found.map(([name]) => name)).toEqual([
    "collect",
    "build",
    "collect",
    "verify",
    "build",
    "publish",
  ] satisfies CommandName[]);
  expect(found.map(complaint).filter((said) => said !== undefined)).toEqual([]);
});
