/** A measure of objects as people read it: `AreaShape_Area` is `Area · AreaShape`. */
export function measureText(name: string): string {
  const known = OF_NETWORKS.get(name)
  if (known !== undefined) return known
  const [group, ...rest] = name.split('_')
  if (group === 'Class' && rest.length > 0) return `Is ${rest.join(' ')} · network`
  return rest.length === 0 ? name : `${rest.join(' ')} · ${group}`
}

/** Whether networks said it of an object; then it is a number from 0 to 1. */
export function isOfNetworks(name: string): boolean {
  return name.startsWith('Prediction_') || name.startsWith('Class_')
}

const OF_NETWORKS: ReadonlyMap<string, string> = new Map([
  ['Prediction_Probability', 'Probability of being an object · network'],
  ['Prediction_Uncertainty', 'Uncertainty · network'],
  ['Prediction_Agreement', 'Agreement of members · network'],
  ['Prediction_Entropy', 'Uncertainty of pixels · network'],
  ['Prediction_OutlineEntropy', 'Uncertainty of outline · network'],
  ['Prediction_MutualInformation', 'Disagreement about pixels · network'],
])
