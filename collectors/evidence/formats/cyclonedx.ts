import { z } from "zod";
import type { Json } from "../../contract.ts";
import { said, shaped } from "../json.ts";
import { childOf, childrenOf, type XmlElement } from "../xml.ts";

/** What is kept of a bill of materials: its head, what it is about, and how many components it has. The file's hash stands for the rest. */
const tool = z.object({ name: said.nullish(), version: said.nullish() });

const subject = z.object({
  type: said.nullish(),
  group: said.nullish(),
  name: said,
  version: said.nullish(),
  purl: said.nullish(),
  hashes: z.array(z.object({ alg: said, content: said })).nullish(),
  properties: z.array(z.object({ name: said.nullish(), value: said.nullish() })).nullish(),
});

const bill = z.object({
  specVersion: said,
  serialNumber: said.nullish(),
  metadata: z
    .object({
      timestamp: said.nullish(),
      tools: z.union([z.array(tool), z.object({ components: z.array(tool).nullish() })]).nullish(),
      component: subject.nullish(),
    })
    .nullish(),
  components: z.array(z.unknown()).nullish(),
});

export function cyclonedxReport(value: Json, text: string): Json {
  const { specVersion, serialNumber, metadata, components } = shaped(bill, value, text, "CycloneDX");
  const tools = Array.isArray(metadata?.tools) ? metadata.tools : (metadata?.tools?.components ?? []);
  return {
    spec: specVersion,
    serial: serialNumber ?? null,
    created: metadata?.timestamp ?? null,
    tools,
    subjects: metadata?.component ? [metadata.component] : [],
    components: countOf(components ?? []),
  } as Json;
}

/** Components may hold others. */
const countOf = (components: readonly unknown[]): number =>
  components.reduce<number>((count, one) => {
    const inner = typeof one === "object" && one !== null && "components" in one ? one.components : undefined;
    return count + 1 + (Array.isArray(inner) ? countOf(inner) : 0);
  }, 0);

export const CYCLONEDX_ELEMENTS = new Set([
  ...["bom", "metadata", "timestamp", "tools", "tool", "components", "component"],
  ...["group", "name", "version", "purl", "hashes", "hash"],
]);

const NAMESPACE = /^http:\/\/cyclonedx\.org\/schema\/bom\/([\d.]+)$/;

/** The version of the standard, where the element is a bill of materials. */
export function cyclonedxVersion({ name, attributes }: XmlElement): string | undefined {
  if (name !== "bom") return undefined;
  return Object.values(attributes)
    .map((value) => NAMESPACE.exec(value)?.[1])
    .find((version) => version !== undefined);
}

/** The same bill of materials, as XML. */
export function cyclonedxXmlReport(root: XmlElement, spec: string): Json {
  const metadata = childOf(root, "metadata");
  const tools = childOf(metadata, "tools");
  const component = childOf(metadata, "component");
  const written = [...childrenOf(tools, "tool"), ...childrenOf(childOf(tools, "components"), "component")];
  return {
    spec,
    serial: root.attributes["serialNumber"] ?? null,
    created: textOf(metadata, "timestamp"),
    tools: written.map((one) => ({ name: textOf(one, "name"), version: textOf(one, "version") })),
    subjects: component === undefined ? [] : [subjectOf(component)],
    components: componentsIn(childOf(root, "components")),
  };
}

const textOf = (element: XmlElement | undefined, name: string): string | null =>
  childOf(element, name)?.text.trim() ?? null;

const subjectOf = (component: XmlElement): Json => ({
  type: component.attributes["type"] ?? null,
  ...Object.fromEntries(["group", "name", "version", "purl"].map((name) => [name, textOf(component, name)])),
  hashes: childrenOf(childOf(component, "hashes"), "hash").map(({ attributes, text }) => ({
    alg: attributes["alg"] ?? "",
    content: text.trim(),
  })),
});

const componentsIn = (components: XmlElement | undefined): number =>
  childrenOf(components, "component").reduce(
    (count, one) => count + 1 + componentsIn(childOf(one, "components")),
    0,
  );
