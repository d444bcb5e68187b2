import type { Bridge } from '#contract/client.ts'
import type { ParfocalApi, ParfocalEvents } from '#contract/index.ts'
import type { Told } from '#contract/define.ts'
import { fail } from '#core/fault.ts'

type Answers = { readonly [Name in keyof ParfocalApi]?: ParfocalApi[Name] }

/** A host on paper: answers what a test gives it, refuses the rest, and tells what the test wants told. */
export function paperHost(answers: Answers) {
  const listeners = new Map<string, Set<(told: unknown) => void>>()
  const bridge: Bridge = {
    async invoke(name, input) {
      const answer = answers[name as keyof ParfocalApi] as
        ((input: unknown) => Promise<unknown>) | undefined
      return answer === undefined
        ? fail({ kind: 'host-unreachable', detail: 'on paper' })
        : answer(input)
    },
    on(name, listener) {
      const heard = listeners.get(name) ?? new Set()
      listeners.set(name, heard.add(listener))
      return () => heard.delete(listener)
    },
  }
  return {
    bridge,
    tell<Name extends keyof ParfocalEvents>(name: Name, told: Told<ParfocalEvents, Name>): void {
      for (const listener of listeners.get(name) ?? []) listener(told)
    },
  }
}
