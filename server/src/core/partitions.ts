/** What a Region decides beside itself: https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
interface Partition {
  /** `AWS::Partition`. */
  readonly name: string;
  /** `AWS::URLSuffix`. */
  readonly urlSuffix: string;
  readonly regions: RegExp;
}

const partitions: readonly Partition[] = [
  { name: "aws", urlSuffix: "amazonaws.com", regions: /^(?:us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/ },
  { name: "aws-cn", urlSuffix: "amazonaws.com.cn", regions: /^cn-\w+-\d+$/ },
  { name: "aws-us-gov", urlSuffix: "amazonaws.com", regions: /^us-gov-\w+-\d+$/ },
  { name: "aws-iso", urlSuffix: "c2s.ic.gov", regions: /^us-iso-\w+-\d+$/ },
  { name: "aws-iso-b", urlSuffix: "sc2s.sgov.gov", regions: /^us-isob-\w+-\d+$/ },
  { name: "aws-iso-e", urlSuffix: "cloud.adc-e.uk", regions: /^eu-isoe-\w+-\d+$/ },
  { name: "aws-iso-f", urlSuffix: "csp.hci.ic.gov", regions: /^us-isof-\w+-\d+$/ },
  { name: "aws-eusc", urlSuffix: "amazonaws.eu", regions: /^eusc-\w+-\w+-\d+$/ },
];

/** The partition of a Region; undefined for a name that has the form of none. */
export function partitionOf(region: string): Partition | undefined {
  return partitions.find(({ regions }) => regions.test(region));
}
