import assert from "node:assert/strict";
import { test } from "node:test";
import type { DemoServer } from "#demo";
import { demoFor } from "./clients.ts";

const names = ["blog-thumbnails", "blog-search", "blog-comments", "blog-newsletter", "concurrencyBlog01"];

function sum(demo: DemoServer, metric: string, name: string): number {
  const series = demo.account.region("us-east-1").metrics.find(metric, { FunctionName: name });
  return [...(series?.minutes.values() ?? [])].reduce((total, minute) => total + minute.sum, 0);
}

test("traffic moves all functions but the one at 0, within their reservations, and throttles one", async (t) => {
  const demo = await demoFor(t, { traffic: true });
  const region = demo.account.region("us-east-1");
  const highest = new Map<string, number>();
  const seen = new Set<number>();
  for (let second = 0; second < 600; second++) {
    demo.clock.advance(1000);
    for (const { name } of region.state.functions)
      highest.set(name, Math.max(highest.get(name) ?? 0, region.invocations.running(name)));
    seen.add(region.invocations.running("blog-thumbnails"));
  }
  for (const { name, reserved } of region.state.functions)
    assert.ok((highest.get(name) ?? 0) <= (reserved ?? 400), `${name}: ${highest.get(name)}`);
  assert.deepEqual(
    names.filter((name) => (highest.get(name) ?? 0) < 5),
    [],
  );
  assert.equal(highest.get("blog-archive"), 0);
  assert.ok(seen.size > 50, `${seen.size} different values`);
  assert.ok(sum(demo, "Throttles", "blog-newsletter") > 100);
  assert.equal(sum(demo, "Throttles", "concurrencyBlog01"), 0);
});

test("the last three hours have metrics from the start", async (t) => {
  const demo = await demoFor(t, { traffic: true });
  const series = demo.account.region("us-east-1").metrics.find("ConcurrentExecutions", {});
  assert.equal(series?.minutes.size, 180);
});

test("a disabled mapping brings no traffic, and after a reservation of 0 what runs ends", async (t) => {
  const demo = await demoFor(t, { traffic: true });
  const { state, invocations } = demo.account.region("us-east-1");
  demo.clock.advance(60_000);
  for (const mapping of state.mappings) mapping.enabled = false;
  const newsletter = state.functions.find(({ name }) => name === "blog-newsletter");
  assert.ok(newsletter);
  newsletter.reserved = 0;
  demo.clock.advance(60_000);
  assert.deepEqual(
    ["blog-thumbnails", "blog-comments", "blog-newsletter"].map((name) => invocations.running(name)),
    [0, 0, 0],
  );
});

test("two accounts with the same seed and clock do the same", async (t) => {
  const counts = await Promise.all(
    [1, 1, 2].map(async (seed) => {
      const demo = await demoFor(t, { traffic: true, seed });
      demo.clock.advance(30_000);
      return names.map((name) => sum(demo, "Duration", name));
    }),
  );
  assert.deepEqual(counts[0], counts[1]);
  assert.notDeepEqual(counts[0], counts[2]);
});
