import assert from "node:assert/strict";
import { test } from "node:test";
import { rememberCredentials } from "#aws/remember.ts";

const MINUTE = 60_000;

/** Sign-ins that answer in this order; each lasts so many minutes from now on, `undefined` for ever, an error fails. */
function signIns(answers: readonly (number | undefined | Error)[]) {
  let time = 0;
  let count = 0;
  const credentials = rememberCredentials(
    async () => {
      const answer = answers[count++];
      if (answer instanceof Error) throw answer;
      const expiration = answer === undefined ? {} : { expiration: new Date(time + answer * MINUTE) };
      return { accessKeyId: `key${count}`, secretAccessKey: "secret", ...expiration };
    },
    () => time,
  );
  return {
    key: () => credentials().then(({ accessKeyId }) => accessKeyId),
    pass: (ms: number) => {
      time += ms;
    },
    count: () => count,
  };
}

test("those who ask at the same time wait for one sign-in", async () => {
  const { key, count } = signIns([60]);
  assert.deepEqual(await Promise.all([key(), key(), key()]), ["key1", "key1", "key1"]);
  assert.equal(count(), 1);
});

test("credentials that never expire are asked for once", async () => {
  const { key, pass } = signIns([undefined]);
  await key();
  pass(1000 * 60 * MINUTE);
  assert.equal(await key(), "key1");
});

test("five minutes before they expire new ones are asked for", async () => {
  const { key, pass } = signIns([60, 60]);
  await key();
  pass(54 * MINUTE);
  assert.equal(await key(), "key1");
  pass(MINUTE + 1);
  assert.equal(await key(), "key2");
});

test("those at hand are used to the end when there are no new ones", async () => {
  const gone = new Error("gone");
  const { key, pass, count } = signIns([60, gone, gone]);
  await key();
  pass(56 * MINUTE);
  assert.equal(await key(), "key1");
  assert.equal(await key(), "key1");
  assert.equal(count(), 2);
  pass(4 * MINUTE);
  await assert.rejects(key(), gone);
});

test("after a failure nobody signs in again for ten seconds", async () => {
  const gone = new Error("gone");
  const { key, pass, count } = signIns([gone, 60]);
  await assert.rejects(key(), gone);
  pass(9_999);
  await assert.rejects(key(), gone);
  assert.equal(count(), 1);
  pass(1);
  assert.equal(await key(), "key2");
});
