/**
 * A step of the path of an image: a pure function with a name that provenance can keep.
 *
 * `run` may not read the clock, the disk, the environment or a random source; a seed is a parameter.
 */
export interface Stage<In, Params, Out> {
  /** Written to every record; never renamed, never reused. */
  readonly id: string
  /** Goes up whenever the same input could now give a different output. */
  readonly version: number
  readonly defaults: Params
  readonly run: (input: In, params: Params) => Out
}

export function stage<In, Params, Out>(definition: Stage<In, Params, Out>): Stage<In, Params, Out> {
  return Object.freeze(definition)
}
