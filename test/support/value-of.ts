import { calls } from '#contract/index.ts'
import type { Result } from '#core/fault.ts'

/** The value of a result that must have one. */
export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.fault))
  return result.value
}

/** The value of a reply that must have one, and that the contract lets through. */
export function replyOf<T>(name: keyof typeof calls, reply: Result<T>): T {
  const value = valueOf(reply)
  calls[name].output.parse(value)
  return value
}
