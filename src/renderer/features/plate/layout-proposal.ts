import type { LayoutWell, WellRow } from '#contract/plates.ts'
import type { PlateId } from '#core/brand.ts'
import { layoutColumns } from '#core/plate/layout-column.ts'
import { countArrived } from '#core/plate/well-state.ts'
import { countText } from '../../lib/count-text.ts'

/** A platemap that somebody has chosen and not yet applied, or the wish to have none. */
export type LayoutProposal = { readonly plateId: PlateId } & (
  | {
      readonly kind: 'replace'
      /** Its file's name. */
      readonly file: string
      readonly csv: string
      readonly layout: readonly LayoutWell[]
    }
  | { readonly kind: 'remove' }
)

interface Known {
  readonly wells: readonly WellRow[]
  /** The platemap that counts so far. */
  readonly layout: readonly LayoutWell[]
}

/** What applying it would do, line by line. */
export function proposalTexts(proposal: LayoutProposal, { wells, layout }: Known): string[] {
  const before = countText(layout.length, 'well')
  if (proposal.kind === 'remove') {
    return [`The platemap of ${before} is not shown any more. The record keeps it.`]
  }
  const imaged = new Set(
    wells.filter(({ states }) => countArrived(states) > 0).map(({ well }) => well),
  )
  const known = proposal.layout.filter(({ well }) => imaged.has(well)).length
  const columns = layoutColumns(proposal.layout)
  return [
    `${countText(proposal.layout.length, 'well')}, ${known} of them imaged on this plate.`,
    columns.length === 0 ? 'It has no columns but the wells.' : `Columns: ${columns.join(', ')}.`,
    ...(layout.length === 0
      ? []
      : [`It replaces the platemap of ${before} from before. The record keeps both.`]),
  ]
}
