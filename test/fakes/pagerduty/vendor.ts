import type { Vendor } from "../vendor.ts";
import { ACME_NOTES, acmeWorld, pagerdutyNameOf } from "./acme.ts";
import { DEMO_TOKEN, startFakePagerDuty } from "./index.ts";

export const pagerduty: Vendor = {
  name: "pagerduty",
  title: "PagerDuty",
  port: 8932,
  isGrowing: true,
  env: { PAGERDUTY_TOKEN: DEMO_TOKEN.token },
  start: ({ port, scale, until, namesOf }) =>
    startFakePagerDuty({
      world: acmeWorld({
        scale,
        ...(until !== undefined && { until }),
        ...(namesOf && { namesOf }),
      }),
      port,
    }),
  source: (url) => ({ collector: "pagerduty", url, token: "${PAGERDUTY_TOKEN}", notes: ACME_NOTES }),
  service: (name) => ({ pagerduty: pagerdutyNameOf(name) }),
};
