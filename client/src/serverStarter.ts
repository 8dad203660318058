import type { ServerState } from "./languageServer.ts";

/** What is used of the server and the settings. */
export interface StarterPorts {
  /** Does the user want templates and budget files to be checked? */
  readonly isEnabled: () => boolean;
  readonly state: () => ServerState;
  readonly start: () => void;
  readonly stop: () => void;
}

/** Decides when the server is started by itself: once, at the first reason, while checking is enabled. One that the user stopped stays stopped. */
export class ServerStarter {
  readonly #ports: StarterPorts;
  #isDue = true;

  constructor(ports: StarterPorts) {
    this.#ports = ports;
  }

  /** Would a reason start the server? Nobody has to look for one otherwise. */
  get isWaiting(): boolean {
    return this.#isDue && this.#ports.isEnabled();
  }

  /** There is something to check. */
  start(): void {
    if (!this.isWaiting) return;
    this.#isDue = false;
    this.#ports.start();
  }

  /** The user enabled or disabled checking: disabled, the server stops; enabled again, one that is stopped waits for a reason. */
  settingChanged(): void {
    if (this.#ports.isEnabled()) this.#isDue ||= this.#ports.state() === "stopped";
    else {
      this.#isDue = false;
      this.#ports.stop();
    }
  }
}
