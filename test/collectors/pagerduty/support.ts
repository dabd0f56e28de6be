import { pagerdutyWith } from "../../../collectors/pagerduty/index.ts";
import { DEMO_TOKEN, startFakePagerDuty } from "../../fakes/pagerduty/index.ts";
import { benchOf } from "../bench.ts";

export const { serve, configured, bench } = benchOf({
  name: "pager",
  start: startFakePagerDuty,
  collectorWith: pagerdutyWith,
  env: { PAGERDUTY_TOKEN: DEMO_TOKEN.token },
  source: (url, options) => ({ collector: "pagerduty", url, token: "${PAGERDUTY_TOKEN}", ...options }),
  company: "services:\n  payments: {}\n  ledger: { pagerduty: Ledger (prod) }\n  search: {}\n",
});
