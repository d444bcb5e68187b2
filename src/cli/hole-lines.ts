import type { HoleNews, PlaneCounts } from '#workstation/hole-news.ts'
import type { MissingPlane } from '#workstation/run-folder.ts'

/** Planes that are late or missing as a line of a log: `late         BR1 B03 GFP  2 planes`. */
export function holeLine({ kind, plate, well, channel, planes, more }: HoleNews): string {
  const place = [plate, well, channel].filter(part => part !== null).join(' ')
  const whole = well === null ? ', nothing of the channel' : channel === null ? ', all of it' : ''
  const line = `${kind.padEnd(12)} ${place}  ${planesText(planes)}${whole}`
  return more === 0 ? line : `${line}\n${kind.padEnd(12)} ${plate}  and at ${more} more places`
}

/** What is not here of what was promised: `, 2 late, 12 awaited`; empty where all is here or nothing was promised. */
export function countsText(counts: PlaneCounts): string {
  if (counts === null) return ''
  return (['missing', 'late', 'awaited'] as const)
    .filter(state => counts[state] > 0)
    .map(state => `, ${counts[state]} ${state}`)
    .join('')
}

/** Of more wells than this it is said by channel what is missing of them. */
const MOST_WELLS = 20

/** What is missing of plates, well by well: `missing  BR1 B03: 3 planes (DAPI 2, GFP 1)`. */
export function missingLines(missing: readonly MissingPlane[]): readonly string[] {
  const plates = Map.groupBy(missing, ({ plate }) => plate)
  return [...plates].flatMap(([plate, planes]) => {
    const wells = Map.groupBy(planes, ({ well }) => well)
    if (wells.size <= MOST_WELLS) {
      return [...wells].map(([well, own]) => {
        const channels = [...Map.groupBy(own, ({ channel }) => channel)]
        const parts = channels.map(([channel, { length }]) => `${channel} ${length}`).join(', ')
        return `missing  ${plate} ${well}: ${planesText(own.length)} (${parts})`
      })
    }
    return [...Map.groupBy(planes, ({ channel }) => channel)].map(([channel, own]) => {
      const count = new Set(own.map(({ well }) => well)).size
      return `missing  ${plate} ${channel}: ${planesText(own.length)} in ${count} wells`
    })
  })
}

function planesText(planes: number): string {
  return planes === 1 ? '1 plane' : `${planes} planes`
}
