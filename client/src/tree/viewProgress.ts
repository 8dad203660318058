import { window } from "vscode";

/** The moving line above a view while the user waits for something. */
export class ViewProgress {
  readonly #viewId: string;
  #end: (() => void) | undefined;

  constructor(viewId: string) {
    this.#viewId = viewId;
  }

  show(waiting: boolean): void {
    if (!waiting) {
      this.#end?.();
      this.#end = undefined;
    } else if (this.#end === undefined) {
      const done = new Promise<void>((resolve) => {
        this.#end = resolve;
      });
      void window.withProgress({ location: { viewId: this.#viewId } }, () => done);
    }
  }

  dispose(): void {
    this.show(false);
  }
}
