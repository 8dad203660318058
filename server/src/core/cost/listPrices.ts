import type { Architecture } from "../model.ts";

/**
 * AWS's list prices of Lambda by Region, first tier, in US dollars: whole multiples of 10⁻¹⁰ dollars, as AWS publishes them.
 * What is not here is unknown. To bring it up to date: read the offer file `sources.offer` (no credentials needed), copy the
 * numbers of a Region, and let it name that source with its publication date.
 */

/** Where numbers were read, and on which day they were AWS's list prices. */
interface PriceSource {
  readonly url: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
}

/** Prices of one Region. */
export interface ListPrice extends PriceSource {
  /** 10⁻¹⁰ dollars per GB-second of duration, on demand. */
  readonly duration: Readonly<Record<Architecture, number>>;
  /** 10⁻¹⁰ dollars per GB-second of provisioned concurrency, used or not; absent: not known. */
  readonly provisioned: Readonly<Partial<Record<Architecture, number>>>;
  /** 10⁻¹⁰ dollars per request; the same for both architectures. */
  readonly request: number;
}

const sources = {
  /** AWS Price List, offer AWSLambda, as published on that day. */
  offer: {
    url: "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AWSLambda/current/region_index.json",
    date: "2026-09-19",
  },
  /**
   * What the AWS Pricing Calculator takes its numbers from, in a copy of that day or later (github.com/remotion-dev/remotion keeps one).
   * It has no Arm price of provisioned concurrency.
   */
  calculator: {
    url: "https://calculator.aws/pricing/2.0/meteredUnitMaps/lambda/USD/current/lambda.json",
    date: "2024-11-22",
  },
} as const satisfies Readonly<Record<string, PriceSource>>;

/** Duration (x86_64, arm64), provisioned concurrency (x86_64, arm64), request. */
type Row = readonly [keyof typeof sources, number, number, number, number | undefined, number];

const table: Readonly<Record<string, Row>> = {
  "af-south-1": ["calculator", 221_000, 176_800, 55_300, undefined, 2_700],
  "ap-east-1": ["calculator", 229_200, 183_000, 57_153, undefined, 2_800],
  "ap-northeast-1": ["calculator", 166_667, 133_334, 53_835, undefined, 2_000],
  "ap-northeast-2": ["calculator", 166_667, 133_334, 51_254, undefined, 2_000],
  "ap-northeast-3": ["calculator", 166_667, 133_334, 53_835, undefined, 2_000],
  "ap-south-1": ["calculator", 166_667, 133_334, 44_985, undefined, 2_000],
  "ap-southeast-1": ["calculator", 166_667, 133_334, 51_991, undefined, 2_000],
  "ap-southeast-2": ["calculator", 166_667, 133_334, 52_360, undefined, 2_000],
  "ap-southeast-4": ["calculator", 166_667, 133_334, 52_360, undefined, 2_000],
  "ap-southeast-5": ["calculator", 150_000, 120_000, 46_791, undefined, 1_800],
  "ca-central-1": ["calculator", 166_667, 133_334, 46_460, undefined, 2_000],
  "eu-central-1": ["calculator", 166_667, 133_334, 50_147, undefined, 2_000],
  "eu-central-2": ["calculator", 183_334, 146_667, 55_162, undefined, 2_200],
  "eu-north-1": ["calculator", 166_667, 133_334, 44_248, undefined, 2_000],
  "eu-south-1": ["calculator", 195_172, 156_138, 48_783, undefined, 2_300],
  "eu-west-1": ["calculator", 166_667, 133_334, 46_460, undefined, 2_000],
  "eu-west-2": ["calculator", 166_667, 133_334, 48_304, undefined, 2_000],
  "eu-west-3": ["calculator", 166_667, 133_334, 48_673, undefined, 2_000],
  "me-south-1": ["calculator", 206_667, 165_334, 51_108, undefined, 2_500],
  "sa-east-1": ["calculator", 166_667, 133_334, 66_372, undefined, 2_000],
  "us-east-1": ["offer", 166_667, 133_334, 41_667, 33_334, 2_000],
  "us-east-2": ["calculator", 166_667, 133_334, 41_667, undefined, 2_000],
  "us-west-1": ["calculator", 166_667, 133_334, 49_041, undefined, 2_000],
  "us-west-2": ["calculator", 166_667, 133_334, 41_667, undefined, 2_000],
};

/** Regions whose prices are known. */
export const pricedRegions: readonly string[] = Object.keys(table);

/** The prices of a Region; undefined where they are not known. */
export function listPriceOf(region: string): ListPrice | undefined {
  const row = Object.hasOwn(table, region) ? table[region] : undefined;
  if (row === undefined) return undefined;
  const [source, x86, arm, provisionedX86, provisionedArm, request] = row;
  return {
    ...sources[source],
    duration: { x86_64: x86, arm64: arm },
    provisioned: { x86_64: provisionedX86, ...(provisionedArm !== undefined && { arm64: provisionedArm }) },
    request,
  };
}
