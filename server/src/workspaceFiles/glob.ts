/** Does a path, relative and with `/`, match the glob it was made from? */
export type GlobMatcher = (path: string) => boolean;

/** A longer glob is not searched for: no path is as long. */
const MAX_GLOB = 4096;

/**
 * The globs of budgets: `*` and `?` within a name, `**` for any folders, `[a-z]`, `[!a]`, `{a,b}`, and `\` before a character that
 * means itself. Wildcards do not match a name's leading dot. All ways to match are followed at once, so that no pattern
 * takes longer than its length times that of the path.
 */
export function globMatcher(glob: string): GlobMatcher {
  if (glob.length > MAX_GLOB) return () => false;
  const automaton = compile(glob);
  return (path) => matches(automaton, path);
}

/** Is anything in it more than a plain name? */
export function isGlob(path: string): boolean {
  return /[*?[{]/.test(path);
}

/** A step over one character. */
interface Step {
  readonly accepts: (char: string) => boolean;
  /** The pattern writes out what a name begins with: a leading dot may stand here. */
  readonly leading: boolean;
  readonly to: number;
}

/** Where one can be while a path is read: `steps` take a character, `jumps` none. */
interface Automaton {
  readonly steps: readonly (readonly Step[])[];
  readonly jumps: readonly (readonly number[])[];
  readonly end: number;
}

const inName = (char: string) => char !== "/";

function compile(glob: string): Automaton {
  const steps: Step[][] = [[]];
  const jumps: number[][] = [[]];
  const state = () => {
    jumps.push([]);
    return steps.push([]) - 1;
  };
  const jump = (from: number, to: number) => (jumps[from] as number[]).push(to);
  const step = (from: number, accepts: Step["accepts"], to: number, leading = false) =>
    (steps[from] as Step[]).push({ accepts, leading, to });
  const classes = classesOf(glob);
  const closing = bracesOf(glob, classes);
  const open: { readonly from: number; readonly leads: boolean; readonly ends: number[]; readonly close: number }[] =
    [];
  let current = 0;
  let leads = true;
  const consume = (accepts: Step["accepts"], leading: boolean) => {
    const next = state();
    step(current, accepts, next, leading);
    current = next;
  };
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at] as string;
    const group = open.at(-1);
    const leading: boolean = leads;
    leads = false;
    if (char === "*" && glob[at + 1] === "*" && leading && (glob[at + 2] ?? "/") === "/") {
      const folders = state();
      jump(current, folders);
      const inside = state();
      step(folders, inName, inside);
      step(inside, inName, inside);
      step(inside, (next) => next === "/", folders);
      current = at + 2 < glob.length ? folders : inside;
      leads = true;
      at += 2;
    } else if (char === "*") {
      const next = state();
      jump(current, next);
      step(next, inName, next);
      current = next;
    } else if (char === "?") consume(inName, false);
    else if (char === "[" && classes.has(at)) {
      const end = classes.get(at) as number;
      consume(classOf(glob.slice(at + 1, end)), false);
      at = end;
    } else if (char === "{" && closing.has(at)) {
      open.push({ from: current, leads: leading, ends: [], close: closing.get(at) as number });
      const next = state();
      jump(current, next);
      current = next;
      leads = leading;
    } else if (group && (char === "," || at === group.close)) {
      group.ends.push(current);
      current = state();
      if (char === ",") {
        jump(group.from, current);
        leads = group.leads;
      } else {
        for (const end of group.ends) jump(end, current);
        open.pop();
      }
    } else {
      const literal = char === "\\" && at + 1 < glob.length ? (glob[++at] as string) : char;
      consume((next) => next === literal, leading);
      leads = literal === "/";
    }
  }
  return { steps, jumps, end: current };
}

/** Where the braces close that hold a comma; others mean themselves. */
function bracesOf(glob: string, classes: ReadonlyMap<number, number>): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  const open: { readonly at: number; comma: boolean }[] = [];
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at];
    const last = open.at(-1);
    if (char === "\\") at++;
    else if (char === "[") at = classes.get(at) ?? at;
    else if (char === "{") open.push({ at, comma: false });
    else if (char === "," && last) last.comma = true;
    else if (char === "}" && last) {
      open.pop();
      if (last.comma) found.set(last.at, at);
    }
  }
  return found;
}

/** Where the brackets close that open a class; it lies within one name, and a bracket that does not close means itself. */
function classesOf(glob: string): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  /** By offset: the nearest `]` from there on in the same name, −1 for none. */
  const nearest = new Array<number>(glob.length + 1).fill(-1);
  for (let at = glob.length - 1; at >= 0; at--) {
    if (glob[at] === "]") nearest[at] = at;
    else if (glob[at] !== "/") nearest[at] = nearest[at + 1] as number;
  }
  for (let at = 0; at < glob.length; at++) {
    if (glob[at] !== "[") continue;
    const first = glob[at + 1] === "!" || glob[at + 1] === "^" ? at + 2 : at + 1;
    // The first character belongs to the class, also when it is a bracket.
    const end = first < glob.length && glob[first] !== "/" ? (nearest[first + 1] as number) : -1;
    if (end > 0) found.set(at, end);
  }
  return found;
}

function classOf(written: string): Step["accepts"] {
  const negated = written[0] === "!" || written[0] === "^";
  const body = negated ? written.slice(1) : written;
  const single = new Set<string>();
  const ranges: [string, string][] = [];
  for (let at = 0; at < body.length; at++) {
    if (body[at + 1] === "-" && at + 2 < body.length) {
      ranges.push([body[at] as string, body[at + 2] as string]);
      at += 2;
    } else single.add(body[at] as string);
  }
  return (char) =>
    inName(char) && (single.has(char) || ranges.some(([low, high]) => char >= low && char <= high)) !== negated;
}

function matches({ steps, jumps, end }: Automaton, path: string): boolean {
  let now = reach(jumps, [0]);
  for (let at = 0; at < path.length; at++) {
    const char = path[at] as string;
    const hidden = char === "." && (at === 0 || path[at - 1] === "/");
    const next: number[] = [];
    for (const state of now) {
      for (const { accepts, leading, to } of steps[state] as readonly Step[]) {
        if (accepts(char) && (leading || !hidden)) next.push(to);
      }
    }
    if (next.length === 0) return false;
    now = reach(jumps, next);
  }
  return now.has(end);
}

/** These states and all that jumps lead to. */
function reach(jumps: Automaton["jumps"], from: readonly number[]): ReadonlySet<number> {
  const reached = new Set(from);
  for (const state of reached) for (const next of jumps[state] as readonly number[]) reached.add(next);
  return reached;
}
