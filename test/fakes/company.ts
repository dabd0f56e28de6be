import { type AcmeDocument, acmeDocument, type AcmeSource } from "../examples/acme-document.ts";
import { github } from "./github/vendor.ts";
import { ACME_PROJECTS } from "./jira/acme.ts";
import { jira } from "./jira/vendor.ts";
import { pagerduty } from "./pagerduty/vendor.ts";
import { servicenow } from "./servicenow/vendor.ts";
import { type Running, type Serving, servicesOf, type Vendor } from "./vendor.ts";

/** What one system is asked for in a company that has all of them, so that nothing counts twice. */
interface Part {
  readonly vendor: Vendor;
  /** Options beside the vendor's own. */
  readonly options: object;
  /** Kinds of records of which its words are the last: the bank's statements of completeness about them hold for it. */
  readonly entities: readonly string[];
}

/** Code and deliveries at GitHub, tickets in Jira, change requests in ServiceNow, incidents in PagerDuty. */
export const PARTS: readonly Part[] = [
  { vendor: github, options: {}, entities: ["deployment"] },
  // The bank's Jira has change requests and incidents too.
  { vendor: jira, options: { projects: ACME_PROJECTS }, entities: ["ticket"] },
  { vendor: pagerduty, options: {}, entities: ["incident"] },
  // So has its ServiceNow.
  {
    vendor: servicenow,
    options: { incident: { read: false } },
    entities: ["change_request", "change_request_approval"],
  },
];

export interface Company extends Running {
  readonly part: Part;
  close(): Promise<void>;
}

/** Starts all four over one bank. Without ports, each takes one that is free. */
export async function startCompany(
  scale: number,
  portOf: (vendor: Vendor) => number = () => 0,
): Promise<Company[]> {
  const started: Company[] = [];
  let named: Pick<Serving, "namesOf"> = {};
  for (const part of PARTS) {
    const { vendor } = part;
    const served = await vendor.start({ port: portOf(vendor), scale, ...named });
    // GitHub is the first: whoever writes of a deployment afterwards calls it as GitHub does.
    if (served.namesOf) named = { namesOf: served.namesOf };
    started.push({ part, vendor, url: served.url, close: () => served.close() });
  }
  return started;
}

export const environmentOf = (company: readonly Running[]): Record<string, string> =>
  Object.assign({}, ...company.map(({ vendor }) => vendor.env)) as Record<string, string>;

/** The sources of the company, in place of all of the bank's files. */
export function sourcesOf(company: readonly Company[]): Record<string, object> {
  const said = Object.values(acmeDocument().sources).flatMap(({ complete = [] }) => complete);
  return Object.fromEntries(
    company.map(({ part: { vendor, options, entities }, url }) => {
      const complete = said.filter(({ entity }) => entities.includes(entity));
      return [vendor.name, { ...vendor.source(url), ...options, ...(complete.length > 0 && { complete }) }];
    }),
  );
}

/** Acme's configuration with other sources, and what the systems behind them call its services. */
export function acmeWith(
  sources: Readonly<Record<string, AcmeSource>>,
  vendors: readonly Vendor[],
): AcmeDocument {
  const acme = acmeDocument();
  const keys = servicesOf(vendors);
  const services = Object.fromEntries(
    Object.entries(acme.services).map(([name, service]) => [name, { ...service, ...keys[name] }]),
  );
  return { ...acme, services, sources };
}

/** Acme's configuration with the company's sources. */
export const companyDocument = (company: readonly Company[]): AcmeDocument =>
  acmeWith(
    sourcesOf(company),
    company.map(({ vendor }) => vendor),
  );
