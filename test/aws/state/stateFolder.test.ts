import assert from "node:assert/strict";
import { test } from "node:test";
import { stateFolder } from "#aws";

test("the state folder is that of the system", () => {
  const home = { HOME: "/home/me", USERPROFILE: "C:\\Users\\me" };
  assert.equal(stateFolder(home, "linux"), "/home/me/.local/state/lambda-concurrency");
  assert.equal(stateFolder(home, "darwin"), "/home/me/Library/Application Support/lambda-concurrency");
  assert.equal(stateFolder(home, "win32"), "C:\\Users\\me\\AppData\\Local\\lambda-concurrency");
  const local = { ...home, LOCALAPPDATA: "D:\\Local" };
  assert.equal(stateFolder(local, "win32"), "D:\\Local\\lambda-concurrency");
});

test("XDG_STATE_HOME counts where it is an absolute path", () => {
  assert.equal(stateFolder({ HOME: "/home/me", XDG_STATE_HOME: "/state" }, "linux"), "/state/lambda-concurrency");
  assert.equal(stateFolder({ HOME: "/home/me", XDG_STATE_HOME: "/state" }, "darwin"), "/state/lambda-concurrency");
  const relative = { HOME: "/home/me", XDG_STATE_HOME: "state" };
  assert.equal(stateFolder(relative, "linux"), "/home/me/.local/state/lambda-concurrency");
});

test("without a home that is an absolute path there is no state folder", () => {
  for (const platform of ["linux", "darwin", "win32"] as const)
    assert.throws(() => stateFolder({ HOME: "", USERPROFILE: "" }, platform, ""), { name: "AccountError" });
  assert.equal(stateFolder({ HOME: "rel" }, "linux", "/home/me"), "/home/me/.local/state/lambda-concurrency");
});
