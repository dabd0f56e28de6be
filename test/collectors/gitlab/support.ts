import { gitlabWith } from "../../../collectors/gitlab/index.ts";
import { DEMO_TOKEN, startFakeGitLab } from "../../fakes/gitlab/index.ts";
import { benchOf } from "../bench.ts";

export const { serve, bench } = benchOf({
  name: "code",
  start: startFakeGitLab,
  collectorWith: gitlabWith,
  env: { GITLAB_TOKEN: DEMO_TOKEN },
  source: (url, options) => ({
    collector: "gitlab",
    url,
    groups: ["acme"],
    token: "${GITLAB_TOKEN}",
    ...options,
  }),
  company:
    "services:\n  payments: { repository: acme/payments }\n  ledger: { repository: acme/core/ledger }\n",
});
