import type { Analysis, AnalysisInput, AnalysisOptions } from "./analysis.ts";
import type { BudgetFile } from "./budgetFile/budgetFile.ts";
import { readBudgetFile } from "./budgetFile/readBudgetFile.ts";
import { RememberedStack, type ResolvedStack, resolveStack } from "./cases/resolveStack.ts";
import type { Files, LeftOut } from "./files.ts";
import type { ParameterValues, Uri } from "./model.ts";
import { PoolMemory } from "./pools/assemble.ts";
import { buildPoolsFrom } from "./pools/buildPools.ts";
import type { PoolSources } from "./pools/poolSources.ts";
import type { ConfiguredStack } from "./pools/stacks.ts";
import { standaloneStack } from "./pools/standaloneStacks.ts";
import { inOrder } from "./rules/findingDraft.ts";
import { notChecked } from "./rules/notChecked.ts";
import { type StackConfig, type StackConfigOptions, stackConfig } from "./samconfig/stackConfig.ts";
import type { Reader, SourceError, SourceFile, Sources, TextFile } from "./sources.ts";
import type { Change } from "./syntax/reparse.ts";
import { FileCache } from "./workspace/fileCache.ts";
import { configKey, optionsKey, parametersKey } from "./workspace/keys.ts";
import { ReadTexts } from "./workspace/readTexts.ts";
import { Remembered } from "./workspace/remembered.ts";
import { RememberedFindings } from "./workspace/rememberedFindings.ts";

/**
 * The files of an editor or a command line with everything that was worked out from them. Told what changed, it works out only
 * what depends on it; the result is the same as from scratch.
 */
export class Workspace implements Sources, PoolSources {
  readonly #cache: FileCache;
  readonly #configs = new Remembered<StackConfig>();
  readonly #templates = new Remembered<ResolvedStack>();
  readonly #stacks = new Map<string, RememberedStack>();
  readonly #budgets = new WeakMap<SourceFile, BudgetFile>();
  readonly #parameterKeys = new WeakMap<ParameterValues, string>();
  readonly #pools = new PoolMemory();
  readonly #findings = new RememberedFindings();
  readonly #readTexts = new ReadTexts();
  #options = "";

  constructor(files: Files) {
    this.#cache = new FileCache(files);
  }

  /** What pools are built from: this workspace itself. */
  get sources(): Sources {
    return this;
  }

  get(uri: Uri): SourceFile | SourceError {
    return this.#cache.get(uri);
  }

  text(uri: Uri): TextFile | SourceError {
    return this.#cache.text(uri);
  }

  readAs<T>(uri: Uri, file: TextFile, read: Reader<T>): T {
    return this.#readTexts.get(uri, file, read);
  }

  list(folder: Uri, glob: string): readonly Uri[] {
    return this.#cache.list(folder, glob);
  }

  leftOut(folder: Uri, glob: string): readonly LeftOut[] {
    return this.#cache.leftOut(folder, glob);
  }

  folders(): readonly Uri[] {
    return this.#cache.folders();
  }

  mayRead(folder: Uri): boolean {
    return this.#cache.mayRead(folder);
  }

  /** Other folders may be read, or are worked in: what was refused before may be read now, and other samconfigs may be meant. */
  foldersChanged(): void {
    this.#configs.clear();
    for (const uri of this.known()) if ("error" in this.get(uri)) this.invalidate(uri);
  }

  /** Is this an open document? Then the disk does not count, and edits can be applied to it. */
  has(uri: Uri): boolean {
    return this.#cache.isOpen(uri);
  }

  /** Every file that was read or looked for, missing ones included. */
  known(): readonly Uri[] {
    return this.#cache.known();
  }

  /**
   * The text of an open document; undefined when it was closed and the disk counts again. A document whose language is that of
   * budget files is one whatever it is called (`isBudget`): a new one has no name yet.
   */
  setText(uri: Uri, text: string | undefined, isBudget = false): void {
    this.#changed(uri, this.#cache.setText(uri, text, isBudget));
  }

  /** One edit of an open document: the text between two offsets became `change.text`. `newText`: the whole, when the caller has it: one copy then serves both. */
  applyChange(uri: Uri, change: Change, newText?: string): void {
    this.#changed(uri, this.#cache.applyChange(uri, change, newText));
  }

  /** A file was created, changed or deleted on disk. Costs next to nothing when its text is what it was, or when it is open. */
  invalidate(uri: Uri): void {
    this.#changed(uri, this.#cache.reread(uri));
  }

  budget(file: SourceFile): BudgetFile {
    let budget = this.#budgets.get(file);
    if (!budget) {
      budget = readBudgetFile(file.uri, file.text, file.tree);
      this.#budgets.set(file, budget);
    }
    return budget;
  }

  config(template: Uri, options: StackConfigOptions): StackConfig {
    return this.#configs.get(configKey(template, options), () => stackConfig(template, options, this));
  }

  resolve(template: Uri, parameters: ParameterValues): ResolvedStack {
    let key = this.#parameterKeys.get(parameters);
    if (key === undefined) {
      key = parametersKey(parameters);
      this.#parameterKeys.set(parameters, key);
    }
    const question = `${template}\n${key}`;
    return this.#templates.get(question, () => {
      const stack = this.#stacks.get(question) ?? new RememberedStack();
      this.#stacks.set(question, stack);
      return resolveStack(template, parameters, this, stack);
    });
  }

  /** A template that no budget lists as the stack that an analysis makes of it. Asked ahead, it spreads a first analysis over time. */
  standalone(template: Uri, options: AnalysisOptions): ConfiguredStack {
    return standaloneStack(template, options, this);
  }

  /** Builds the pools and checks them. Pools, findings and templates that nothing has touched are the same objects as last time. */
  analyse(input: AnalysisInput): Analysis {
    this.#setOptions(input.options);
    const { pools, withoutPool, files } = buildPoolsFrom(input, this, (parts, options, sources) =>
      this.#pools.assemble(parts, options, sources),
    );
    const checked = this.#findings.validate([...pools, ...withoutPool], this, input.options);
    const unchecked = notChecked(input.others ?? [], this, input.options);
    const findings = unchecked.length === 0 ? checked : [...checked, ...unchecked].sort(inOrder);
    this.#pools.forgetUnused();
    this.#templates.forgetUnused();
    for (const question of this.#stacks.keys()) if (!this.#templates.has(question)) this.#stacks.delete(question);
    this.#configs.forgetUnused();
    return { pools, findings, files };
  }

  #setOptions(options: AnalysisOptions): void {
    const key = optionsKey(options);
    if (key !== this.#options) this.#findings.forget();
    this.#options = key;
  }

  #changed(uri: Uri, makesDifference: boolean): void {
    if (!makesDifference) return;
    this.#configs.changed(uri);
    this.#templates.changed(uri);
  }
}
