import { workspace } from "vscode";
import type { AccountChoice } from "#aws";
import { section, settings } from "../ids.ts";
import type { AccountSettings } from "./accountPorts.ts";
import type { DemoProcess } from "./demoProcess.ts";

/** What the machine's settings choose: profile, Region and endpoint, those that are set. */
export function choiceOfSettings(): AccountChoice {
  const profile = setting(settings.profile);
  const region = setting(settings.region);
  return withEndpoint({ ...(profile && { profile }), ...(region && { region }) });
}

/** A choice with the endpoint of the settings, when there is one. */
export function withEndpoint(choice: AccountChoice): AccountChoice {
  const endpoint = setting(settings.endpoint);
  return endpoint ? { ...choice, endpoint } : choice;
}

/** The demo account that the settings name, else one of this window. */
export async function demoChoice(demo: DemoProcess): Promise<AccountChoice> {
  const endpoint = setting(settings.demoAddress);
  return endpoint ? { endpoint, region: "us-east-1", demo: true } : demo.start();
}

/** The settings that the store follows. */
export function readSettings(): AccountSettings {
  const configuration = workspace.getConfiguration(section);
  return {
    usage: configuration.get(settings.usageEnabled, true),
    usageFunctions: configuration.get(settings.usageFunctions, 100),
    refreshMinutes: configuration.get(settings.refreshMinutes, 0),
  };
}

function setting(name: string): string {
  return workspace.getConfiguration(section).get(name, "").trim();
}
