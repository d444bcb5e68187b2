import { plates } from './0010-plates.ts'
import { provenance } from './0020-provenance.ts'
import { verdicts } from './0030-verdicts.ts'
import { objects } from './0040-objects.ts'
import { audit } from './0050-audit.ts'
import { standing } from './0060-standing.ts'
import { decisions } from './0070-decisions.ts'
import { models } from './0080-models.ts'
import { predictions } from './0090-predictions.ts'
import { facts } from './0100-facts.ts'
import { arrivals } from './0110-arrivals.ts'
import { identities } from './0120-identities.ts'

export interface Migration {
  /** Counted in tens; kept in SQLite's user_version. */
  readonly id: number
  readonly purpose: string
  readonly sql: string
  /** It makes a table anew that others refer to. */
  readonly rebuilds?: true
}

/** In the order in which a store goes through them. */
export const MIGRATIONS: readonly Migration[] = [
  plates,
  provenance,
  verdicts,
  objects,
  audit,
  standing,
  decisions,
  models,
  predictions,
  facts,
  arrivals,
  identities,
]
