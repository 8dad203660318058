import { type AnalysisInput, type AnalysisOptions, type FileKind, isBudgetFile, type Uri, type Workspace } from "#core";
import { inspect, isInside, isWalked, type NodeFiles, toPath } from "#workspaceFiles";
import type { Documents } from "./documents.ts";
import type { Faults } from "./faults.ts";
import { searchFolders } from "./searchFolders.ts";

/** More changed files than this in one message are a reason to search the folders again. */
const MANY_CHANGES = 200;

/** What else a project needs. */
export interface ProjectParts {
  readonly files: NodeFiles;
  /** The options of the next analysis. */
  readonly options: () => AnalysisOptions;
  readonly faults: Faults;
  readonly log: (text: string) => void;
}

/** Which files belong to the analysis: what a search of the workspace folders found, and what is open. */
export class Project {
  readonly #documents: Documents;
  readonly #workspace: Workspace;
  readonly #files: NodeFiles;
  readonly #options: () => AnalysisOptions;
  readonly #faults: Faults;
  readonly #log: (text: string) => void;
  #folders: readonly string[] = [];
  #found = new Set<Uri>();
  #notes: readonly string[] = [];
  #known = false;
  /** Files that changed while a search was under way: it may have passed them already. */
  #meanwhile = new Set<Uri>();
  #search: AbortController | undefined;
  #searching: Promise<void> = Promise.resolve();

  constructor(documents: Documents, workspace: Workspace, parts: ProjectParts) {
    this.#documents = documents;
    this.#workspace = workspace;
    this.#files = parts.files;
    this.#options = parts.options;
    this.#faults = parts.faults;
    this.#log = parts.log;
  }

  /** A search is under way, or the first one has not begun. */
  get busy(): boolean {
    return !this.#known || this.#search !== undefined;
  }

  /** The folders have been searched at least once. */
  get known(): boolean {
    return this.#known;
  }

  /** What the last search left out or could not read. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  /** The workspace folders, as absolute paths. */
  get folders(): readonly string[] {
    return this.#folders;
  }

  /** Replaces the workspace folders (absolute paths) and searches them. */
  setFolders(folders: readonly string[]): Promise<void> {
    this.#folders = folders;
    this.openRoots();
    return this.search();
  }

  /** Lets the folders, and the folder of each open file outside of them, be read. */
  openRoots(): void {
    const paths = [...this.#documents.all()].map(({ uri }) => toPath(uri)).filter((path) => path !== undefined);
    const alone = paths.filter((path) => !this.#folders.some((folder) => isInside(path, folder)));
    if (this.#files.setRoots([...this.#folders, ...alone])) this.#workspace.foldersChanged();
  }

  /** Searches all folders again; a search under way is given up. */
  search(): Promise<void> {
    this.#search?.abort();
    const search = new AbortController();
    this.#search = search;
    this.#searching = this.#run(search);
    return this.#searching;
  }

  /** Gives up a search under way. */
  dispose(): void {
    this.#search?.abort();
  }

  async #run(search: AbortController): Promise<void> {
    try {
      const begin = performance.now();
      this.#files.forgetListings();
      const found = await searchFolders(this.#folders, (uri) => this.#read(uri), search.signal);
      for (const uri of this.#found) if (!found.uris.has(uri)) this.#workspace.invalidate(uri);
      this.#found = new Set(found.uris);
      this.#notes = found.notes;
      this.#known = true;
      const took = Math.round(performance.now() - begin);
      this.#log(
        `Searched ${this.#folders.length} folders in ${took} ms: ${found.uris.size} budget files and templates.`,
      );
    } catch (error) {
      if (!search.signal.aborted) throw error;
      // The search that replaced this one decides when the folders are known.
      if (this.#search !== search) return this.#searching;
    } finally {
      if (this.#search === search) this.#settle();
    }
  }

  #settle(): void {
    this.#search = undefined;
    const missed = this.#meanwhile;
    this.#meanwhile = new Set();
    this.#look(missed);
  }

  /** Reads a file that was found, ahead of the analysis. False when it is neither budget nor template. */
  #read(uri: Uri): boolean {
    const kind = this.kindOf(uri);
    if (kind === "other") return false;
    try {
      if (kind !== "budget") this.#workspace.standalone(uri, this.#options());
    } catch {
      // The analysis meets the same error and reports it.
    }
    return true;
  }

  /** What a file is, by its content (budget files by their name, or by their language while they are open); one that cannot be read is `other`. */
  kindOf(uri: Uri): FileKind {
    const kind = this.#faults.guard(`Reading ${uri}`, () => {
      const file = this.#workspace.get(uri);
      if ("kind" in file) return file.kind;
      return isBudgetFile(uri) && !file.missing ? "budget" : "other";
    });
    return kind ?? "other";
  }

  /** Takes note of files that appeared or changed on disk. True when the folders are searched again because there were many. */
  changed(uris: readonly Uri[]): boolean {
    if (uris.length > 0) this.#files.forgetListings();
    for (const uri of uris) if (!this.#documents.get(uri)) this.#workspace.invalidate(uri);
    if (uris.length > MANY_CHANGES) return true;
    this.#look(uris);
    return false;
  }

  #look(uris: Iterable<Uri>): void {
    for (const uri of uris) {
      if (this.#search) this.#meanwhile.add(uri);
      const path = toPath(uri);
      if (path === undefined || !this.#folders.some((folder) => isWalked(folder, path))) continue;
      const candidate = inspect(path);
      if (candidate === "budget" || candidate === "template") this.#found.add(uri);
      else this.#found.delete(uri);
    }
  }

  /** Takes note of files or folders that are gone. True when one of them may have been read. */
  deleted(uris: readonly Uri[]): boolean {
    let concerned = false;
    for (const uri of uris) {
      // A deleted folder is one event, without its files.
      const gone = [...this.#workspace.known(), ...this.#found].filter(
        (each) => each === uri || each.startsWith(`${uri}/`),
      );
      for (const each of gone) {
        concerned = true;
        if (this.#search) this.#meanwhile.add(each);
        this.#found.delete(each);
        if (!this.#documents.get(each)) this.#workspace.invalidate(each);
      }
    }
    if (concerned) this.#files.forgetListings();
    return concerned;
  }

  /** What is to be analysed now. */
  input(): AnalysisInput {
    const uris = new Set(this.#found);
    for (const { uri } of this.#documents.all()) uris.add(uri);
    const budgets: Uri[] = [];
    const templates: Uri[] = [];
    const others: Uri[] = [];
    for (const uri of [...uris].sort()) {
      const kind = this.kindOf(uri);
      if (kind === "budget") budgets.push(uri);
      else if (kind !== "other") templates.push(uri);
      else if (this.#documents.get(uri)) others.push(uri);
    }
    return { budgets, templates, others, options: this.#options() };
  }
}
