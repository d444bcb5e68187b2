import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { events, type ParfocalEvents } from '#contract/index.ts'
import type { Told } from '#contract/define.ts'
import type { DeskHost, DeskOptions, Desk } from '#workstation/desk/desk.ts'
import { openDesk } from '#workstation/desk/open-desk.ts'
import { valueOf } from './value-of.ts'

type EventName = keyof ParfocalEvents

/** A desk on a store in this folder, and all that it told. */
export interface LiveDesk extends Desk {
  readonly told: <Name extends EventName>(name: Name) => readonly Told<ParfocalEvents, Name>[]
}

export const BROWSER: DeskHost = {
  kind: 'web',
  electron: null,
  chrome: null,
  chooseFolder: null,
  loginItem: null,
}

/** Opens a desk; a mistake of ours, or an event that is not what the contract says, fails the test. */
export async function liveDesk(
  folder: string,
  options: Partial<DeskOptions> = {},
): Promise<LiveDesk> {
  const mistakes: unknown[] = []
  const desk = valueOf(
    await openDesk({
      storeFolder: join(folder, 'store'),
      folders: [],
      simulate: false,
      recipe: null,
      host: BROWSER,
      report: cause => `T-${mistakes.push(cause)}`,
      ...options,
    }),
  )
  const all: { readonly name: EventName; readonly told: unknown }[] = []
  desk.listen((name, told) => void all.push({ name, told: events[name].parse(told) }))
  let open = true
  const close = async (): Promise<void> => {
    if (!open) return
    open = false
    await desk.close()
  }
  onTestFinished(async () => {
    await close()
    if (mistakes.length > 0) throw mistakes[0]
  })
  return {
    ...desk,
    close,
    told: <Name extends EventName>(name: Name) =>
      all.filter(one => one.name === name).map(one => one.told as Told<ParfocalEvents, Name>),
  }
}
