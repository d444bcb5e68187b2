import type { z } from 'zod'
import type { FaultKind, FaultOf, Result } from '#core/fault.ts'

export interface Call<In extends z.ZodType, Out extends z.ZodType, Kinds extends FaultKind> {
  readonly input: In
  readonly output: Out
  /** Faults the caller is expected to handle, beyond the three that every call can return. */
  readonly faults: readonly Kinds[]
}

export function call<In extends z.ZodType, Out extends z.ZodType, const Kinds extends FaultKind>(
  input: In,
  output: Out,
  faults: readonly Kinds[],
): Call<In, Out, Kinds> {
  return { input, output, faults }
}

export type Calls = Readonly<Record<string, Call<z.ZodType, z.ZodType, FaultKind>>>

export type Input<C> = C extends Call<infer In, z.ZodType, FaultKind> ? z.infer<In> : never

export type Reply<C> =
  C extends Call<z.ZodType, infer Out, infer Kinds>
    ? Result<z.infer<Out>, FaultOf<Kinds | 'bad-request' | 'unexpected' | 'host-unreachable'>>
    : never

/** Both ends of the wire: the host implements it, the window calls it. */
export type Api<T extends Calls> = {
  readonly [Name in keyof T]: (input: Input<T[Name]>) => Promise<Reply<T[Name]>>
}

/** What the window can be told: the name of an event and what it carries. */
export type Events = Readonly<Record<string, z.ZodType>>

export type Told<T extends Events, Name extends keyof T> = z.infer<T[Name]>
