import type { PlateSummary } from '#contract/plates.ts'
import type { PlateId } from '#core/brand.ts'

export type NamedPlate = Pick<PlateSummary, 'plateId' | 'name' | 'folder'>

/** The last part of its folder for every plate whose name another has too; more parts where one tells nothing apart. */
export function namesakeFolders(plates: readonly NamedPlate[]): ReadonlyMap<PlateId, string> {
  const groups = Map.groupBy(plates, ({ name }) => name)
  return new Map(
    [...groups.values()]
      .filter(({ length }) => length > 1)
      .flatMap(group => {
        const ends = distinctEnds(group.map(({ folder }) => folder))
        return group.map(({ plateId }, i) => [plateId, ends[i]!] as const)
      }),
  )
}

/** A plate's name in a line of text: with the folder it came from where another has the same. */
export function plateNameAmong(plate: NamedPlate, plates: readonly NamedPlate[]): string {
  const folder = namesakeFolders(plates).get(plate.plateId)
  return folder === undefined ? plate.name : `${plate.name} (${folder})`
}

/** As few parts from the end of paths as tell them all apart; one where nothing does. */
function distinctEnds(paths: readonly string[]): readonly string[] {
  const parts = paths.map(path => path.split(/[\\/]/).filter(part => part !== ''))
  const most = Math.max(...parts.map(({ length }) => length))
  const endsOf = (count: number): string[] => parts.map(path => path.slice(-count).join('/'))
  for (let count = 1; count <= most; count += 1) {
    const ends = endsOf(count)
    if (new Set(ends).size === ends.length) return ends
  }
  return endsOf(1)
}
