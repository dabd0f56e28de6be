import { servicenowWith } from "../../../collectors/servicenow/index.ts";
import { DEMO_TOKEN, startFakeServiceNow } from "../../fakes/servicenow/index.ts";
import { benchOf } from "../bench.ts";

export const { serve, configured, bench } = benchOf({
  name: "desk",
  start: startFakeServiceNow,
  collectorWith: servicenowWith,
  env: { SERVICENOW_TOKEN: DEMO_TOKEN },
  source: (url, options) => ({ collector: "servicenow", url, token: "${SERVICENOW_TOKEN}", ...options }),
  company: "services:\n  payments: {}\n  ledger: { servicenow: Ledger (prod) }\n  search: {}\n",
});
