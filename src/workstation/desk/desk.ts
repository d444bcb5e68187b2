import type { ParfocalApi, ParfocalEvents } from '#contract/index.ts'
import type { Told } from '#contract/define.ts'
import type { Fault } from '#core/fault.ts'
import type { Recipe } from '#core/recipe.ts'
import type { AuditEvent } from '../record/audit-trail.ts'

/** The place where people work: a workstation that watches its folders and answers a window. */
export interface Desk {
  /** Every call of the contract. */
  readonly api: ParfocalApi
  /** What was wrong when it was opened and did not keep it from opening: settings, folders that were given. */
  readonly faults: readonly Fault[]
  /** Answers the addresses of contract/pixels.ts. */
  readonly pixels: (request: Request) => Promise<Response>
  /** @returns stops telling. */
  listen(tell: Tell): () => void
  /** Notes what the host did or refused. */
  audit(event: AuditEvent): void
  /** Waits for what is being written, then lets the store go. */
  close(): Promise<void>
}

export type Tell = <Name extends keyof ParfocalEvents>(
  name: Name,
  told: Told<ParfocalEvents, Name>,
) => void

/** What a desk needs of the program that it runs in. */
export interface DeskHost {
  readonly kind: 'electron' | 'web'
  readonly electron: string | null
  readonly chrome: string | null
  /** The host's own dialog; null where it has none. The folder, or null when nothing was chosen. */
  readonly chooseFolder: (() => Promise<string | null>) | null
  /** Start at login; null where the host cannot. */
  readonly loginItem: { isOn(): boolean; set(on: boolean): void } | null
}

export interface DeskOptions {
  readonly storeFolder: string
  /** Watched from the start, beside those that the store's settings remember, and remembered with them. */
  readonly folders: readonly string[]
  /** Let the simulated microscope acquire a plate, where no folder is remembered and the store holds no other plate. */
  readonly simulate: boolean
  /** Null where nobody named one: then that which the store was last worked by, or the one that ships for nuclei. */
  readonly recipe: Recipe | null
  readonly host: DeskHost
  /** Writes a mistake of ours to the log and gives its ticket. */
  readonly report: (cause: unknown) => string
}
