import type { Vendor } from "../vendor.ts";
import { ACME_OPTIONS, acmeWorld, itemNameOf } from "./acme.ts";
import { DEMO_TOKEN, startFakeServiceNow } from "./index.ts";

export const servicenow: Vendor = {
  name: "servicenow",
  title: "ServiceNow",
  port: 8933,
  isGrowing: true,
  env: { SERVICENOW_TOKEN: DEMO_TOKEN },
  start: ({ port, scale, until }) =>
    startFakeServiceNow({ world: acmeWorld({ scale, ...(until !== undefined && { until }) }), port }),
  source: (url) => ({ collector: "servicenow", url, token: "${SERVICENOW_TOKEN}", ...ACME_OPTIONS }),
  service: (name) => ({ servicenow: itemNameOf(name) }),
};
