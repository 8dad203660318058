import { boundsOf } from "../ledger/bounds.ts";
import { range } from "../wording/values.ts";
import { accepted, samePlace, sourcesOf } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import type { RuleContext } from "./ruleContext.ts";

/** `provisioned-on-version`: provisioned concurrency of an `AWS::Lambda::Version`, which cannot be updated. */
export function* provisionedOnVersion({ uses }: RuleContext): Generator<FindingDraft> {
  for (const use of uses) {
    for (const { declared } of use.functions) {
      for (const setting of accepted(declared.provisioned)) {
        // What Lambda refuses there whatever it stands on has its own finding.
        const isRefused = declared.refused.some(({ place }) => samePlace(place, setting.key));
        if (!setting.onVersion || isRefused) continue;
        yield {
          rule: "provisioned-on-version",
          use,
          place: setting.key,
          who: declared.logicalId,
          text: `provisions ${range(boundsOf(setting.value))} on version ${setting.qualifier}, where CloudFormation cannot change it: another number needs a new version, and a version that is retained keeps its paid capacity. Move it to an alias.`,
          related: sourcesOf(setting),
          data: { logicalId: declared.logicalId },
        };
      }
    }
  }
}
