import { useLayoutEffect, useSyncExternalStore } from 'react'
import { COMMANDS, type Command, type CommandId } from '#contract/commands.ts'
import { createObservable } from './observable.ts'

/** What commands do at the moment, by the views on screen. */
export type CommandDeeds = Partial<Readonly<Record<CommandId, () => void>>>

/** Keeps which commands can be given now; keys, menu, palette and buttons all give them here. */
export interface CommandBoard {
  /** The last offer of a command counts. @returns takes the offer back. */
  offer(deeds: CommandDeeds): () => void
  /** Does nothing for a command that nobody offers. */
  give(id: CommandId): void
  /** Commands that can be given now, in the order of the list. */
  available(): readonly Command[]
  subscribe(listener: () => void): () => void
}

export function createCommandBoard(): CommandBoard {
  const offers: CommandDeeds[] = []
  const known = createObservable<readonly Command[]>([])

  function deedOf(id: CommandId): (() => void) | undefined {
    return offers.findLast(deeds => deeds[id] !== undefined)?.[id]
  }

  function change(): void {
    known.set(COMMANDS.filter(({ id }) => deedOf(id) !== undefined))
  }

  return {
    offer(deeds) {
      offers.push(deeds)
      change()
      return () => {
        offers.splice(offers.indexOf(deeds), 1)
        change()
      }
    },
    give: id => deedOf(id)?.(),
    available: known.getSnapshot,
    subscribe: known.subscribe,
  }
}

/**
 * Offers commands while the component is on screen, from the very moment it is: a key that follows at once counts.
 * Pass a memoised object.
 */
export function useCommands(board: CommandBoard, deeds: CommandDeeds): void {
  useLayoutEffect(() => board.offer(deeds), [board, deeds])
}

export function useAvailable(board: CommandBoard): readonly Command[] {
  return useSyncExternalStore(board.subscribe, board.available, board.available)
}
