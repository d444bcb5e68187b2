import { assignRows } from './assign.ts'
import type { Overlap } from './overlaps.ts'

/**
 * Pairs predicted with true objects one to one: as many pairs with IoU ≥ threshold as there can be,
 * and among those matchings the one with the largest sum of IoU. The order is that of `overlaps`.
 *
 * StarDist's `matching` (Weigert et al. 2020) with the ties decided by the counted pairs alone.
 * Above 0.5 an object has at most one partner; below, objects that compete are assigned group by group.
 */
export function matchObjects(overlaps: readonly Overlap[], threshold: number): readonly Overlap[] {
  const candidates = overlaps.filter(overlap => overlap.iou >= threshold)
  const matched = new Set(
    competingGroups(candidates).flatMap(group => (group.length === 1 ? group : matchGroup(group))),
  )
  return candidates.filter(pair => matched.has(pair))
}

/** Splits pairs into groups that have no object in common. */
function competingGroups(candidates: readonly Overlap[]): Overlap[][] {
  const groups = new Set<Overlap[]>()
  const groupOfTruth = new Map<number, Overlap[]>()
  const groupOfPredicted = new Map<number, Overlap[]>()
  for (const pair of candidates) {
    const touching = new Set([groupOfTruth.get(pair.truth), groupOfPredicted.get(pair.predicted)])
    const group = [...touching].flatMap(other => other ?? []).concat(pair)
    for (const other of touching) if (other !== undefined) groups.delete(other)
    groups.add(group)
    for (const { truth, predicted } of group) {
      groupOfTruth.set(truth, group)
      groupOfPredicted.set(predicted, group)
    }
  }
  return [...groups]
}

function matchGroup(group: readonly Overlap[]): Overlap[] {
  const truths = [...new Set(group.map(pair => pair.truth))]
  const predictions = [...new Set(group.map(pair => pair.predicted))]
  const turned = truths.length > predictions.length
  const rows = turned ? predictions : truths
  const columns = turned ? truths : predictions
  const rowIndex = new Map(rows.map((object, i) => [object, i]))
  const columnIndex = new Map(columns.map((object, i) => [object, i]))
  const weights = rows.map(() => new Float64Array(columns.length))
  const cells = group.map(pair => ({
    pair,
    row: rowIndex.get(turned ? pair.predicted : pair.truth)!,
    column: columnIndex.get(turned ? pair.truth : pair.predicted)!,
  }))
  // One pair more outweighs any sum of IoU, since there are at most rows.length pairs.
  for (const { pair, row, column } of cells) {
    weights[row]![column] = 1 + pair.iou / (rows.length + 1)
  }
  const columnOfRow = assignRows(weights)
  return cells.filter(({ row, column }) => columnOfRow[row] === column).map(({ pair }) => pair)
}
