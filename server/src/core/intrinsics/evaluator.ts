import type { Place, Source, Uri } from "../model.ts";
import type { Node } from "../syntax/nodes.ts";
import type { Section } from "./declared.ts";
import type { Evaluated, Scope } from "./evaluated.ts";
import type { Entry, LoopProblem } from "./forEach.ts";
import type { Intrinsic } from "./intrinsic.ts";
import type { Violation } from "./parameterConstraints.ts";
import type { Truth } from "./truth.ts";

/** Evaluates the nodes of one template under one set of parameters. Never throws; work and depth are bounded. */
export interface Evaluator {
  readonly uri: Uri;
  /** What a node means: intrinsics are followed, mappings stay lazy. A missing node is nothing. */
  evaluate(node: Node | undefined, scope: Scope): Evaluated;
  /** The argument of an intrinsic, whose tag is not looked at again. */
  argument(call: Intrinsic, scope: Scope): Evaluated;
  /** The arguments of an intrinsic that takes a list, not evaluated. */
  arguments(call: Intrinsic): readonly Node[];
  /** A member of a mapping value, loops expanded. */
  member(value: Evaluated, key: string): Entry | undefined;
  /** Truth of a named condition. */
  condition(name: string): Truth;
  /** A condition as it is declared. */
  conditionEntry(name: string): Entry | undefined;
  conditionIndex(): ConditionIndex;
  /** Conditions, of those that were asked for, that look up a mapping entry which is not there. */
  conditionsWithoutEntry(): readonly { readonly name: string; readonly reason: string }[];
  /** Value of a declared parameter; undefined when the template declares none of that name. */
  parameter(name: string): Evaluated | undefined;
  /** The parameters as they are declared. */
  readonly parameterNodes: ReadonlyMap<string, Node>;
  /** Does the template declare this resource? */
  isResource(logicalId: string): boolean;
  /** May SAM make a resource of this name? */
  mayBeGenerated(logicalId: string): boolean;
  /** Is a name that was not found in a section certainly not declared there? */
  lacks(section: Section, name: string): boolean;
  /** A mapping of the `Mappings` section. */
  mapping(name: string): Entry | undefined;
  /** An output as it is declared. */
  output(name: string): Entry | undefined;
  /** The template of a nested stack under what this one passes on; undefined when it is not at hand. */
  child(logicalId: string): Evaluator | undefined;
  /** `AWS::LanguageExtensions` has been there before any other transform. */
  readonly extended: boolean;
  /** No transform, which a whole template needs for default values: mappings may be declared where the fragment is put in. */
  readonly fragment: boolean;
  readonly parameterNames: readonly string[];
  /** Parameters whose value CloudFormation refuses. */
  readonly refusedParameters: readonly RefusedParameter[];
  /** Loops of the `Conditions` section that could not be expanded. */
  readonly problems: readonly LoopProblem[];
  placeOf(node: Node): Place;
  /** A value that several places ask for, computed once. */
  once(key: string, compute: () => Evaluated): Evaluated;
  /** Counts a text that is about to be read as work; false when work is used up. */
  mayRead(length: number): boolean;
  /** Runs something and notes what it takes to leave the evaluator as if it had run again (`repeat`). */
  observe<T>(run: () => T): Observed<T>;
  /** What an observed run gave, when all that it can depend on is as it was then; what was observed may be of an earlier evaluator. */
  repeat<T>(observed: Observed<T>): T;
  /** Runs one level deeper; undefined when depth or work is used up. */
  nested<T>(run: () => T): T | undefined;
}

/** The conditions of a template by name, loops expanded, and the loops that hide others. */
export interface ConditionIndex {
  readonly byName: ReadonlyMap<string, Entry>;
  readonly problems: readonly LoopProblem[];
}

/** A parameter with a value that CloudFormation refuses before anything starts. */
export interface RefusedParameter extends Violation {
  readonly name: string;
  /** Where the value comes from, nearest first; the first with a place gives it. */
  readonly sources: readonly Source[];
}

/** How a template is looked at in one case of what is not decided. */
export interface Assumptions {
  /** Evaluates the template where nothing is assumed; what does not depend on the case is taken from it. */
  readonly base: Evaluator;
  /** What all cases may use together. */
  readonly work: Work;
  /** Values of parameters and pseudo parameters, whatever is given for them. */
  readonly parameters: ReadonlyMap<string, Evaluated>;
  /** How conditions are taken that are still open then. */
  readonly conditions: ReadonlyMap<string, boolean>;
}

/** What came of a run, and what it did. */
export interface Observed<T> {
  readonly value: T;
  /** Work that it took. */
  readonly steps: number;
  /** Conditions that it asked for. */
  readonly conditions: readonly string[];
  /** It looked into nested stacks. */
  readonly askedChildren: boolean;
  /** It met a parameter or condition that is not decided. */
  readonly metUndecided: boolean;
}

/** How many steps may still be made. */
export interface Work {
  left: number;
}

/** Finds the evaluator of a nested stack. */
export type Children = (logicalId: string) => Evaluator | undefined;
