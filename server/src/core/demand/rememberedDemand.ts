import type { Evaluator, Observed } from "../intrinsics/evaluator.ts";
import type { Section } from "../syntax/sections.ts";
import type { Resource } from "../template/resources.ts";

interface Known {
  readonly section: Section;
  readonly read: Observed<unknown>;
}

/**
 * What demand reads of the resources of one template, kept from one edit to the next: a resource is read again when its own text was
 * edited, or the context that all resources may depend on. What is made of several resources is made anew each time.
 */
export class RememberedDemand {
  #context: object | undefined;
  #last = new Map<string, Known>();
  #now = new Map<string, Known>();

  /** @param context the same object as long as parameters, mappings, conditions, Globals and the names of resources are the same */
  begin(context: object | undefined): void {
    this.#last = context !== undefined && context === this.#context ? this.#now : new Map();
    this.#now = new Map();
    this.#context = context;
  }

  /** @param what is read of the resource: one name for each `read` */
  of<T>(evaluator: Evaluator, { logicalId, map, keyNode }: Resource, what: string, read: () => T): T {
    const key = `${what} ${logicalId}`;
    const known = this.#now.get(key) ?? this.#last.get(key);
    if (known?.section === map.section) {
      this.#now.set(key, known);
      return evaluator.repeat(known.read as Observed<T>);
    }
    const observed = evaluator.observe(read);
    if (this.#context && !observed.askedChildren && keyNode.section === map.section) {
      this.#now.set(key, { section: map.section, read: observed });
    }
    return observed.value;
  }
}
